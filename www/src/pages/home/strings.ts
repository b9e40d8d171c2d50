import { phrases } from "../../i18n/index.js";

export const strings = phrases({
  title: { en: "Home", "zh-HK": "主頁" },
  heading: { en: "What to do next", "zh-HK": "下一步做乜" },
});
