import { href } from "../../router/index.js";
import type { Page } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/compare"],
  title: strings.title,
  tag: "specsight-compare",
  within: "/systems",
  load: () => import("./element.js"),
  search: () => [
    { kind: "page", title: strings.title, detail: strings.about, words: "versus vs difference twin side by side 比較 對照 分別", href: href("/compare") },
  ],
};
