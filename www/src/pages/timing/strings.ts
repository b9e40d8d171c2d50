import { numberIn, phrases, plural, type Lang } from "../../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);
const many = (count: number, one: string, other: string): string => `${n("en", count)} ${plural("en", count, { one, other })}`;

export const strings = phrases({
  title: { en: "Timing", "zh-HK": "Timing" },
  heading: { en: "Why is the total this number?", "zh-HK": "點解總時間係呢個數？" },
  embed: { en: "Embed", "zh-HK": "嵌入" },
  share: { en: "Copy link", "zh-HK": "複製連結" },

  keysChart: { en: "Timing: the chart", "zh-HK": "Timing：個圖" },
  keyPlay: { en: "Play or pause", "zh-HK": "播放／暫停" },

  // The workload
  workload: { en: "Workload", "zh-HK": "Workload" },
  preset: { en: "Start from", "zh-HK": "由呢個開始" },
  ownPreset: { en: "your own", "zh-HK": "自己嘅" },
  presetInvalid: { en: "8 items, 3 invalid", "zh-HK": "8 個 item，3 個無效" },
  presetPartial: { en: "The last wave is not full", "zh-HK": "最後一轉未滿" },
  presetSlow: { en: "One slow item", "zh-HK": "有一個好慢" },
  presetLock: { en: "A lock held across the sleep", "zh-HK": "攞住 lock 去 sleep" },
  presetDeadlock: { en: "Two locks, unsorted: deadlock", "zh-HK": "兩個 lock 冇排次序：deadlock" },
  presetFailing: { en: "External calls that fail", "zh-HK": "外面個 call 會失敗" },
  presetMany: { en: "10,000 items", "zh-HK": "10,000 個 item" },
  presetHuge: { en: "100,000 items, 10 at a time", "zh-HK": "100,000 個 item，每次 10 個" },
  items: { en: "Items", "zh-HK": "Items" },
  sleep: { en: "Sleep, ms", "zh-HK": "Sleep（ms）" },
  sleepHelp: { en: "one for all: 10; listed: 10, 20, 30; random with a seed: 5..20 @ 7", "zh-HK": "全部一樣：10；逐個：10, 20, 30；隨機加 seed：5..20 @ 7" },
  reroll: { en: "Roll again", "zh-HK": "再擲過" },
  invalid: { en: "Invalid", "zh-HK": "無效" },
  invalidHelp: {
    en: "Numbers of items. Add the check that fails: 4:2 fails check 2. 1 is not there, 2 is closed, 3 has too little.",
    "zh-HK": "Item 嘅號碼。可以加埋邊個 check 唔過：4:2 即係 check 2。1 唔存在、2 已關閉、3 唔夠錢。",
  },
  makeInvalid: {
    en: (item: number, check: number) => (check === 0 ? `Item ${item} is valid` : `Item ${item} fails check ${check}`),
    "zh-HK": (item: number, check: number) => (check === 0 ? `item ${item} 有效` : `item ${item} 過唔到 check ${check}`),
  },
  checks: { en: ["valid", "not there", "closed", "too little"].join("|"), "zh-HK": ["有效", "唔存在", "已關閉", "唔夠"].join("|") },
  lock: { en: "Lock", "zh-HK": "Lock" },
  lockShared: { en: "one for all", "zh-HK": "全部共用一個" },
  lockOwn: { en: "one each", "zh-HK": "每人一個" },
  fails: { en: "Failing calls", "zh-HK": "失敗嘅 call" },
  failsHelp: { en: "Numbers of the items whose external call raises.", "zh-HK": "外面個 call 會 raise 嘅 item 號碼。" },

  // What is wrong with it
  whole: { en: "Give a whole number.", "zh-HK": "要一個整數。" },
  numbers: { en: "Give numbers of items, such as 1, 3 or 1-4.", "zh-HK": "要 item 號碼，例如 1, 3 或者 1-4。" },
  checksWrong: { en: "Give numbers of items, with a check from 1 to 3 if you like, such as 1, 4:2.", "zh-HK": "要 item 號碼，可以加 check 1 至 3，例如 1, 4:2。" },
  sleepWrong: { en: "Give a number of ms, a list of them, or a range such as 5..20 @ 7.", "zh-HK": "要一個 ms 數、一串數，或者範圍好似 5..20 @ 7。" },
  beyond: {
    en: (items: number) => (items > 0 ? `There are ${many(items, "item", "items")}: give numbers from 1 to ${n("en", items)}.` : "There are no items to name."),
    "zh-HK": (items: number) => (items > 0 ? `得 ${n("zh-HK", items)} 個 item：號碼要係 1 至 ${n("zh-HK", items)}。` : "一個 item 都冇，冇號碼可以寫。"),
  },
  refused: { en: "This workload cannot be run.", "zh-HK": "呢個 workload 行唔到。" },
  stillShown: { en: "Below are the last runs that could be made.", "zh-HK": "下面係上一次行得到嘅結果。" },

  // Strategies
  strategies: { en: "Strategies", "zh-HK": "策略" },
  add: { en: "Add a strategy", "zh-HK": "加一個策略" },
  remove: { en: (name: string) => `Remove ${name}`, "zh-HK": (name: string) => `攞走 ${name}` },
  earlier: { en: (name: string) => `Move ${name} up`, "zh-HK": (name: string) => `${name} 移前` },
  mistake: { en: "a classic mistake", "zh-HK": "經典錯誤" },
  full: { en: "Six side by side are as many as can be compared.", "zh-HK": "最多六個並排，再多就睇唔到。" },
  noStrategies: { en: "Nothing to compare yet.", "zh-HK": "未有嘢比較。" },
  noStrategiesDetail: { en: "Add a strategy above, or take the two that everything starts from.", "zh-HK": "喺上面加一個策略，或者由最基本嗰兩個開始。" },
  toDefault: { en: "Fail-fast against all-sleep", "zh-HK": "Fail-fast 對 all-sleep" },
  unknown: { en: (id: string) => `There is no strategy "${id}".`, "zh-HK": (id: string) => `冇「${id}」呢個策略。` },
  sourceOf: { en: (name: string) => `${name} as Python`, "zh-HK": (name: string) => `${name} 嘅 Python` },
  standing: {
    en: (waiting: number, sleeping: number) =>
      [waiting > 0 ? `${n("en", waiting)} waiting` : "", sleeping > 0 ? `${n("en", sleeping)} sleeping` : ""].filter(Boolean).join(", "),
    "zh-HK": (waiting: number, sleeping: number) =>
      [waiting > 0 ? `${n("zh-HK", waiting)} 個等緊` : "", sleeping > 0 ? `${n("zh-HK", sleeping)} 個 sleep 緊` : ""].filter(Boolean).join("，"),
  },
  here: { en: "here", "zh-HK": "喺度" },
  openAsProgram: { en: "Change it: open as your own program", "zh-HK": "改下佢：當自己 program 開" },

  // Computing
  reading: { en: (name: string) => `Reading ${name} …`, "zh-HK": (name: string) => `讀緊 ${name}…` },
  computing: {
    en: (name: string, done: number, of: number) => `Running ${name}: ${n("en", done)} of ${many(of, "task", "tasks")} done`,
    "zh-HK": (name: string, done: number, of: number) => `行緊 ${name}：${n("zh-HK", of)} 個 task 做好 ${n("zh-HK", done)} 個`,
  },
  cancel: { en: "Cancel", "zh-HK": "取消" },
  cancelled: { en: "Cancelled. Change anything to run again.", "zh-HK": "取消咗。改任何嘢就會再行。" },
});
