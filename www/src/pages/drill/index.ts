import { href } from "../../router/index.js";
import type { Page } from "../page.js";
import { strings } from "./strings.js";

export const page: Page = {
  routes: ["/train", "/train/run", "/train/result/:session"],
  title: strings.title,
  tag: "specsight-train",
  load: () => import("./element.js"),
  section: {
    path: "/train",
    label: strings.title,
    order: 10,
    icon: "M10 4.5a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5zM10 7.5v3.25l2 1.75M8 2.5h4",
  },
  within: "/train",
  keys: [
    {
      title: strings.keysQuestion,
      rows: [
        [["1–9"], strings.keyChoose],
        [["0"], strings.dontKnow],
        [["P"], strings.keyPause],
        [["Enter"], strings.next],
        [["Esc"], strings.keyLeave],
      ],
    },
    {
      title: strings.keysResult,
      rows: [
        [["Enter"], strings.anew],
        [["M"], strings.onlyMisses],
        [["Esc"], strings.toTrain],
      ],
    },
  ],
  search: async () => {
    const { decks } = await import("./decks.js");
    return decks.map(({ id, title, about }) => ({
      kind: "deck",
      title: { en: title.en, "zh-HK": title.zh },
      detail: { en: about.en, "zh-HK": about.zh },
      href: href("/train", { decks: id }),
    }));
  },
};
