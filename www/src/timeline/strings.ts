import { numberIn, phrases, plural, type Lang } from "../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);
const ms = (lang: Lang, value: number): string => `${numberIn(lang, value)} ms`;
const many = (count: number, one: string, other: string): string => `${n("en", count)} ${plural("en", count, { one, other })}`;

/** What lanes are called. */
export const nouns = {
  item: { en: "item", "zh-HK": "item" },
  worker: { en: "worker", "zh-HK": "worker" },
  task: { en: "task", "zh-HK": "task" },
} as const;

/** The chart itself. */
export const strings = phrases({
  kind: { en: "timeline", "zh-HK": "timeline" },
  label: { en: (titles: string) => `Timeline of ${titles}`, "zh-HK": (titles: string) => `${titles} 嘅 timeline` },
  help: {
    en: "Arrow keys go from event to event and from lane to lane; comma and full stop through all events in order; plus and minus zoom, 0 shows everything; Escape leaves.",
    "zh-HK": "左右鍵逐個 event 行，上下鍵轉 lane；逗號同句號跟次序行晒所有 event；加減號放大縮細，0 睇晒全部；Esc 離開。",
  },
  pointAtIt: {
    en: "Point at a mark, or walk with the arrow keys: it is read out here.",
    "zh-HK": "指住一個記號，或者用方向鍵行：呢度會講畀你聽佢係乜。",
  },
  empty: { en: "There is nothing to draw yet.", "zh-HK": "未有嘢可以畫。" },
  never: { en: "never ends", "zh-HK": "永遠唔完" },
  soFar: { en: (total: string) => `${total} so far`, "zh-HK": (total: string) => `暫時 ${total}` },
  lanes: { en: (count: number) => many(count, "lane", "lanes"), "zh-HK": (count: number) => `${n("zh-HK", count)} 條 lane` },
  fold: { en: (title: string) => `Fold ${title}`, "zh-HK": (title: string) => `摺埋 ${title}` },
  unfold: { en: (title: string) => `Unfold ${title}`, "zh-HK": (title: string) => `打開 ${title}` },
  eachLock: { en: (count: number) => `Each of ${many(count, "lock", "locks")}`, "zh-HK": (count: number) => `逐把 lock 睇（${n("zh-HK", count)} 把）` },
  locksAsOne: { en: (count: number) => `${many(count, "lock", "locks")} as one`, "zh-HK": (count: number) => `${n("zh-HK", count)} 把 lock 合埋一行` },
  idleLocks: {
    en: (names: string, count: number) =>
      `${plural("en", count, { one: "Lock", other: "Locks" })} ${names}: taken and given back in the same instant, so no time is lost there.`,
    "zh-HK": (names: string) => `Lock ${names}：同一刻攞、同一刻放，所以冇用到時間。`,
  },
  andMore: { en: (count: number) => `and ${n("en", count)} more`, "zh-HK": (count: number) => `仲有 ${n("zh-HK", count)} 個` },

  // The tools
  tools: { en: "View of the timeline", "zh-HK": "Timeline 嘅顯示" },
  zoomIn: { en: "Zoom in", "zh-HK": "放大" },
  zoomOut: { en: "Zoom out", "zh-HK": "縮細" },
  fit: { en: "Fit", "zh-HK": "全部" },
  fitLabel: { en: "Fit: show everything", "zh-HK": "全部：睇晒成條 timeline" },
  taller: { en: "Taller lanes", "zh-HK": "Lane 高啲" },
  lower: { en: "Lower lanes", "zh-HK": "Lane 矮啲" },
  criticalPath: { en: "Critical path", "zh-HK": "Critical path" },
  alike: {
    en: (count: number, length: number) => `${n("en", count)} × ${ms("en", length)}`,
    "zh-HK": (count: number, length: number) => `${n("zh-HK", count)} × ${ms("zh-HK", length)}`,
  },
  stretches: { en: (count: number) => many(count, "stretch", "stretches"), "zh-HK": (count: number) => `${n("zh-HK", count)} 段` },
  overview: { en: "Overview; the window is what the chart shows", "zh-HK": "總覽；框住嗰段就係下面睇到嘅" },
  windowShown: {
    en: (from: string, to: string) => `${from} to ${to} shown`,
    "zh-HK": (from: string, to: string) => `睇緊 ${from} 至 ${to}`,
  },
  moment: { en: "Time", "zh-HK": "時間點" },
  orderAxis: { en: "one step per event", "zh-HK": "一步一個 event" },
  eventAt: { en: (event: number, at: string) => `event ${n("en", event)}, ${at}`, "zh-HK": (event: number, at: string) => `第 ${n("zh-HK", event)} 個 event，${at}` },

  // The legend
  legendWait: { en: "waiting", "zh-HK": "等緊" },
  legendSleep: { en: "sleeping", "zh-HK": "sleep 緊" },
  legendHold: { en: "holding a permit", "zh-HK": "攞住 permit" },
  legendLock: { en: "holding a lock", "zh-HK": "攞住 lock" },
  legendCut: { en: "timed out", "zh-HK": "timeout 咗" },
  legendOnce: { en: "returned at once", "zh-HK": "即刻 return" },
  legendRefused: { en: "failed", "zh-HK": "失敗" },
  legendDone: { en: "done", "zh-HK": "完成" },
  legendCritical: { en: "critical path", "zh-HK": "critical path" },

  // The table
  asTable: { en: "The same as a table", "zh-HK": "同一份資料，用表睇" },
  columnLane: { en: "Lane", "zh-HK": "Lane" },
  columnStarts: { en: "Starts", "zh-HK": "開始" },
  columnWaits: { en: "Waits", "zh-HK": "等" },
  columnSleeps: { en: "Sleeps", "zh-HK": "Sleep" },
  columnEnds: { en: "Ends at", "zh-HK": "完成時間" },
  columnAnswer: { en: "Answer", "zh-HK": "答案" },
  columnWhat: { en: "What happened", "zh-HK": "發生咩事" },
  tableOf: { en: (title: string, total: string) => `${title}: ${total}`, "zh-HK": (title: string, total: string) => `${title}：${total}` },
  everyEvent: { en: (count: number) => `Every event: ${n("en", count)}`, "zh-HK": (count: number) => `所有 event：${n("zh-HK", count)} 個` },
  pageOf: {
    en: (from: number, to: number, of: number) => `${n("en", from)} to ${n("en", to)} of ${n("en", of)}`,
    "zh-HK": (from: number, to: number, of: number) => `第 ${n("zh-HK", from)} 至 ${n("zh-HK", to)} 個，共 ${n("zh-HK", of)} 個`,
  },
  previous: { en: "Previous", "zh-HK": "上一頁" },
  next: { en: "Next", "zh-HK": "下一頁" },

  // Tracks
  permits: { en: "permits", "zh-HK": "permit" },
  lockCount: { en: (count: number) => many(count, "lock", "locks"), "zh-HK": (count: number) => `${n("zh-HK", count)} 把 lock` },
  inUse: {
    en: (used: number, of: number | undefined) => (of === undefined ? `${n("en", used)} in use` : `${n("en", used)} of ${n("en", of)} in use`),
    "zh-HK": (used: number, of: number | undefined) =>
      of === undefined ? `用緊 ${n("zh-HK", used)} 個` : `${n("zh-HK", of)} 個用緊 ${n("zh-HK", used)} 個`,
  },
});

