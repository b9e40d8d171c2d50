import { phrases } from "../../i18n/index.js";

export const strings = phrases({
  title: { en: "No such page", "zh-HK": "冇呢一頁" },
  detail: {
    en: (path: string) => `Nothing lives at ${path}. The address may have been cut short, or the page may have moved.`,
    "zh-HK": (path: string) => `${path} 呢個地址乜都冇。可能係個地址抄漏咗，又或者頁面搬咗。`,
  },
  home: { en: "Go home", "zh-HK": "返主頁" },
  systems: { en: "Browse the systems", "zh-HK": "睇下啲 system" },
});
