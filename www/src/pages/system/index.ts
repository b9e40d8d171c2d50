import type { Page } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/systems/:id", "/systems/:id/:tab"],
  title: strings.title,
  tag: "specsight-system-page",
  within: "/systems",
  load: () => import("./element.js"),
  keys: [
    {
      title: strings.keysStory,
      rows: [
        [["←", "→"], strings.keyStep],
        [["Space"], strings.keyPlay],
        [["Home", "End"], strings.keyEnds],
      ],
    },
  ],
};
