import { phrases } from "../../i18n/index.js";

export const strings = phrases({
  title: { en: "Train", "zh-HK": "操練" },
  lead: {
    en: "See a spec, know its skeleton. Half a minute a question, the reason right after it.",
    "zh-HK": "見到 spec 就知個骨架。一條題半分鐘，答完即刻講點解。",
  },

  start: { en: (n: number) => `Start: ${n} questions`, "zh-HK": (n: number) => `開始：${n} 題` },
  status: {
    en: (due: string, unseen: string) => `${due} due now, ${unseen} new`,
    "zh-HK": (due: string, unseen: string) => `而家到期 ${due} 條，未見過 ${unseen} 條`,
  },
  nextDue: { en: (when: string) => `The next one falls due ${when}.`, "zh-HK": (when: string) => `下一條：${when}到期。` },
  pickDeck: { en: "Choose at least one deck to start.", "zh-HK": "揀最少一個 deck 先可以開始。" },
  runningTitle: {
    en: (n: number, of: number) => `A session is open, at question ${n} of ${of}.`,
    "zh-HK": (n: number, of: number) => `有一局未完，去到第 ${n} 題（共 ${of} 題）。`,
  },
  goOn: { en: "Go on", "zh-HK": "繼續" },
  endIt: { en: "End it here", "zh-HK": "就咁完" },

  clock: { en: "Time for a question", "zh-HK": "每題時間" },
  clock30: { en: "30 s", "zh-HK": "30 秒" },
  clock60: { en: "60 s", "zh-HK": "60 秒" },
  clockNone: { en: "No clock", "zh-HK": "唔計時" },
  length: { en: "Questions", "zh-HK": "題數" },
  showSeconds: { en: "Show the seconds left", "zh-HK": "顯示剩幾多秒" },

  decks: { en: "Decks", "zh-HK": "題庫" },
  allDecks: { en: "All", "zh-HK": "全部" },
  noDecks: { en: "None", "zh-HK": "清空" },
  due: { en: "Due", "zh-HK": "到期" },
  unseen: { en: "New", "zh-HK": "未見過" },
  known: { en: "Known", "zh-HK": "識咗" },

  sessions: { en: "Sessions", "zh-HK": "紀錄" },
  noSessions: {
    en: "None yet. Each session you play is listed here, with what it said to review.",
    "zh-HK": "未有。你操過嘅每一局都會列喺度，連埋要溫乜。",
  },
  rightOf: { en: (n: number, of: number) => `${n} of ${of} right`, "zh-HK": (n: number, of: number) => `${of} 題啱 ${n} 題` },
  showAll: { en: (n: number) => `Show all ${n}`, "zh-HK": (n: number) => `睇晒 ${n} 局` },
  exportIt: { en: "Export progress", "zh-HK": "匯出進度" },
  importIt: { en: "Import progress", "zh-HK": "匯入進度" },
  imported: { en: "Imported. What you had here is still here.", "zh-HK": "匯入咗。本來有嘅一樣仲喺度。" },
  importFailed: { en: "Nothing was imported: ", "zh-HK": "冇匯入到：" },
  newerTitle: {
    en: "Your progress was saved by a newer version of this page. Nothing is changed here until you reload.",
    "zh-HK": "你嘅進度係由新版本嘅頁面儲存。重新載入之前，呢度唔會改動任何嘢。",
  },
  reload: { en: "Reload", "zh-HK": "重新載入" },

  question: { en: (n: number, of: number) => `Question ${n} of ${of}`, "zh-HK": (n: number, of: number) => `第 ${n} 題，共 ${of} 題` },
  secondsLeft: { en: (n: number) => `${n} seconds left`, "zh-HK": (n: number) => `剩 ${n} 秒` },
  secondsShort: { en: (n: number) => `${n} s`, "zh-HK": (n: number) => `${n} 秒` },
  pause: { en: "Pause", "zh-HK": "暫停" },
  resume: { en: "Go on", "zh-HK": "繼續" },
  paused: { en: "Paused. The question is covered, and the clock stands.", "zh-HK": "暫停咗。題目遮住咗，時間停住。" },
  leave: { en: "Leave", "zh-HK": "離開" },
  choices: { en: "Choices", "zh-HK": "選擇" },
  dontKnow: { en: "I don't know", "zh-HK": "唔知" },

  right: { en: "Right", "zh-HK": "啱" },
  wrong: { en: "Wrong", "zh-HK": "錯" },
  timed_out: { en: "Time is up", "zh-HK": "夠鐘" },
  passed: { en: "Not known", "zh-HK": "唔知" },
  answerIs: { en: (answer: string) => `It is: ${answer}`, "zh-HK": (answer: string) => `答案係：${answer}` },
  rightAnswer: { en: "right answer", "zh-HK": "正確答案" },
  yourAnswer: { en: "your answer", "zh-HK": "你嘅答案" },
  look: { en: "Where to look", "zh-HK": "去邊度睇" },
  level: { en: (n: number) => `L${n}`, "zh-HK": (n: number) => `L${n}` },
  first: { en: "First time seen", "zh-HK": "第一次見" },
  before: {
    en: (seen: number, right: number) => `Seen ${seen === 1 ? "once" : `${seen} times`} before, right ${right === 1 ? "once" : `${right} times`}`,
    "zh-HK": (seen: number, right: number) => `之前見過 ${seen} 次，啱 ${right} 次`,
  },
  again: { en: (when: string) => `next ${when}`, "zh-HK": (when: string) => `${when}再嚟` },
  next: { en: "Next question", "zh-HK": "下一題" },
  toResult: { en: "See the result", "zh-HK": "睇結果" },

  inMinutes: { en: (n: number) => `in ${n} ${n === 1 ? "minute" : "minutes"}`, "zh-HK": (n: number) => `${n} 分鐘後` },
  inHours: { en: (n: number) => `in ${n} ${n === 1 ? "hour" : "hours"}`, "zh-HK": (n: number) => `${n} 個鐘後` },
  inDays: { en: (n: number) => (n === 1 ? "tomorrow" : `in ${n} days`), "zh-HK": (n: number) => (n === 1 ? "聽日" : `${n} 日後`) },

  resultTimes: {
    en: (mean: string, total: string) => `${mean} a question, ${total} in all.`,
    "zh-HK": (mean: string, total: string) => `平均每題 ${mean}，總共 ${total}。`,
  },
  review: { en: "What to review", "zh-HK": "要溫乜" },
  reviewNothing: {
    en: "Nothing was missed and nothing was slow. The cards come back by themselves when they are due.",
    "zh-HK": "冇錯，亦冇慢。到期嗰陣啲題會自己返嚟。",
  },
  missedOf: { en: (n: number, of: number) => `missed ${n} of ${of}`, "zh-HK": (n: number, of: number) => `${of} 題錯 ${n} 題` },
  slowOf: { en: (n: number, of: number) => `slow in ${n} of ${of}`, "zh-HK": (n: number, of: number) => `${of} 題慢 ${n} 題` },
  misses: { en: "Your misses", "zh-HK": "錯咗嘅題" },
  perQuestion: { en: "Time for each question", "zh-HK": "每題用咗幾耐" },
  timeRow: {
    en: (n: number, outcome: string, time: string) => `Question ${n}: ${outcome}, ${time}`,
    "zh-HK": (n: number, outcome: string, time: string) => `第 ${n} 題：${outcome}，${time}`,
  },
  goneCard: { en: "This question is no longer in its deck.", "zh-HK": "題庫入面已經冇咗呢題。" },
  anew: { en: "Another session", "zh-HK": "再嚟一局" },
  onlyMisses: { en: "Only the misses", "zh-HK": "淨係操錯嗰啲" },
  toTrain: { en: "Back to the decks", "zh-HK": "返去題庫" },
  noSuchSession: {
    en: "There is no session with this address on this device.",
    "zh-HK": "呢部機冇呢個地址嘅一局。",
  },
});
