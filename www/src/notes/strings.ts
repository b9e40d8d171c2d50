import { phrases } from "../i18n/index.js";

export const strings = phrases({
  title: { en: (title: string) => `Rename these and you have ${title}`, "zh-HK": (title: string) => `改晒呢啲名就係${title}` },
  kind: { en: "Kind", "zh-HK": "種類" },
  method: { en: "method", "zh-HK": "method" },
  parameter: { en: "parameter", "zh-HK": "parameter" },
  attribute: { en: "attribute", "zh-HK": "attribute" },
  key: { en: "key", "zh-HK": "key" },
  value: { en: "value", "zh-HK": "值" },
});
