import { numberIn, phrases, type Lang } from "../../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);

export const strings = phrases({
  title: { en: "Benchmark of the timeline", "zh-HK": "Timeline 跑分" },
  about: {
    en: (items: number, events: number) =>
      `${n("en", items)} items in ${n("en", events)} events. The chart is panned and scrolled for some seconds at three magnifications; what counts is the time from one frame to the next.`,
    "zh-HK": (items: number, events: number) =>
      `${n("zh-HK", items)} 個 item，${n("zh-HK", events)} 個 event。用三種大細各捲幾秒，計每格畫面之間隔幾耐。`,
  },
  made: {
    en: (run: number, layout: number) => `Run in ${n("en", run)} ms, laid out in ${n("en", layout)} ms.`,
    "zh-HK": (run: number, layout: number) => `行用咗 ${n("zh-HK", run)} ms，排版用咗 ${n("zh-HK", layout)} ms。`,
  },
  measure: { en: "Measure", "zh-HK": "開始量" },
  measuring: { en: "Measuring …", "zh-HK": "量緊…" },
  whole: { en: "every lane at once", "zh-HK": "所有 lane 一齊" },
  close: { en: "lanes one by one", "zh-HK": "逐條 lane" },
  scroll: { en: "scrolling through the lanes", "zh-HK": "捲過啲 lane" },
  view: { en: "View", "zh-HK": "畫面" },
  fps: { en: "Frames per second", "zh-HK": "每秒幾格" },
  median: { en: "Frame, median", "zh-HK": "一格（中位數）" },
  p99: { en: "Frame, 99th percentile", "zh-HK": "一格（第 99 百分位）" },
  ms: { en: (value: number) => `${value.toFixed(1)} ms`, "zh-HK": (value: number) => `${value.toFixed(1)} ms` },
  batches: {
    en: (items: number, permits: number) => `A batch of ${n("en", items)} items, ${n("en", permits)} at a time, by every strategy.`,
    "zh-HK": (items: number, permits: number) => `一批 ${n("zh-HK", items)} 個 item，一次 ${n("zh-HK", permits)} 個，每個策略行一次。`,
  },
  strategy: { en: "Strategy", "zh-HK": "策略" },
  events: { en: "Events", "zh-HK": "Event" },
  until: { en: "Ready to be drawn after", "zh-HK": "幾耐可以畫" },
  wholeMs: { en: (value: number) => `${n("en", Math.round(value))} ms`, "zh-HK": (value: number) => `${n("zh-HK", Math.round(value))} ms` },
  runTitle: { en: "Fail fast", "zh-HK": "Fail fast" },
});
