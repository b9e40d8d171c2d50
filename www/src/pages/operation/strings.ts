import { numberIn, phrases, plural, type Lang } from "../../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);
const ms = (lang: Lang, value: number): string => `${numberIn(lang, value)} ms`;
const items = (count: number): string => `${n("en", count)} ${plural("en", count, { one: "item", other: "items" })}`;
const many = (count: number, one: string, other: string): string =>
  `${n("en", count)} ${plural("en", count, { one, other })}`;

/** What tasks are called: by what they were made from. */
export const nouns = {
  item: { en: "item", "zh-HK": "item" },
  worker: { en: "worker", "zh-HK": "worker" },
  task: { en: "task", "zh-HK": "task" },
} as const;

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
  fewer: { en: (what: string) => `Less: ${what}`, "zh-HK": (what: string) => `減：${what}` },
  more: { en: (what: string) => `More: ${what}`, "zh-HK": (what: string) => `加：${what}` },
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
  axis: { en: "Read across", "zh-HK": "橫軸" },
  byTime: { en: "by time", "zh-HK": "時間" },
  byOrder: { en: "by order of events", "zh-HK": "event 次序" },
  keysChart: { en: "Timing: an operation", "zh-HK": "Timing：一個 operation" },
  keyRun: { en: "Run what is typed", "zh-HK": "行打咗嘅嘢" },
  andMore: { en: (count: number) => `and ${n("en", count)} more`, "zh-HK": (count: number) => `仲有 ${n("zh-HK", count)} 個` },

  // The time cursor

  // Why
  formulaWaves: {
    en: (count: number, permits: number, sleep: string) => `ceil(${count} / ${permits}) × ${sleep}`,
    "zh-HK": (count: number, permits: number, sleep: string) => `ceil(${count} / ${permits}) × ${sleep}`,
  },
  whyEmpty: { en: "There are no items, so there is nothing to wait for.", "zh-HK": "冇 item，所以冇嘢要等。" },
  whyInstant: {
    en: (tasks: number, locks: number) =>
      `Nothing sleeps, so the clock never moves: ` +
      (tasks === 0
        ? "the operation does everything itself, without tasks."
        : tasks === 1
          ? "1 task runs from start to end."
          : `${n("en", tasks)} tasks run one after another, in input order.`) +
      (locks > 0 ? " Locks are taken and given back within that instant." : ""),
    "zh-HK": (tasks: number, locks: number) =>
      "冇人 sleep，所以時鐘冇行過：" +
      (tasks === 0
        ? "個 operation 自己做晒，冇開 task。"
        : tasks === 1
          ? "1 個 task 由頭行到尾。"
          : `${n("zh-HK", tasks)} 個 task 跟 input 次序一個接一個行。`) +
      (locks > 0 ? "Lock 都係喺同一刻攞、同一刻放。" : ""),
  },
  whyOne: {
    en: (sleep: number) => `Only 1 item sleeps: ${ms("en", sleep)}.`,
    "zh-HK": (sleep: number) => `得 1 個 item 要 sleep：${ms("zh-HK", sleep)}。`,
  },
  whyOneWave: {
    en: (count: number, sleep: number) =>
      `${items(count)} sleep ${ms("en", sleep)} at the same time: there is a permit for each.`,
    "zh-HK": (count: number, sleep: number) =>
      `${n("zh-HK", count)} 個 item 同一時間 sleep ${ms("zh-HK", sleep)}：個個都有 permit。`,
  },
  whyWaves: {
    en: (count: number, sleep: number, permits: number, waves: number) =>
      `${items(count)} sleep ${ms("en", sleep)} each, ${n("en", permits)} at a time: ${n("en", waves)} waves.`,
    "zh-HK": (count: number, sleep: number, permits: number, waves: number) =>
      `${n("zh-HK", count)} 個 item 各 sleep ${ms("zh-HK", sleep)}，每次最多 ${n("zh-HK", permits)} 個：分 ${n("zh-HK", waves)} 轉。`,
  },
  whyTogether: {
    en: (count: number, sleep: number) => `${many(count, "task sleeps", "tasks sleep")} ${ms("en", sleep)}; nothing limits them, so they sleep at the same time.`,
    "zh-HK": (count: number, sleep: number) => `${n("zh-HK", count)} 個 task 各 sleep ${ms("zh-HK", sleep)}；冇嘢限制，所以一齊 sleep。`,
  },
  whyAtOnce: {
    en: (count: number) => `${items(count)} returned at once: no permit, no sleep.`,
    "zh-HK": (count: number) => `${n("zh-HK", count)} 個 item 即刻 return：唔使 permit，唔使 sleep。`,
  },
  whyRounds: {
    en: (sleeps: number, workers: number, rounds: number, sleep: number) =>
      `${many(sleeps, "job", "jobs")} of ${ms("en", sleep)}, shared by ${many(workers, "worker", "workers")}: ${many(rounds, "round", "rounds")}.`,
    "zh-HK": (sleeps: number, workers: number, rounds: number, sleep: number) =>
      `${n("zh-HK", sleeps)} 件工，每件 ${ms("zh-HK", sleep)}，由 ${n("zh-HK", workers)} 個 worker 分：${n("zh-HK", rounds)} 轉。`,
  },
  whyAlone: {
    en: (who: string, times: number, jobs: string) =>
      times === 1
        ? `Only ${who} sleeps.`
        : `${who} sleeps ${n("en", times)} times in a row${jobs && ` (${jobs})`}, and nobody can take a share of that.`,
    "zh-HK": (who: string, times: number, jobs: string) =>
      times === 1 ? `得 ${who} 要 sleep。` : `${who} 連續 sleep 咗 ${n("zh-HK", times)} 次${jobs && `（${jobs}）`}，冇人可以分擔。`,
  },
  whyChain: {
    en: (who: string) => `The longest chain of sleeps, one after another: ${who}.`,
    "zh-HK": (who: string) => `最長嘅一串 sleep，一個接一個：${who}。`,
  },
  whyIdle: {
    en: (count: number) => `${many(count, "worker found", "workers found")} nothing ready at 0 ms and ended for good.`,
    "zh-HK": (count: number) => `${n("zh-HK", count)} 個 worker 喺 0 ms 搵唔到 ready 嘅嘢，之後就冇再返嚟。`,
  },
  whyStuck: {
    en: (noun: string, count: number) => `${many(count, `${noun} waits`, `${noun}s wait`)} for something that nobody will ever give back.`,
    "zh-HK": (noun: string, count: number) => `${n("zh-HK", count)} 個 ${noun} 等緊一樣永遠冇人會放返出嚟嘅嘢。`,
  },

  // The difference
  slower: { en: (by: number) => `${ms("en", by)} more`, "zh-HK": (by: number) => `多 ${ms("zh-HK", by)}` },
  faster: { en: (by: number) => `${ms("en", by)} less`, "zh-HK": (by: number) => `少 ${ms("zh-HK", by)}` },
  sameTotal: { en: "The same total", "zh-HK": "總時間一樣" },
  noEnd: { en: "No end", "zh-HK": "冇完結" },
  becauseMore: {
    en: (count: number) => `${many(count, "invalid item", "invalid items")} took a permit and slept`,
    "zh-HK": (count: number) => `${n("zh-HK", count)} 個無效 item 都攞咗 permit 去 sleep`,
  },
  becauseFree: {
    en: (count: number) => `${many(count, "invalid item", "invalid items")} slept too, but on permits that were free anyway`,
    "zh-HK": (count: number) => `${n("zh-HK", count)} 個無效 item 都有 sleep，但用嘅 permit 本身就得閒`,
  },
  becauseLess: {
    en: (count: number) => `${many(count, "item", "items")} returned at once`,
    "zh-HK": (count: number) => `${n("zh-HK", count)} 個 item 即刻 return`,
  },
  becauseLimit: {
    en: (name: string, from: number, to: number) => `${name} is ${n("en", to)} instead of ${n("en", from)}`,
    "zh-HK": (name: string, from: number, to: number) => `${name} 係 ${n("zh-HK", to)}，唔係 ${n("zh-HK", from)}`,
  },
  becauseNothing: { en: "every item sleeps either way", "zh-HK": "兩種做法都係個個 sleep" },

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

  // The table

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

/** Sentences about what stands under the cursor. */
export const sentences = phrases({
  who: {
    en: (noun: string, task: number, label: string) => (label ? `${noun} ${task} (${label})` : `${noun} ${task}`),
    "zh-HK": (noun: string, task: number, label: string) => (label ? `${noun} ${task}（${label}）` : `${noun} ${task}`),
  },
  theOperation: { en: "the operation", "zh-HK": "個 operation" },
  line: { en: (when: string, what: string) => `${when}: ${what}.`, "zh-HK": (when: string, what: string) => `${when}：${what}。` },
  waitsForEver: {
    en: (who: string, what: string) => `${who} waits for ${what}, for ever`,
    "zh-HK": (who: string, what: string) => `${who} 永遠等緊 ${what}`,
  },
  permit: { en: "a permit", "zh-HK": "permit" },
  permitsOf: { en: (name: string) => `a permit of ${name}`, "zh-HK": (name: string) => `${name} 嘅 permit` },
  lock: { en: (name: string) => `lock ${name}`, "zh-HK": (name: string) => `lock ${name}` },
  and: { en: (a: string, b: string) => `${a} and ${b}`, "zh-HK": (a: string, b: string) => `${a} 同 ${b}` },
});
