import { phrases } from "../../i18n/index.js";

export const strings = phrases({
  title: { en: "Systems", "zh-HK": "Systems" },
  tabs: { en: "Views of this system", "zh-HK": "呢個 system 嘅畫面" },
  who: { en: "Who it is", "zh-HK": "佢係邊個" },
  story: { en: "Story", "zh-HK": "Story" },
  tryIt: { en: "Try it", "zh-HK": "自己試" },
  compare: { en: "Compare", "zh-HK": "比較" },
  family: { en: "Family", "zh-HK": "Family" },
  group: { en: "Group", "zh-HK": "Group" },
  signals: { en: "Signals in a spec", "zh-HK": "Spec 入面嘅 signal" },
  patterns: { en: "The pattern of each level", "zh-HK": "每個 level 嘅 pattern" },
  initial: { en: "Initial state", "zh-HK": "初始 state" },
  methods: { en: "Methods", "zh-HK": "Methods" },
  otherwise: { en: ", else ", "zh-HK": "，否則 " },
  noSystem: { en: (id: string) => `There is no system called “${id}”.`, "zh-HK": (id: string) => `冇一個 system 叫「${id}」。` },
  browse: { en: "Browse the systems", "zh-HK": "睇下有咩 system" },
  sharedBy: { en: (words: string) => `Systems with ${words}`, "zh-HK": (words: string) => `有 ${words} 嘅 system` },
});
