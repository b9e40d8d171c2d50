import { href } from "../../router/index.js";
import type { Page, SearchEntry } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/timing/program"],
  title: strings.title,
  tag: "specsight-program",
  load: () => import("./element.js"),
  within: "/timing",
  search,
  keys: [
    {
      title: strings.title,
      rows: [
        [["Ctrl Enter"], strings.keyRun],
        [["Tab"], strings.keyIndent],
        [["Esc Tab"], strings.keyLeave],
        [["Ctrl Z"], strings.keyUndo],
        [["F8"], strings.keyFault],
      ],
    },
  ],
};

/** The examples, by what they show. */
async function search(): Promise<SearchEntry[]> {
  const { examples } = await import("./examples.js");
  return examples.map(({ id, title }) => ({
    kind: "puzzle",
    title: { en: `${strings.title.en}: ${title.en}`, "zh-HK": `${strings.title["zh-HK"]}：${title["zh-HK"]}` },
    words: `${id} asyncio lock semaphore gather`,
    href: href("/timing/program", { example: id }),
  }));
}
