import { matchPath, type Route } from "../router/index.js";
import type { Page } from "./page.js";

const modules = import.meta.glob<{ page: Page }>("./*/index.ts", { eager: true });

/** Every page; a folder with an `index.ts` is one. */
export const pages: readonly Page[] = Object.values(modules).map((module) => module.page);

/** The sections of the header, in order. */
export const sections = pages.flatMap((page) => page.section ?? []).toSorted((a, b) => a.order - b.order);

/** The page for an address, with what its pattern named. A pattern without parameters goes before one with. */
export function findPage(at: Omit<Route, "params">): { page: Page; route: Route } | undefined {
  let found: { page: Page; route: Route } | undefined;
  for (const page of pages) {
    for (const pattern of page.routes) {
      const params = matchPath(pattern, at.path);
      if (!params) continue;
      if (found && Object.keys(found.route.params).length <= Object.keys(params).length) continue;
      found = { page, route: { ...at, params } };
    }
  }
  const fallback = pages.find((page) => page.fallback);
  return found ?? (fallback && { page: fallback, route: { ...at, params: {} } });
}
