import type { Page } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/"],
  title: strings.title,
  tag: "specsight-home",
  load: () => import("./element.js"),
  section: {
    path: "/",
    label: strings.title,
    order: 0,
    icon: "M3 9.5 10 4l7 5.5M5 8.5V16h10V8.5",
  },
};
