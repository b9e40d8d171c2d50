import type { Page } from "../page.js";
import { strings } from "./strings.js";

/** Not in the menu, and found by its address: it measures the page, not the reader. */
export const page: Page = {
  routes: ["/timing/benchmark"],
  title: strings.title,
  tag: "specsight-benchmark",
  within: "/timing",
  load: () => import("./element.js"),
};
