import { phrases } from "../../i18n/index.js";
import type { Counts } from "./comparison.js";

const count = (n: number, one: string, other: string): string => `${n} ${n === 1 ? one : other}`;

export const strings = phrases({
  title: { en: "Compare", "zh-HK": "對比" },
  about: { en: "Two systems side by side, method by method", "zh-HK": "兩個 system 並排，逐個 method 睇" },
  both: { en: (a: string, b: string) => `${a} and ${b}`, "zh-HK": (a: string, b: string) => `${a} 同 ${b}` },

  first: { en: "First system", "zh-HK": "第一個 system" },
  second: { en: "Second system", "zh-HK": "第二個 system" },
  choose: { en: "Choose a system", "zh-HK": "揀一個 system" },
  noMatch: { en: (words: string) => `No system is called “${words}”.`, "zh-HK": (words: string) => `冇 system 叫「${words}」。` },
  options: { en: (n: number) => count(n, "system", "systems"), "zh-HK": (n: number) => `${n} 個 system` },
  swap: { en: "Swap the sides", "zh-HK": "對調兩邊" },
  copyLink: { en: "Copy link", "zh-HK": "複製連結" },
  differencesOnly: { en: "Differences only", "zh-HK": "淨係睇唔同" },
  counts: {
    en: ({ pairs, differing, besides, left, right }: Counts, a: string, b: string) =>
      pairs === 0
        ? `No method has its like; ${left} only in ${a}, ${right} only in ${b}.`
        : `${count(pairs, "method", "methods")} on both sides, ${differing} of them different${besides ? " besides the timestamp" : ""}; ${left} only in ${a}, ${right} only in ${b}.`,
    "zh-HK": ({ pairs, differing, besides, left, right }: Counts, a: string, b: string) =>
      pairs === 0
        ? `冇一個 method 係兩邊都有；${left} 個得 ${a} 有，${right} 個得 ${b} 有。`
        : `${pairs} 個 method 兩邊都有，當中 ${differing} 個${besides ? "除咗 timestamp 之外仲" : ""}有唔同；${left} 個得 ${a} 有，${right} 個得 ${b} 有。`,
  },
  nothingDiffers: { en: "Nothing differs here.", "zh-HK": "呢度冇唔同。" },
  noMethods: { en: "No methods at this level.", "zh-HK": "呢個 level 冇 method。" },

  sameBesides: { en: "Takes and answers the same otherwise.", "zh-HK": "其他收嘅同答嘅都一樣。" },
  sameSignature: { en: "Takes and answers the same.", "zh-HK": "收嘅同答嘅都一樣。" },

  startTitle: { en: "Choose two systems to set side by side.", "zh-HK": "揀兩個 system 並排睇。" },
  startPairs: { en: "Pairs that are easily taken for each other", "zh-HK": "容易撈亂嘅組合" },
  closestTo: { en: (title: string) => `Closest to ${title}`, "zh-HK": (title: string) => `同 ${title} 最似嘅` },
  unknown: { en: (id: string) => `There is no system called “${id}”.`, "zh-HK": (id: string) => `冇一個 system 叫「${id}」。` },
  samePlease: {
    en: (title: string) => `Both sides are ${title}. Choose another one for a comparison.`,
    "zh-HK": (title: string) => `兩邊都係 ${title}。揀另一個先對比到。`,
  },
  sameFamilyGroup: { en: "same family and group", "zh-HK": "同一個 family、同一個 group" },
  sameFamily: { en: "same family", "zh-HK": "同一個 family" },
  shares: { en: (names: string) => `both use ${names}`, "zh-HK": (names: string) => `都用 ${names}` },
  listMark: { en: ", ", "zh-HK": "、" },
  clauseMark: { en: "; ", "zh-HK": "；" },

  who: { en: "Who it is", "zh-HK": "佢係邊個" },
  family: { en: "Family", "zh-HK": "Family" },
  sameFamilyAndGroup: { en: "Same family, same group.", "zh-HK": "Family 同 group 都一樣。" },
  sameFamilyOtherGroup: { en: "Same family, another group.", "zh-HK": "Family 一樣，group 唔同。" },
  otherFamilySameGroup: { en: "Another family, same group.", "zh-HK": "Family 唔同，group 一樣。" },
  otherFamily: { en: "Another family.", "zh-HK": "Family 唔同。" },
  signals: { en: "Signals in a spec", "zh-HK": "Spec 入面嘅 signal" },
  sharedSignals: {
    en: (n: number) => `${count(n, "word speaks", "words speak")} for both.`,
    "zh-HK": (n: number) => `有 ${n} 個字眼兩邊都啱。`,
  },
  noSharedSignals: { en: "No word speaks for both.", "zh-HK": "冇一個字眼兩邊都啱。" },
  shared: { en: "shared", "zh-HK": "共通" },
  uses: { en: "Made of", "zh-HK": "用咩砌成" },
  onlyIn: { en: (title: string) => `Only in ${title}`, "zh-HK": (title: string) => `得 ${title} 有` },
  inBoth: { en: "In both", "zh-HK": "兩邊都有" },
  none: { en: "none", "zh-HK": "冇" },
  constructs: { en: "Constructor", "zh-HK": "Constructor" },
  initial: { en: "Initial state", "zh-HK": "初始 state" },
  sameText: { en: "The same.", "zh-HK": "一樣。" },
  otherState: { en: "Other attributes.", "zh-HK": "Attribute 唔同。" },
  otherConstructor: { en: "Made with other arguments.", "zh-HK": "開嗰陣畀嘅 argument 唔同。" },

  timestamp: { en: "Time of a call", "zh-HK": "Call 嘅時間" },
  usual: {
    en: (n: number, all: number) =>
      n === all ? `So it is in all ${all} methods on both sides.` : `So it is in ${n} of the ${all} methods on both sides; the others say how it is there.`,
    "zh-HK": (n: number, all: number) => (n === all ? `兩邊都有嘅 ${all} 個 method 全部係咁。` : `兩邊都有嘅 ${all} 個 method，有 ${n} 個係咁；其餘嗰啲自己會講。`),
  },

  pattern: { en: "Pattern", "zh-HK": "Pattern" },
  samePattern: { en: "Same pattern.", "zh-HK": "Pattern 一樣。" },
  sharedPattern: { en: (parts: string) => `Both have ${parts}.`, "zh-HK": (parts: string) => `兩邊都有 ${parts}。` },
  otherPattern: { en: "Not the same pattern.", "zh-HK": "Pattern 唔同。" },
  open: { en: (title: string) => `Open ${title}`, "zh-HK": (title: string) => `打開 ${title}` },
  variants: { en: "Variants", "zh-HK": "變體" },
  variantsOf: { en: (title: string, n: number) => `${title} ${n}`, "zh-HK": (title: string, n: number) => `${title} ${n} 個` },
  noVariants: { en: "No variant is known.", "zh-HK": "未有已知嘅變體。" },
  notesFailed: {
    en: "The variants did not load; the comparison itself is complete.",
    "zh-HK": "啲變體載入唔到；對比本身係齊嘅。",
  },
  retry: { en: "Try again", "zh-HK": "再試" },

  renames: { en: "Names", "zh-HK": "名" },
});
