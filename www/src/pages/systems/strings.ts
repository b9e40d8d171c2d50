import { phrases } from "../../i18n/index.js";

export const strings = phrases({
  title: { en: "Systems", "zh-HK": "Systems" },
  lead: {
    en: "Every system has the same six levels. What differs is the shape of its dict and the pattern of each level: learn to see those two.",
    "zh-HK": "每個 system 都係同一套六個 level。唔同嘅，係 dict 嘅形狀同每個 level 嘅 pattern：學識睇呢兩樣。",
  },
  filter: { en: "Filter by name, signal or pattern", "zh-HK": "用名、signal 或者 pattern 篩選" },
  count: {
    en: (n: number, of: number) => (n === of ? `${of} systems` : `${n} of ${of} systems`),
    "zh-HK": (n: number, of: number) => (n === of ? `${of} 個 system` : `${of} 個 system 入面嘅 ${n} 個`),
  },
  system: { en: "System", "zh-HK": "System" },
  family: { en: "Family", "zh-HK": "Family" },
  all: { en: "All", "zh-HK": "全部" },
  none: { en: (q: string) => `No system has “${q}”.`, "zh-HK": (q: string) => `冇 system 有「${q}」。` },
  clear: { en: "Show all", "zh-HK": "顯示全部" },
  story: { en: "story", "zh-HK": "有 story" },
});