/** Sentences about what stands under the cursor. */
export const sentences = phrases({
  who: {
    en: (noun: string, task: number, label: string) => (label ? `${noun} ${task} (${label})` : `${noun} ${task}`),
    "zh-HK": (noun: string, task: number, label: string) => (label ? `${noun} ${task}（${label}）` : `${noun} ${task}`),
  },
  named: { en: (noun: string, label: string) => `${noun} ${label}`, "zh-HK": (noun: string, label: string) => `${noun} ${label}` },
  theOperation: { en: "the operation", "zh-HK": "個 operation" },
  fromTo: {
    en: (from: number, to: number) => `${n("en", from)} to ${ms("en", to)}`,
    "zh-HK": (from: number, to: number) => `${n("zh-HK", from)} 至 ${ms("zh-HK", to)}`,
  },
  from: { en: (from: number) => `from ${ms("en", from)} on`, "zh-HK": (from: number) => `由 ${ms("zh-HK", from)} 起` },
  at: { en: (at: number) => `at ${ms("en", at)}`, "zh-HK": (at: number) => `${ms("zh-HK", at)}` },
  line: { en: (when: string, what: string) => `${when}: ${what}.`, "zh-HK": (when: string, what: string) => `${when}：${what}。` },
  inLine: { en: (what: string, line: number) => `${what} (line ${line})`, "zh-HK": (what: string, line: number) => `${what}（第 ${line} 行）` },
  inRun: { en: (title: string, sentence: string) => `${title} · ${sentence}`, "zh-HK": (title: string, sentence: string) => `${title} · ${sentence}` },
  waitsPermit: {
    en: (who: string, what: string, holders: string, count: number) =>
      `${who} waits for ${what}; ${count === 0 ? "there is none" : `${count === 1 ? "the only one is" : `all ${n("en", count)} are`} with ${holders}`}`,
    "zh-HK": (who: string, what: string, holders: string, count: number) =>
      `${who} 等 ${what}；${count === 0 ? "一個都冇" : `${count === 1 ? "得一個，" : `${n("zh-HK", count)} 個都`}喺 ${holders} 手`}`,
  },
  waitsForEver: {
    en: (who: string, what: string) => `${who} waits for ${what}, for ever`,
    "zh-HK": (who: string, what: string) => `${who} 永遠等緊 ${what}`,
  },
  waitsLock: {
    en: (who: string, what: string, holders: string) => `${who} waits for ${what}${holders && `, which ${holders} holds`}`,
    "zh-HK": (who: string, what: string, holders: string) => `${who} 等 ${what}${holders && `，而家喺 ${holders} 手`}`,
  },
  sleeps: {
    en: (who: string, length: number, item: string, holding: string) =>
      `${who} sleeps ${ms("en", length)}${item && ` on ${item}`}${holding && `, holding ${holding}`}`,
    "zh-HK": (who: string, length: number, item: string, holding: string) =>
      `${who} sleep ${ms("zh-HK", length)}${item && `，做緊 ${item}`}${holding && `，攞住 ${holding}`}`,
  },
  asleep: {
    en: (who: string, item: string) => `${who} sleeps${item && ` on ${item}`}`,
    "zh-HK": (who: string, item: string) => `${who} sleep 緊${item && `，做緊 ${item}`}`,
  },
  permit: { en: "a permit", "zh-HK": "permit" },
  permitsOf: { en: (name: string) => `a permit of ${name}`, "zh-HK": (name: string) => `${name} 嘅 permit` },
  lock: { en: (name: string) => `lock ${name}`, "zh-HK": (name: string) => `lock ${name}` },
  queue: { en: (name: string) => `queue ${name}`, "zh-HK": (name: string) => `queue ${name}` },
  and: { en: (a: string, b: string) => `${a} and ${b}`, "zh-HK": (a: string, b: string) => `${a} 同 ${b}` },
  starts: { en: (who: string) => `${who} starts`, "zh-HK": (who: string) => `${who} 開始` },
  takes: { en: (who: string, what: string) => `${who} takes ${what}`, "zh-HK": (who: string, what: string) => `${who} 攞到 ${what}` },
  gives: { en: (who: string, what: string) => `${who} gives ${what} back`, "zh-HK": (who: string, what: string) => `${who} 放返 ${what}` },
  asks: { en: (who: string, what: string) => `${who} asks for ${what}`, "zh-HK": (who: string, what: string) => `${who} 想攞 ${what}` },
  comes: { en: (who: string, queue: string) => `${who} comes to ${queue}`, "zh-HK": (who: string, queue: string) => `${who} 嚟到 ${queue}` },
  fallsAsleep: { en: (who: string) => `${who} goes to sleep`, "zh-HK": (who: string) => `${who} 開始 sleep` },
  wakes: { en: (who: string) => `${who} wakes`, "zh-HK": (who: string) => `${who} 醒` },
  cancelled: {
    en: (who: string, what: string) => `${who} runs out of time and ${what ? `waits for ${what} no longer` : "sleeps no longer"}`,
    "zh-HK": (who: string, what: string) => `${who} 夠鐘 timeout，${what ? `唔再等 ${what}` : "唔再 sleep"}`,
  },
  puts: {
    en: (who: string, queue: string) => `${who} puts a job into ${queue}`,
    "zh-HK": (who: string, queue: string) => `${who} 擺咗一件工入 ${queue}`,
  },
  joins: {
    en: (who: string, queue: string) => `${who} sees all jobs of ${queue} done`,
    "zh-HK": (who: string, queue: string) => `${who} 見到 ${queue} 入面啲工全部做完`,
  },
  got: {
    en: (who: string, item: string, queue: string) => `${who} takes ${item || "a job"} from ${queue}`,
    "zh-HK": (who: string, item: string, queue: string) => `${who} 由 ${queue} 攞咗 ${item || "一件工"}`,
  },
  onItem: { en: (what: string, item: string) => `${what}, on ${item}`, "zh-HK": (what: string, item: string) => `${what}，做緊 ${item}` },
  done: {
    en: (who: string, answer: string) => (answer ? `${who} is done and answers ${answer}` : `${who} is done`),
    "zh-HK": (who: string, answer: string) => (answer ? `${who} 完成，答 ${answer}` : `${who} 完成`),
  },
  refusedAtOnce: {
    en: (who: string, answer: string, reason: string) =>
      `${who} returns ${answer || "None"} at once${reason && `: ${reason}`}. It takes no permit and does not sleep`,
    "zh-HK": (who: string, answer: string, reason: string) => `${who} 即刻 return ${answer || "None"}${reason && `：${reason}`}。冇攞 permit，冇 sleep`,
  },
  refusedLate: {
    en: (who: string, answer: string, reason: string) => `${who} ends with ${answer}${reason && ` (${reason})`}, but it had taken a permit and slept`,
    "zh-HK": (who: string, answer: string, reason: string) => `${who} 最後 return ${answer}${reason && `（${reason}）`}，但已經攞過 permit 同 sleep 過`,
  },
  failed: {
    en: (who: string, answer: string, reason: string) => `${who} ends with ${answer}${reason && ` (${reason})`}`,
    "zh-HK": (who: string, answer: string, reason: string) => `${who} 最後 return ${answer}${reason && `（${reason}）`}`,
  },
  onceShort: {
    en: (reason: string) => (reason ? `returned at once: ${reason}` : "returned at once"),
    "zh-HK": (reason: string) => (reason ? `即刻 return：${reason}` : "即刻 return"),
  },
  level: {
    en: (used: number, of: number | undefined, what: string, who: string) =>
      `${n("en", used)} ${of === undefined ? "" : `of ${n("en", of)} `}${what} in use${who && `, by ${who}`}`,
    "zh-HK": (used: number, of: number | undefined, what: string, who: string) =>
      `${what}${of === undefined ? "" : ` ${n("zh-HK", of)} 個`}用緊 ${n("zh-HK", used)} 個${who && `，喺 ${who} 手`}`,
  },
  locksHeld: { en: (used: number) => `${many(used, "lock is", "locks are")} held`, "zh-HK": (used: number) => `有 ${n("zh-HK", used)} 把 lock 俾人攞住` },
  lockHeld: {
    en: (lock: string, who: string) => (who ? `lock ${lock} is held by ${who}` : `lock ${lock} is free`),
    "zh-HK": (lock: string, who: string) => (who ? `lock ${lock} 喺 ${who} 手` : `lock ${lock} 冇人攞`),
  },
});
