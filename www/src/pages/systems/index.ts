import { loadSystems } from "../../kit/index.js";
import { href } from "../../router/index.js";
import type { Page, SearchEntry } from "../page.js";
import { mechanisms } from "./filter.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/systems"],
  title: strings.title,
  tag: "specsight-systems",
  load: () => import("./element.js"),
  section: { path: "/systems", label: strings.title, order: 20, icon: "M4 4.5h12M4 10h12M4 15.5h12M8 2.5v4M13 8v4M6.5 13.5v4" },
  search: async () => {
    const systems = await loadSystems();
    const patterns = mechanisms(systems).map(
      ({ id, title }): SearchEntry => ({
        kind: "pattern",
        title: { en: title.en, "zh-HK": title.zh },
        words: id,
        href: href("/systems", { uses: id }),
      }),
    );
    return [
      ...systems.map(
        (system): SearchEntry => ({
          kind: "system",
          title: { en: system.title.en, "zh-HK": system.title.zh },
          detail: { en: system.summary.en, "zh-HK": system.summary.zh },
          words: `${system.id} ${system.className} ${system.group} ${system.signals.join(" ")}`,
          href: href(`/systems/${system.id}`),
        }),
      ),
      ...systems.flatMap((system) =>
        system.operations.map(
          (operation): SearchEntry => ({
            kind: "method",
            title: { en: operation.name, "zh-HK": operation.name },
            detail: {
              en: `${system.title.en} · L${operation.level} · ${operation.doc}`,
              "zh-HK": `${system.title.zh} · L${operation.level}`,
            },
            words: system.id,
            href: href(`/systems/${system.id}`, { method: operation.name }),
          }),
        ),
      ),
      ...patterns,
    ];
  },
};
