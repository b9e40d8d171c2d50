import type { Page } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: [],
  title: strings.title,
  tag: "specsight-not-found",
  load: () => import("./element.js"),
  fallback: true,
};
