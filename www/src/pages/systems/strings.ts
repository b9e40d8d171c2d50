import { phrases, plural } from "../../i18n/index.js";

const systems = (n: number): string => `${n} ${plural("en", n, { one: "system", other: "systems" })}`;

export const strings = phrases({
  title: { en: "Systems", "zh-HK": "Systems" },
  lead: {
    en: "Every system has the same six levels. What differs is the shape of its dict and the pattern of each level: learn to see those two.",
    "zh-HK": "每個 system 都係同一套六個 level。唔同嘅，係 dict 嘅形狀同每個 level 嘅 pattern：學識睇呢兩樣。",
  },
  filters: { en: "Filters", "zh-HK": "篩選" },
  search: { en: "Search", "zh-HK": "搜尋" },
  hint: { en: "name, method, signal, pattern", "zh-HK": "名、method、signal、pattern" },
  hintAt: { en: (level: string) => `name, L${level} method`, "zh-HK": (level: string) => `名、L${level} method` },
  family: { en: "Family", "zh-HK": "Family" },
  group: { en: "Group", "zh-HK": "Group" },
  pattern: { en: "Pattern", "zh-HK": "Pattern" },
  level: { en: "Level", "zh-HK": "Level" },
  all: { en: "All", "zh-HK": "全部" },
  option: { en: (words: string, n: number) => `${words} (${n})`, "zh-HK": (words: string, n: number) => `${words}（${n}）` },
  count: {
    en: (n: number, of: number) => (n === of ? systems(of) : `${n} of ${systems(of)}`),
    "zh-HK": (n: number, of: number) => (n === of ? `${of} 個 system` : `${of} 個 system 入面嘅 ${n} 個`),
  },
  clear: { en: "Clear all", "zh-HK": "全部清除" },
  none: { en: "No system fits all of this.", "zh-HK": "冇 system 合晒以上條件。" },
  noneCalled: { en: (q: string) => `No system has “${q}”.`, "zh-HK": (q: string) => `冇 system 有「${q}」。` },
  searched: {
    en: "The search looks at titles, summaries, methods, signals and patterns, and wants every word.",
    "zh-HK": "搵嘅範圍係 title、簡介、method、signal 同 pattern，每個字都要有先算。",
  },
  loosen: { en: "Leave one out:", "zh-HK": "攞走其中一個：" },
  without: {
    en: (filter: string, value: string) => `without ${filter.toLowerCase()} “${value}”`,
    "zh-HK": (filter: string, value: string) => `唔要 ${filter}「${value}」`,
  },
  leaves: { en: systems, "zh-HK": (n: number) => `有 ${n} 個 system` },
  showAll: { en: "Show all systems", "zh-HK": "顯示全部 system" },
  matches: { en: "matches", "zh-HK": "搵到" },
  methodsOf: { en: (level: string) => `L${level} methods`, "zh-HK": (level: string) => `L${level} method` },
  signal: { en: "signal", "zh-HK": "signal" },
  patternFound: { en: "pattern", "zh-HK": "pattern" },
  more: { en: (n: number) => `and ${n} more`, "zh-HK": (n: number) => `仲有 ${n} 個` },
  story: { en: "Story", "zh-HK": "Story" },
  timing: { en: "Timing", "zh-HK": "Timing" },
  compare: { en: "Compare", "zh-HK": "對比" },
  /** Told to a screen reader, where three links of the same name would stand in every row. */
  linkOf: { en: (link: string, title: string) => `${link}: ${title}`, "zh-HK": (link: string, title: string) => `${link}：${title}` },
});
