import { loadSystems } from "../../kit/index.js";
import { href } from "../../router/index.js";
import type { Page, SearchEntry } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/timing/operation"],
  within: "/timing",
  title: strings.title,
  tag: "specsight-operation",
  load: () => import("./element.js"),
  search,
  keys: [
    {
      title: strings.keysChart,
      rows: [
        [["Ctrl Enter"], strings.keyRun],
      ],
    },
  ],
};

/** Every operation with a timeline, by its name. */
async function search(): Promise<SearchEntry[]> {
  const systems = await loadSystems();
  return systems.flatMap((info) =>
    info.operations
      .filter((operation) => operation.level >= 5 && operation.async)
      .map(
        (operation): SearchEntry => ({
          kind: "puzzle",
          title: { en: `${strings.title.en}: ${operation.name}`, "zh-HK": `${strings.title["zh-HK"]}：${operation.name}` },
          detail: { en: info.title.en, "zh-HK": info.title.zh },
          words: `${info.id} asyncio semaphore`,
          href: href("/timing/operation", { system: info.id, op: operation.name }),
        }),
      ),
  );
}
