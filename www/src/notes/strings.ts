import { phrases } from "../i18n/index.js";

export const strings = phrases({
  title: { en: (title: string) => `Rename these and you have ${title}`, "zh-HK": (title: string) => `改晒呢啲名就係 ${title}` },
  attribute: { en: "Attributes", "zh-HK": "Attribute" },
  key: { en: "Keys of its records", "zh-HK": "Record 入面嘅 key" },
  parameter: { en: "Parameters", "zh-HK": "Parameter" },
  value: { en: "Values", "zh-HK": "值" },
  method: { en: "Methods", "zh-HK": "Method" },
});
