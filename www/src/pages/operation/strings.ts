import { numberIn, phrases, plural, type Lang } from "../../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);
const ms = (lang: Lang, value: number): string => `${numberIn(lang, value)} ms`;
const many = (count: number, one: string, other: string): string =>
  `${n("en", count)} ${plural("en", count, { one, other })}`;

export const strings = phrases({
  title: { en: "Timing", "zh-HK": "Timing" },
  heading: { en: "Why is the total this number?", "zh-HK": "點解總時間係呢個數？" },

  // The workload
  system: { en: "System", "zh-HK": "系統" },
  operation: { en: "Operation", "zh-HK": "Operation" },
  items: { en: "Items", "zh-HK": "Items" },
  invalid: { en: "Invalid", "zh-HK": "無效" },
  makeInvalid: {
    en: (item: string) => `Item ${item} is invalid`,
    "zh-HK": (item: string) => `item ${item} 無效`,
  },
  manyItems: {
    en: "To choose which of so many are invalid, edit the arguments.",
    "zh-HK": "咁多 item，邊個無效要直接改參數。",
  },
  call: { en: "The call", "zh-HK": "個 call" },
  args: { en: "Arguments as JSON", "zh-HK": "參數（JSON）" },
  argsHelp: {
    en: "The list of arguments, in order. Ctrl-Enter runs them.",
    "zh-HK": "參數嘅 list，跟次序。Ctrl-Enter 即刻行。",
  },
  apply: { en: "Run these", "zh-HK": "用呢啲行" },
  reset: { en: "Back to the story's workload", "zh-HK": "返去故事嘅 workload" },
  share: { en: "Copy link", "zh-HK": "複製連結" },
  fromStory: {
    en: (story: string) => `State and call come from the story “${story}”.`,
    "zh-HK": (story: string) => `State 同 call 嚟自故事「${story}」。`,
  },
  noStory: {
    en: "No story calls this operation, so it runs on a fresh engine with made-up arguments. Edit them.",
    "zh-HK": "冇故事 call 過呢個 operation，所以用新 engine 同埋作出嚟嘅參數。你可以改。",
  },

  // The chart
  strategies: { en: "Set side by side", "zh-HK": "並排比較" },
  asWritten: { en: "as the system does it", "zh-HK": "系統自己嘅做法" },
  asProgram: { en: "the same items as a program", "zh-HK": "同一批 item 寫成 program" },
  keysChart: { en: "Timing: an operation", "zh-HK": "Timing：一個 operation" },
  keyRun: { en: "Run what is typed", "zh-HK": "行打咗嘅嘢" },

  // Why
  jobs: { en: (jobs: string) => `On the critical path: ${jobs}.`, "zh-HK": (jobs: string) => `Critical path 上面：${jobs}。` },

  // When which
  whenTitle: { en: "Which one does the spec want?", "zh-HK": "條 spec 想要邊種？" },
  whenFailFast: {
    en: "The check stands before the semaphore: an invalid item costs nothing, and the total counts only the valid ones.",
    "zh-HK": "Check 喺 semaphore 之前：無效 item 唔使時間，總時間只計有效嘅。",
  },
  whenAllSleep: {
    en: "The check stands behind the sleep: every item takes a permit, and the total counts all of them.",
    "zh-HK": "Check 喺 sleep 之後：個個 item 都攞 permit，總時間計晒全部。",
  },
  signalFailFast: { en: "“skip missing”, “return False immediately”", "zh-HK": "「skip missing」、「return False immediately」" },
  signalAllSleep: { en: "“every request must attempt”, “each call takes 10 ms”", "zh-HK": "「every request must attempt」、「each call takes 10 ms」" },

  // What went wrong
  badLimit: {
    en: (name: string, value: string) => `${name} is “${value}”. Give a whole number, at least 1.`,
    "zh-HK": (name: string, value: string) => `${name} 係「${value}」。請畀一個整數，最少係 1。`,
  },
  negativeLimit: {
    en: (name: string, value: string) => `${name} is ${value}: Python raises a ValueError when the semaphore is made. Give at least 1.`,
    "zh-HK": (name: string, value: string) => `${name} 係 ${value}：整 semaphore 嗰陣 Python 會 raise ValueError。最少要畀 1。`,
  },
  zeroLimit: {
    en: (name: string, count: number) => `${name} is 0: ${many(count, "item would wait", "items would wait")} for ever. Give at least 1.`,
    "zh-HK": (name: string, count: number) => `${name} 係 0：${n("zh-HK", count)} 個 item 會永遠等落去。最少要畀 1。`,
  },
  deadlock: {
    en: (noun: string, count: number) => `Deadlock: ${many(count, `${noun} waits`, `${noun}s wait`)} for ever.`,
    "zh-HK": (noun: string, count: number) => `Deadlock：${n("zh-HK", count)} 個 ${noun} 永遠等落去。`,
  },
  deadlockSelf: {
    en: "A lock of asyncio is not reentrant: a task that takes the same lock twice waits for itself.",
    "zh-HK": "asyncio 嘅 lock 唔係 reentrant：同一個 task 攞兩次同一把 lock，就係等自己。",
  },
  wrongArgs: { en: "These arguments do not fit the operation.", "zh-HK": "呢啲參數唔啱呢個 operation。" },
  raised: { en: "The operation raised an exception.", "zh-HK": "呢個 operation raise 咗 exception。" },
  tooMuch: { en: "That is more than one run may do.", "zh-HK": "一次行唔到咁多。" },
  noSleep: {
    en: "No item slept, so the trace does not tell how long a sleep is. Make one item valid.",
    "zh-HK": "冇 item sleep 過，所以 trace 睇唔到 sleep 幾耐。整返一個有效 item 啦。",
  },
  tooMany: {
    en: (asked: number, cap: number) => `${n("en", asked)} are asked for; ${n("en", cap)} are drawn.`,
    "zh-HK": (asked: number, cap: number) => `要求 ${n("zh-HK", asked)} 個；最多畫 ${n("zh-HK", cap)} 個。`,
  },
  notAsPlanned: {
    en: (who: string) => `Meant to be valid, but the system turned ${who} away; the lane says why.`,
    "zh-HK": (who: string) => `本來想 ${who} 有效，但系統拒絕咗：原因寫喺條 lane。`,
  },
  badJson: { en: (why: string) => `This is not JSON yet: ${why}`, "zh-HK": (why: string) => `呢段未係 JSON：${why}` },
  notAList: { en: "The arguments must be a JSON list: [ … ].", "zh-HK": "參數要係一個 JSON list：[ … ]。" },
  unknown: {
    en: (name: string) => `There is no system or operation “${name}” with a timeline.`,
    "zh-HK": (name: string) => `冇一個有 timeline 嘅系統或者 operation 叫「${name}」。`,
  },
  plainMethod: {
    en: (name: string) => `${name} is a plain method (def, not async def): it never waits on an event loop, so there is no asyncio timeline to draw.`,
    "zh-HK": (name: string) => `${name} 係普通 method（def，唔係 async def）：佢唔會喺 event loop 上面等，所以冇 asyncio timeline 可以畫。`,
  },
  toStory: { en: (system: string) => `Step through the story of ${system}`, "zh-HK": (system: string) => `去「${system}」嘅故事逐步睇` },
  toDefault: { en: "Open the first one", "zh-HK": "打開第一個" },
  noSystems: { en: "No system has an asynchronous operation yet.", "zh-HK": "未有系統有 async operation。" },

  // The state beside the timeline
  stateAfter: { en: "State after the call", "zh-HK": "Call 完之後嘅 state" },
  stateBefore: { en: "State before the call", "zh-HK": "Call 之前嘅 state" },
  stateAt: { en: "State at this instant", "zh-HK": "呢一刻嘅 state" },
  mutations: { en: "Changes of the state", "zh-HK": "State 嘅改動" },
  mutationOf: {
    en: (at: number, of: number) => `change ${n("en", at)} of ${n("en", of)}`,
    "zh-HK": (at: number, of: number) => `第 ${n("zh-HK", at)} 個改動，共 ${n("zh-HK", of)} 個`,
  },
  previousMutation: { en: "To the change before", "zh-HK": "上一個改動" },
  nextMutation: { en: "To the next change", "zh-HK": "下一個改動" },
  nothingYet: { en: "Nothing has been changed yet.", "zh-HK": "未改過任何嘢。" },
  changedBy: {
    en: (who: string, atMs: number) => `Changed last by ${who}, at ${ms("en", atMs)}.`,
    "zh-HK": (who: string, atMs: number) => `最後係 ${who} 喺 ${ms("zh-HK", atMs)} 改嘅。`,
  },
  allChanges: {
    en: (count: number) => `Marked: ${many(count, "value", "values")} that the call changed.`,
    "zh-HK": (count: number) => `有記號嘅係呢個 call 改咗嘅 ${n("zh-HK", count)} 個值。`,
  },
  noChanges: { en: () => "The call changed nothing.", "zh-HK": () => "呢個 call 冇改過任何嘢。" },
  reasons: { en: "Why", "zh-HK": "點解" },

  // For real
  liveTitle: { en: "For real", "zh-HK": "真係行一次" },
  liveAbout: {
    en: "The engine runs in real time, and each external call is a JavaScript function that fetches a file of this page through the semaphore. One file is missing on purpose.",
    "zh-HK": "Engine 用真實時間行，每個 external call 都係一個 JavaScript function，經 semaphore 去 fetch 呢頁自己嘅檔案。有一個檔案係專登冇嘅。",
  },
  livePlay: { en: "Fetch them", "zh-HK": "去 fetch" },
  livePause: { en: "Pause", "zh-HK": "暫停" },
  liveResume: { en: "Go on", "zh-HK": "繼續" },
  liveStop: { en: "Stop", "zh-HK": "停" },
  liveRun: { en: "in real time", "zh-HK": "真實時間" },
  liveCount: {
    en: (answered: number, called: number) => `${n("en", answered)} of ${many(called, "call", "calls")} answered`,
    "zh-HK": (answered: number, called: number) => `${n("zh-HK", called)} 個 call 有 ${n("zh-HK", answered)} 個答咗`,
  },
  liveDone: { en: (answer: string) => `Done. It returned ${answer}.`, "zh-HK": (answer: string) => `完成。Return 咗 ${answer}。` },
  liveStopped: { en: "Stopped. The engine is as it was.", "zh-HK": "停咗。Engine 冇改變過。" },
  liveCalls: { en: "Calls", "zh-HK": "Call" },
  liveFile: { en: "File", "zh-HK": "檔案" },
  liveTook: { en: "Took", "zh-HK": "用時" },
  liveAnswer: { en: "Answer", "zh-HK": "答案" },
  liveBytes: { en: (bytes: number) => `${n("en", bytes)} bytes`, "zh-HK": (bytes: number) => `${n("zh-HK", bytes)} bytes` },
});
