import { timelineKeys } from "../../timeline/keys.js";
import type { Page } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/timing"],
  title: strings.title,
  tag: "specsight-timing",
  load: () => import("./element.js"),
  section: {
    path: "/timing",
    label: strings.title,
    order: 30,
    icon: "M3 5h8M7 10h7M11 15h6",
  },
  keys: [{ title: strings.keysChart, rows: [[["Space"], strings.keyPlay], ...timelineKeys] }],
};
