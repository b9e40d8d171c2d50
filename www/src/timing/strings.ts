import { numberIn, phrases, plural, type Lang } from "../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);
const ms = (lang: Lang, value: number): string => `${numberIn(lang, value)} ms`;
const many = (count: number, one: string, other: string): string => `${n("en", count)} ${plural("en", count, { one, other })}`;

export const strings = phrases({
  rooms: { en: "Timing", "zh-HK": "Timing" },
  toStrategies: { en: "Strategies", "zh-HK": "策略比較" },
  toOperations: { en: "Operations", "zh-HK": "系統 operation" },
  toProgram: { en: "Your own program", "zh-HK": "自己寫 program" },

  // Why the total is that number
  empty: { en: "Nothing to do: no task was made.", "zh-HK": "冇嘢做：一個 task 都冇。" },
  instant: {
    en: (tasks: number, locks: boolean) =>
      (tasks === 0
        ? "No sleep takes time: the operation does everything itself, without tasks, and the clock does not move."
        : `No sleep takes time: ${many(tasks, "task is", "tasks are")} through without the clock moving.`) +
      (locks ? " Locks are taken and given back within that instant." : ""),
    "zh-HK": (tasks: number, locks: boolean) =>
      (tasks === 0 ? "冇 sleep 要用時間：個 operation 自己做晒，冇開 task，時鐘都未郁過。" : `冇 sleep 要用時間：${n("zh-HK", tasks)} 個 task 行晒，時鐘都未郁過。`) +
      (locks ? "Lock 都係喺同一刻攞、同一刻放。" : ""),
  },
  one: { en: (sleepMs: number) => `One task sleeps ${ms("en", sleepMs)}.`, "zh-HK": (sleepMs: number) => `得一個 task sleep，${ms("zh-HK", sleepMs)}。` },
  together: {
    en: (sleepers: number, sleepMs: number) => `${many(sleepers, "task sleeps", "tasks sleep")} at the same time, ${ms("en", sleepMs)}: nothing holds them back.`,
    "zh-HK": (sleepers: number, sleepMs: number) => `${n("zh-HK", sleepers)} 個 task 同時 sleep ${ms("zh-HK", sleepMs)}：冇嘢阻住。`,
  },
  oneWave: {
    en: (sleepers: number, permits: number, sleepMs: number) =>
      `${many(sleepers, "task sleeps", "tasks sleep")} ${ms("en", sleepMs)}; with ${many(permits, "permit", "permits")} that is one wave.`,
    "zh-HK": (sleepers: number, permits: number, sleepMs: number) =>
      `${n("zh-HK", sleepers)} 個 task 各 sleep ${ms("zh-HK", sleepMs)}；有 ${n("zh-HK", permits)} 個 permit，一轉就夠。`,
  },
  waves: {
    en: (sleepers: number, permits: number, waves: number, sleepMs: number) =>
      `${many(sleepers, "task sleeps", "tasks sleep")}, ${n("en", permits)} at a time: ${many(waves, "wave", "waves")} of ${ms("en", sleepMs)}.`,
    "zh-HK": (sleepers: number, permits: number, waves: number, sleepMs: number) =>
      `${n("zh-HK", sleepers)} 個 task 要 sleep，每次 ${n("zh-HK", permits)} 個：${n("zh-HK", waves)} 轉，每轉 ${ms("zh-HK", sleepMs)}。`,
  },
  lastWave: {
    en: (left: number) => `The last wave is not full: only ${n("en", left)} in it, and it takes as long as the others.`,
    "zh-HK": (left: number) => `最後一轉未滿：得 ${n("zh-HK", left)} 個，但一樣要咁耐。`,
  },
  atOnce: {
    en: (count: number, noun: string) => `${many(count, noun, `${noun}s`)} returned at once and cost no time.`,
    "zh-HK": (count: number, noun: string) => `${n("zh-HK", count)} 個 ${noun} 即刻 return，冇用時間。`,
  },
  idle: {
    en: (count: number) => `${many(count, "worker", "workers")} found nothing to do and ended at once.`,
    "zh-HK": (count: number) => `${n("zh-HK", count)} 個 worker 搵唔到嘢做，即刻完咗。`,
  },
  rounds: {
    en: (sleeps: number, workers: number, rounds: number, sleepMs: number) =>
      `${many(sleeps, "sleep", "sleeps")} of ${ms("en", sleepMs)} over ${many(workers, "worker", "workers")}: ${many(rounds, "round", "rounds")}.`,
    "zh-HK": (sleeps: number, workers: number, rounds: number, sleepMs: number) =>
      `${n("zh-HK", sleeps)} 次 sleep，每次 ${ms("zh-HK", sleepMs)}，分畀 ${n("zh-HK", workers)} 個 worker：${n("zh-HK", rounds)} 輪。`,
  },
  serialAlone: {
    en: (who: string, sleeps: number) => `${who} alone sleeps, ${many(sleeps, "time", "times")} one after another: the total is their sum.`,
    "zh-HK": (who: string, sleeps: number) => `得 ${who} 要 sleep，逐次共 ${n("zh-HK", sleeps)} 次：總時間係加埋嘅和。`,
  },
  serialGate: {
    en: (sleeps: number, gate: string) => `${gate} lets only one of ${many(sleeps, "sleep", "sleeps")} run at a time: the total is their sum.`,
    "zh-HK": (sleeps: number, gate: string) => `${gate} 令 ${n("zh-HK", sleeps)} 次 sleep 一次只可以行一個：總時間係加埋嘅和。`,
  },
  serialPermit: {
    en: (sleeps: number) => `There is one permit, so only one of ${many(sleeps, "sleep", "sleeps")} runs at a time: the total is their sum.`,
    "zh-HK": (sleeps: number) => `得一個 permit，所以 ${n("zh-HK", sleeps)} 次 sleep 一次只可以行一個：總時間係加埋嘅和。`,
  },
  longest: {
    en: (who: string, sleptMs: number) => `Nobody waits for anybody: the total is the longest, ${who} with ${ms("en", sleptMs)}.`,
    "zh-HK": (who: string, sleptMs: number) => `冇人要等人：總時間就係最長嗰個，${who}，${ms("zh-HK", sleptMs)}。`,
  },
  chain: {
    en: (who: string) => `The critical path runs through ${who}: each sleep on it could only begin when the one before was over.`,
    "zh-HK": (who: string) => `Critical path 經過 ${who}：上面每次 sleep 都要等前一個完先可以開始。`,
  },
  stuck: {
    en: (count: number) => `No total: ${many(count, "task waits", "tasks wait")} for ever.`,
    "zh-HK": (count: number) => `冇總時間：${n("zh-HK", count)} 個 task 會永遠等落去。`,
  },
  formula: {
    en: (count: number, by: number, sleepMs: number) => `ceil(${n("en", count)} / ${n("en", by)}) × ${ms("en", sleepMs)}`,
    "zh-HK": (count: number, by: number, sleepMs: number) => `ceil(${n("zh-HK", count)} / ${n("zh-HK", by)}) × ${ms("zh-HK", sleepMs)}`,
  },

  // Who was last
  last: { en: (who: string) => `Last: ${who}.`, "zh-HK": (who: string) => `最後完：${who}。` },
  lastWaited: {
    en: (who: string, resource: string, giver: string) => `Last: ${who}, which got ${resource} only when ${giver} gave it back.`,
    "zh-HK": (who: string, resource: string, giver: string) => `最後完：${who}，要等 ${giver} 放返 ${resource} 先攞到。`,
  },
  andMore: { en: (count: number) => `${n("en", count)} more`, "zh-HK": (count: number) => `另外 ${n("zh-HK", count)} 個` },

  // A deadlock
  deadlock: {
    en: "Deadlock: each waits for what the next one holds.",
    "zh-HK": "Deadlock：個個都等緊下一個手上嘅嘢。",
  },
  nobodyGives: {
    en: "Deadlock: nobody will ever give back what they wait for.",
    "zh-HK": "Deadlock：佢哋等嘅嘢永遠冇人會放返出嚟。",
  },
  waitsShort: { en: (what: string) => `waits for ${what}`, "zh-HK": (what: string) => `等 ${what}` },
  waitsFor: {
    en: (who: string, what: string, holder: string) => `${who} waits for ${what}, held by ${holder}.`,
    "zh-HK": (who: string, what: string, holder: string) => `${who} 等 ${what}，而家係 ${holder} 攞住。`,
  },
  waitsForEver: {
    en: (who: string, what: string) => `${who} waits for ${what}, for ever.`,
    "zh-HK": (who: string, what: string) => `${who} 等 ${what}，永遠等落去。`,
  },

  // How a run differs from the first
  same: { en: "Takes the same time", "zh-HK": "一樣咁耐" },
  slowerBy: { en: (by: number) => `${ms("en", by)} more`, "zh-HK": (by: number) => `多 ${ms("zh-HK", by)}` },
  fasterBy: { en: (by: number) => `${ms("en", by)} less`, "zh-HK": (by: number) => `少 ${ms("zh-HK", by)}` },
  onlyThisStuck: { en: (name: string) => `Never ends, while ${name} does`, "zh-HK": (name: string) => `永遠唔完，而 ${name} 完得到` },
  onlyThatStuck: { en: (name: string) => `Ends, while ${name} never does`, "zh-HK": (name: string) => `完得到，而 ${name} 永遠唔完` },
  against: { en: (name: string) => ` than ${name}`, "zh-HK": (name: string) => `（對比 ${name}）` },
  sleptMore: {
    en: (count: number) => `: ${many(count, "item that returned at once there sleeps", "items that returned at once there sleep")} here.`,
    "zh-HK": (count: number) => `：有 ${n("zh-HK", count)} 個 item 嗰邊即刻 return，呢邊要 sleep。`,
  },
  sleptLess: {
    en: (count: number) => `: ${many(count, "item that sleeps there returns", "items that sleep there return")} at once here.`,
    "zh-HK": (count: number) => `：有 ${n("zh-HK", count)} 個 item 嗰邊要 sleep，呢邊即刻 return。`,
  },
  oneAtATime: { en: ": here only one sleeps at a time.", "zh-HK": "：呢邊一次只得一個 sleep。" },
  sameSleeps: { en: ": the same items sleep, in another order or fewer at a time.", "zh-HK": "：一樣嗰批 item sleep，只係次序或者同時嘅數目唔同。" },
  otherLimit: {
    en: (name: string, from: number, to: number) => `: ${name} is ${n("en", to)} instead of ${n("en", from)}.`,
    "zh-HK": (name: string, from: number, to: number) => `：${name} 係 ${n("zh-HK", to)}，唔係 ${n("zh-HK", from)}。`,
  },
  plain: { en: ".", "zh-HK": "。" },

  // Reading
  axis: { en: "Read across", "zh-HK": "橫軸" },
  byTime: { en: "by time", "zh-HK": "時間" },
  byOrder: { en: "by order of events", "zh-HK": "event 次序" },

  // A workload
  fewer: { en: (what: string) => `Less: ${what}`, "zh-HK": (what: string) => `減：${what}` },
  more: { en: (what: string) => `More: ${what}`, "zh-HK": (what: string) => `加：${what}` },

  // Playing
  play: { en: "Play", "zh-HK": "播放" },
  pause: { en: "Pause", "zh-HK": "暫停" },
  loop: { en: "Loop", "zh-HK": "重播" },
  speed: { en: "Speed", "zh-HK": "速度" },
  speedHelp: { en: "Virtual milliseconds for each real one", "zh-HK": "每一個真實 ms 行幾多個虛擬 ms" },
  slower: { en: "Slower", "zh-HK": "慢啲" },
  faster: { en: "Faster", "zh-HK": "快啲" },
  previousEvent: { en: "One event back", "zh-HK": "上一個 event" },
  nextEvent: { en: "One event on", "zh-HK": "下一個 event" },
});
