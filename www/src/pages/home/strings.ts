import { phrases } from "../../i18n/index.js";

export const strings = phrases({
  title: { en: "Home", "zh-HK": "主頁" },
  heading: { en: "What to do next", "zh-HK": "下一步做乜" },
  story: { en: "Story", "zh-HK": "Story" },
  storyTitle: { en: (system: string, title: string) => `${system}: ${title}`, "zh-HK": (system: string, title: string) => `${system}：${title}` },
  storyStart: { en: "Start the story", "zh-HK": "開始睇 story" },
  storyGo: { en: (step: string, of: string) => `Go on at step ${step} of ${of}`, "zh-HK": (step: string, of: string) => `由第 ${step} 步繼續，共 ${of} 步` },
  storyNext: { en: "The next call:", "zh-HK": "下一個 call：" },
  train: { en: "Train", "zh-HK": "操練" },
  trainDue: {
    en: (n: string) => (n === "1" ? "1 card is due" : `${n} cards are due`),
    "zh-HK": (n: string) => `${n} 張 card 到期`,
  },
  trainNothing: { en: "Nothing is due", "zh-HK": "冇 card 到期" },
  trainRunning: { en: "A session is waiting for you", "zh-HK": "有一節做到一半" },
  trainNew: {
    en: (n: string) => (n === "1" ? "1 card is new to you" : `${n} cards are new to you`),
    "zh-HK": (n: string) => `${n} 張 card 未見過`,
  },
  trainHow: {
    en: "Read a piece of a spec; name the family, the dict or the pattern of a level, in 30 seconds.",
    "zh-HK": "睇一段 spec，30 秒內講出 family、dict 或者某個 level 嘅 pattern。",
  },
  trainKnown: {
    en: "You have met every card. What comes back is what is about to fade.",
    "zh-HK": "每張 card 你都見過。返嚟嘅，就係快要唔記得嗰啲。",
  },
  trainGo: { en: "Go on", "zh-HK": "繼續" },
  trainStart: { en: "Start a drill", "zh-HK": "開始操練" },
  timing: { en: "Timing", "zh-HK": "Timing" },
  timingTitle: { en: "One question about time", "zh-HK": "一條關於時間嘅題目" },
  timingGo: { en: "See the lanes", "zh-HK": "睇下啲 lane" },
  browse: { en: "Or browse all systems", "zh-HK": "或者睇晒所有 system" },
  data: { en: "Your progress and scenarios stay in this browser.", "zh-HK": "你嘅進度同 scenario 淨係留喺呢個瀏覽器。" },
  dataSave: { en: "Save a copy", "zh-HK": "存一份副本" },
  dataLoad: { en: "Load a copy", "zh-HK": "載入副本" },
  dataLoaded: {
    en: (n: string) => (n === "0" ? "Nothing in it was newer than what is here." : `${n} records came in. Reload the page to see them.`),
    "zh-HK": (n: string) => (n === "0" ? "入面冇嘢新過而家有嘅。" : `載入咗 ${n} 個 record。重新載入頁面就見到。`),
  },
  dataBad: { en: "This file is no copy made here; nothing was changed.", "zh-HK": "呢個唔係喺度存嘅副本；乜都冇改到。" },
  unavailable: { en: "The drills did not open; the page of the drills says why.", "zh-HK": "操練開唔到，操練嗰頁會講點解。" },
});
