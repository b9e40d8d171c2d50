import { numberIn, phrases, plural, type Lang } from "../../i18n/index.js";

const n = (lang: Lang, value: number): string => numberIn(lang, value);

export const strings = phrases({
  title: { en: "Your own program", "zh-HK": "自己寫 program" },
  heading: { en: "What if you wrote it another way?", "zh-HK": "如果換個寫法呢？" },
  share: { en: "Copy link", "zh-HK": "複製連結" },

  // Keys
  keyRun: { en: "Run now and go to the chart", "zh-HK": "即刻行，跳去圖" },
  keyIndent: { en: "Indent; with Shift, less", "zh-HK": "縮入；加 Shift 縮出" },
  keyLeave: { en: "Leave the editor (one key after the other)", "zh-HK": "離開編輯器（逐個撳）" },
  keyUndo: { en: "Undo; with Shift, redo", "zh-HK": "復原；加 Shift 重做" },
  keyFault: { en: "Go to the error", "zh-HK": "去出錯嗰度" },

  // Which program
  program: { en: "Program", "zh-HK": "Program" },
  name: { en: "Name", "zh-HK": "名" },
  open: { en: "Open", "zh-HK": "打開" },
  ownOnes: { en: "Your programs", "zh-HK": "你嘅 program" },
  examples: { en: "Examples", "zh-HK": "例子" },
  strategies: { en: "Strategies, with their items", "zh-HK": "策略（連 item）" },
  notListed: { en: "not kept yet", "zh-HK": "未儲存" },
  new: { en: "New", "zh-HK": "開新" },
  duplicate: { en: "Duplicate", "zh-HK": "複製一份" },
  delete: { en: "Delete", "zh-HK": "刪除" },
  file: { en: "File", "zh-HK": "檔案" },
  import: { en: "Open a file …", "zh-HK": "開檔案 …" },
  importHelp: { en: "JSON or Python; or drop it on the text", "zh-HK": "JSON 或者 Python；亦可以直接拖入嚟" },
  saveJson: { en: "Save as JSON", "zh-HK": "存做 JSON" },
  savePython: { en: "Save as Python", "zh-HK": "存做 Python" },
  copyJson: { en: "Copy as JSON", "zh-HK": "複製做 JSON" },
  untitled: { en: "Untitled", "zh-HK": "未命名" },
  dropHere: { en: "Drop the file: it becomes a program of its own.", "zh-HK": "放低個檔案：佢會變做一個新 program。" },

  // What happened
  deleted: { en: (name: string) => `“${name}” is deleted.`, "zh-HK": (name: string) => `「${name}」刪咗。` },
  undo: { en: "Undo", "zh-HK": "復原" },
  fromLink: {
    en: "This program came with the link. It becomes one of yours when you change it; your own are untouched.",
    "zh-HK": "呢個 program 係條連結帶嚟嘅。你一改佢，就會存做你自己一份；你原有嘅冇郁過。",
  },
  fromExample: {
    en: "An example. Change anything, and it becomes a program of your own.",
    "zh-HK": "呢個係例子。改任何嘢，就會變做你自己嘅 program。",
  },
  fewer: {
    en: (written: number, items: number) => `Of ${n("en", items)} items ${n("en", written)} are written out here: more would make a text that nobody reads.`,
    "zh-HK": (written: number, items: number) => `${n("zh-HK", items)} 個 item 入面，呢度寫咗 ${n("zh-HK", written)} 個：再多就冇人睇得晒。`,
  },
  workloadWrong: {
    en: "The workload of the link cannot be read; the usual one stands here instead.",
    "zh-HK": "條連結嘅 workload 讀唔到，所以用咗平時嗰個。",
  },
  linkDamaged: {
    en: "The link is damaged; it may have been cut short. Your own programs are untouched.",
    "zh-HK": "條連結壞咗，可能抄漏咗。你自己嘅 program 冇郁過。",
  },
  linkNewer: {
    en: "The link was made by a newer version of this page. Reload to get that version.",
    "zh-HK": "條連結係新啲嘅版本整嘅。重新載入就有新版。",
  },
  linkTooLong: {
    en: (length: number, most: number) => `Too long for a link: it would have ${n("en", length)} characters, and ${n("en", most)} get through everywhere. Save it as a file instead.`,
    "zh-HK": (length: number, most: number) => `太長，做唔到連結：要 ${n("zh-HK", length)} 個字，去到邊都得嘅上限係 ${n("zh-HK", most)}。改為存做檔案啦。`,
  },
  noDraft: {
    en: "There is no such program in this browser. Here is the one you changed last.",
    "zh-HK": "呢個瀏覽器冇嗰個 program。呢個係你最後改過嗰個。",
  },
  noExample: { en: "There is no such example.", "zh-HK": "冇呢個例子。" },
  noStrategy: { en: (id: string) => `There is no strategy “${id}”.`, "zh-HK": (id: string) => `冇「${id}」呢個策略。` },
  fileTooLong: {
    en: (name: string) => `“${name}” is too large for a program. Nothing was changed.`,
    "zh-HK": (name: string) => `「${name}」太大，唔似 program。乜都冇改到。`,
  },
  fileUnreadable: {
    en: (name: string) => `“${name}” is no text. Nothing was changed.`,
    "zh-HK": (name: string) => `「${name}」唔係文字檔。乜都冇改到。`,
  },
  otherTab: {
    en: "Another tab has changed this program. What you write here is kept beside it, under a name of its own.",
    "zh-HK": "另一個分頁改過呢個 program。你喺度寫嘅會另存一份，有自己個名。",
  },
  close: { en: "Close", "zh-HK": "關閉" },

  // The text
  forms: { en: "Written as", "zh-HK": "寫法" },
  python: { en: "Python", "zh-HK": "Python" },
  json: { en: "JSON", "zh-HK": "JSON" },
  editorOf: { en: (name: string, form: string) => `${name}, ${form}`, "zh-HK": (name: string, form: string) => `${name}，${form}` },
  editorHelp: { en: "Tab indents. Escape, then Tab, leaves the editor.", "zh-HK": "Tab 係縮排。先撳 Escape 再撳 Tab 就離開編輯器。" },
  subset: {
    en: "A part of Python 3.11 that CPython runs just so: async with, await sleep, gather, Lock, Semaphore, Queue, timeout, loops, functions. A job is taken where a loop begins (while True: job = await queue.get()), and timeout stands in a try with except TimeoutError.",
    "zh-HK": "Python 3.11 嘅一部分，喺 CPython 行都一模一樣：async with、await sleep、gather、Lock、Semaphore、Queue、timeout、loop、function。攞 job 要做 loop 嘅第一句（while True: job = await queue.get()）；timeout 要寫喺有 except TimeoutError 嘅 try 入面。",
  },
  jsonHelp: {
    en: "The same program as its bare steps. What you change here is written to Python as steps, too; undo there brings the old text back.",
    "zh-HK": "同一個 program，淨係得啲步驟。喺度改，Python 嗰邊都會變成逐步寫；喺嗰邊撳復原就有返之前嘅文字。",
  },
  converting: { en: "Writing it the other way …", "zh-HK": "轉緊寫法 …" },
  notConverted: {
    en: (form: string) => `It cannot be shown this way while the ${form} is wrong.`,
    "zh-HK": (form: string) => `${form} 嗰邊未改啱，呢邊顯示唔到。`,
  },
  notSaved: {
    en: (as: string, form: string) => `It cannot be written as ${as} while the ${form} is wrong. Nothing was saved.`,
    "zh-HK": (as: string, form: string) => `${form} 嗰邊未改啱，寫唔到做 ${as}。冇存到。`,
  },
  notPrintable: { en: "It cannot be shown this way.", "zh-HK": "呢個寫法顯示唔到。" },
  jsonTooLong: { en: "As JSON it would be too long to read.", "zh-HK": "寫做 JSON 就太長，睇唔到。" },
  toText: { en: (form: string) => `Back to the ${form}`, "zh-HK": (form: string) => `返去 ${form}` },
  goTo: { en: (line: number, column: number) => `Line ${line}, column ${column}`, "zh-HK": (line: number, column: number) => `第 ${line} 行，第 ${column} 個字` },
  fault: { en: "Error", "zh-HK": "錯誤" },
  notJson: {
    en: "This is not JSON: a value, a comma or a bracket is missing here, or one too many.",
    "zh-HK": "呢度唔係 JSON：爭咗或者多咗一個值、逗號或者括號。",
  },
  badJson: { en: "This is JSON, but no program.", "zh-HK": "呢個係 JSON，但唔係 program。" },
  noLab: {
    en: "The engines did not load. Your text is kept.",
    "zh-HK": "Engine 載入唔到。你嘅文字冇事。",
  },
  retry: { en: "Try again", "zh-HK": "再試" },

  // The run
  own: { en: "This text", "zh-HK": "呢個寫法" },
  pinned: { en: "Pinned", "zh-HK": "釘住嗰個" },
  pin: { en: "Pin this run", "zh-HK": "釘住呢次" },
  pinHelp: {
    en: "Keeps this run beside, to see what the next change does",
    "zh-HK": "留低呢次結果，睇下之後改咗會點",
  },
  unpin: { en: "Unpin", "zh-HK": "唔再釘" },
  takeBack: { en: "Back to the pinned text", "zh-HK": "用返釘住嗰個寫法" },
  lastGood: {
    en: "The text is wrong: the chart shows the last one that ran.",
    "zh-HK": "而家嘅文字有錯：張圖係上一個行得到嘅。",
  },
  nothingYet: { en: "Nothing to draw yet: the text has to run first.", "zh-HK": "未有圖：要行得到先。" },
  running: { en: "Running …", "zh-HK": "行緊 …" },
  reading: { en: "Reading the program …", "zh-HK": "讀緊個 program …" },
  progress: {
    en: (done: number, of: number) => `${n("en", done)} of ${n("en", of)} ${plural("en", of, { one: "task", other: "tasks" })} done`,
    "zh-HK": (done: number, of: number) => `${n("zh-HK", of)} 個 task 做好 ${n("zh-HK", done)} 個`,
  },
  cancel: { en: "Cancel", "zh-HK": "取消" },
  cancelled: {
    en: "Cancelled. Change anything, or press Ctrl-Enter, to run it again.",
    "zh-HK": "取消咗。改任何嘢，或者撳 Ctrl-Enter，就會再行。",
  },
  results: { en: "gather gives", "zh-HK": "gather 返" },
  more: { en: (count: number) => `… ${n("en", count)} more`, "zh-HK": (count: number) => `… 另外 ${n("zh-HK", count)} 個` },
  standing: {
    en: (waiting: number, sleeping: number) =>
      [waiting > 0 ? `${n("en", waiting)} waiting` : "", sleeping > 0 ? `${n("en", sleeping)} sleeping` : ""].filter(Boolean).join(", "),
    "zh-HK": (waiting: number, sleeping: number) =>
      [waiting > 0 ? `${n("zh-HK", waiting)} 個等緊` : "", sleeping > 0 ? `${n("zh-HK", sleeping)} 個 sleep 緊` : ""].filter(Boolean).join("，"),
  },
  here: { en: "here", "zh-HK": "喺度" },

  // Examples
  lockOutside: { en: "The lock outside", "zh-HK": "Lock 喺出面" },
  lockInside: { en: "The lock inside", "zh-HK": "Lock 喺入面" },
  twoLocks: { en: "Two locks: deadlock", "zh-HK": "兩個 lock：deadlock" },
  workerPool: { en: "A worker pool", "zh-HK": "Worker pool" },
  backPressure: { en: "Queue(2): back-pressure", "zh-HK": "Queue(2)：back-pressure" },
  giveUp: { en: "Giving up in time", "zh-HK": "等唔切，timeout" },
  pingPong: { en: "sleep(0): ping-pong", "zh-HK": "sleep(0)：ping-pong" },
});
