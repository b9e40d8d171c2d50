/** An error thrown by this package: `code` is stable, `message` is a sentence for people. */
export interface SpecsightError extends Error {
  code: ErrorCode;
  /** Position of the bad argument or of the bad item of a batch, from 0. */
  index?: number;
  /** Key of the bad field of a batch item. */
  field?: string;
  /** With `reference_error`: the Python exception, such as `KeyError`. */
  exception?: string;
  /** With `syntax`: where in the text, from 1. */
  line?: number;
  column?: number;
  /** With `syntax`: the message in Cantonese. */
  zh?: string;
  /** With `deadlock`: who waits for what, for ever. */
  waiting?: { task: number; resource: string }[];
}

export type ErrorCode =
  | "unknown_system"
  | "bad_config"
  | "unknown_operation"
  | "bad_argument"
  | "bad_item"
  | "reference_error"
  | "deadlock"
  | "limit"
  | "bad_deck"
  | "bad_progress"
  | "newer_progress"
  | "out_of_range"
  | "syntax"
  | "busy"
  | "aborted";

/** A text in both languages of the pages. */
export interface Text {
  en: string;
  zh: string;
}

export type Level = 1 | 2 | 3 | 4 | 5 | 6;
export type Family = "flat" | "nested" | "two_collections";
export type L6Kind = "fail_fast" | "all_sleep" | "worker_pool" | "lifecycle";

/** One system of the catalogue. */
export interface SystemInfo {
  /** The slug: `bank`, `in_mem_db`. */
  id: string;
  /** The Python class name that call texts and states are shown with. */
  className: string;
  title: Text;
  summary: Text;
  family: Family;
  /** Why the system is of that family, in a sentence. */
  familyReason: Text;
  group: string;
  /** Words of a spec that give the system away. */
  signals: string[];
  /** The mechanisms the system is made of. */
  uses: Pattern[];
  config: Param[];
  /** In level order. */
  operations: Operation[];
  patterns: { l3: string; l4: string; l5: string; l6: L6Kind };
  /** The Python text of a fresh engine's state, one line per attribute. */
  initialState: string;
}

/** A mechanism that several systems share: `remaining_ttl_backup`. */
export interface Pattern {
  id: string;
  title: Text;
}

/** One method of a system. */
export interface Operation {
  name: string;
  level: Level;
  params: Param[];
  /** The Python type of the answer. */
  returns: string;
  async: boolean;
  doc: string;
  /** What is checked, in order, before anything is changed. */
  checks: Check[];
}

/** One parameter of an operation, a constructor or a batch item. */
export interface Param {
  name: string;
  /** The Python type, such as `int` or `list[dict]`. */
  type: string;
  optional?: boolean;
  doc?: string;
  /** For a list of dicts: the forms an item may take. */
  items?: ItemShape[];
}

/** One form of a batch item; `tag` names the key and the word that select it. */
export interface ItemShape {
  tag?: { key: string; value: string | null };
  fields: Param[];
}

/** A check of an operation: its rule, what it is about, and what a refusal answers or raises. */
export interface Check {
  /** Stable within the catalogue: `exists`, `absent`, `different`, `enough`, ... */
  rule: string;
  /** The thing the rule is about: `account`, `amount`. */
  noun: string;
  /** The parameter or expression that is checked. */
  subject: string;
  /** The answer when it fails, as Python. */
  refusal: string;
}

/** A call that was made, and what it changed. */
export interface Step {
  operation: string;
  args: unknown[];
  returns: unknown;
  changes: Change[];
  notes: Note[];
  /** For L5/L6: how long it took on virtual time. */
  virtualMs?: number;
  /** The call as Python: `bank.deposit(1000, "alice", 500)`. */
  callText: string;
  /** The answer as Python: `None`, `["alice(300)"]`. */
  returnsText: string;
}

/**
 * One value of the state that a call added, removed or changed. A dict's key that stands elsewhere than it stood is removed
 * and added. Made in this order the changes lead from the state before to the one after: what is removed, from the last to
 * the first, then the rest.
 */
export interface Change {
  /** Attribute, then dict keys (a key that is no string as its Python repr) and list positions. */
  path: (string | number)[];
  kind: "added" | "removed" | "changed";
  before?: unknown;
  after?: unknown;
  beforeText?: string;
  afterText?: string;
  /** How many entries of its dict stand before what was added; left out for the last. */
  position?: number;
}

/** Why a call did what it did; the fields beside `code` depend on it. */
export interface Note {
  code: string;
  [field: string]: unknown;
}

/** One event of an asyncio timeline. */
export interface TraceEvent {
  atMs: number;
  /** Gathered tasks count from 0 in the order of gathering; -1 is the operation itself. */
  task: number;
  what: "start" | "wait" | "acquired" | "released" | "sleep" | "wake" | "done";
  /** `lock:alice`, `semaphore:permits`. */
  resource?: string;
  /** On `start` the item, on `done` its answer as Python. */
  label?: string;
}

/** An L5/L6 operation with its timeline. */
export interface Simulation {
  returns: unknown;
  virtualMs: number;
  events: TraceEvent[];
  changes: Change[];
  notes: Note[];
  callText: string;
  returnsText: string;
}

/** How `play` runs. */
export interface PlayOptions {
  /** Virtual seconds per real second; 1 by default. */
  speed?: number;
  /** Called after every batch of events, with the virtual time reached. */
  onProgress?: (events: TraceEvent[], virtualMs: number) => void;
  /**
   * Asked before every batch of events, with the virtual time reached. A promise holds the play until it is fulfilled, and
   * the play's clock with it: a page pauses by giving one, and steps by giving another one each time. Calls to the outside
   * that are under way go on; their answers wait.
   */
  gate?: (virtualMs: number) => PromiseLike<unknown> | undefined | void;
  signal?: AbortSignal;
}

/** What an async callable of the handbook does: sleep, then fail for listed ids, else give the result. */
export interface ExternalPlan {
  sleep_ms: number;
  fail?: Record<string, string>;
  result?: unknown;
}

/** A step of a little asyncio program. */
export type ProgramStep =
  | { sleep: number }
  | { lock: string; do: ProgramStep[] }
  | { semaphore: string; do: ProgramStep[] }
  /** `asyncio.timeout`: cancels what takes longer, and goes on with `else`. */
  | { timeout: number; do: ProgramStep[]; else?: ProgramStep[] }
  /** Puts a job into a queue; waits while that is full. */
  | { put: string; job: ProgramStep[] }
  /** Takes a job and does it; waits while there is none. Whoever took a job calls `task_done` after it. */
  | { get: string }
  /** The same for ever: `while True`. A job that returns ends it. */
  | { serve: string }
  /** Does the jobs of a queue, one after another, until it is empty; taking one does not suspend. */
  | { drain: string }
  /** Waits until all jobs of a queue are done. */
  | { join: string }
  | { return: unknown }
  /** A mark: what follows in this block stands on that line of the source; 0 for none. */
  | { line: number }
  /** A mark: what follows in this block is about that item; "" for none. */
  | { item: string };

/** A little asyncio program; its tasks are gathered in order. */
export interface Program {
  semaphores?: Record<string, number>;
  locks?: string[];
  /** The jobs of each queue, each with its steps. */
  queues?: Record<string, ProgramStep[][]>;
  /** How many jobs a queue holds at most; without limit if not told. */
  maxsize?: Record<string, number>;
  tasks: ProgramStep[][];
  /** What each task is for; there may be fewer than tasks. */
  names?: string[];
}

/** `[virtualMs, task, what, resource]`. */
export type ProgramEvent = [number, number, TraceEvent["what"] | "got" | "put" | "joined" | "cancelled", string | null];

/** What a program did: its results and time, or who waits for ever. */
export type ProgramRun =
  | { log: ProgramEvent[]; results: unknown[]; virtual_ms: number; deadlock?: undefined }
  | { log: ProgramEvent[]; deadlock: [number, string][]; results?: undefined; virtual_ms?: undefined };

/** How far a timeline's run has come. */
export interface TimelineProgress {
  done: boolean;
  events: number;
  atMs: number;
  tasks: number;
  tasksDone: number;
}

/** Events, one to a position. */
export interface TimelineColumns {
  atMs: Float64Array;
  /** -1 is the operation itself. */
  task: Int32Array;
  /**
   * 0 start, 1 wait, 2 acquired, 3 released, 4 sleep, 5 wake, 6 done, 7 got (took a job from a queue), 8 cancelled (sleeps or
   * waits no longer), 9 put (a job into a queue), 10 joined (saw all jobs of a queue done).
   */
  what: Uint8Array;
  /** A position in `resources()`; -1 for none. */
  resource: Int32Array;
  /** The line of the source; 0 for none. */
  line: Uint32Array;
  /** 0 for none; `item - 1` is a position in `items()`. */
  item: Uint32Array;
}

/** What tasks hold or take from. */
export interface TimelineResource {
  name: string;
  kind: "semaphore" | "lock" | "queue";
  /** How many may hold it at a time, where that is known beforehand. */
  permits: number | null;
}

/** How a run ended: `cycle` holds tasks of which each waits for the next and the last for the first. */
export type TimelineOutcome =
  | { kind: "finished"; virtualMs: number }
  | {
      kind: "deadlock";
      waiting: { task: number; resource: number }[];
      cycle: { task: number; waitsFor: number; heldBy: number }[];
    };

/** Something that one task changed at once; `event` is the event it followed (-1: it came before the first). */
export interface TimelineMutation {
  event: number;
  atMs: number;
  /** The task of that event; -1: the operation itself, which may act after anybody's. */
  task: number;
  changes: Change[];
}

/** A note with its moment, as a mutation has it. */
export interface TimelineNote extends Note {
  event: number;
  atMs: number;
  task: number;
}

/** What a run's events come to. */
export interface TimelineAnalysis {
  /** The time of the last event. */
  totalMs: number;
  /** First to last; they touch one another from 0 to the total. */
  critical: TimelineLink[];
  /** Tasks in the order of finishing. */
  order: Int32Array;
  last: { task: number; endMs: number } | null;
  why: TimelineWhy;
  /** How many tasks returned at once: they neither slept nor asked for a permit. */
  atOnce: number;
  resources: {
    resource: number;
    /** As known beforehand, or the most that held it while somebody had to wait. */
    permits: number | null;
    peak: number;
    waits: number;
    longestWaitMs: number;
    /** The sum over its holders. */
    heldMs: number;
  }[];
}

/** A stretch of the critical path. */
export interface TimelineLink {
  task: number;
  kind: "sleep" | "run";
  fromMs: number;
  toMs: number;
  fromEvent: number;
  toEvent: number;
  /** The resource whose release let it begin, and who released it. */
  via: number | null;
  after: number | null;
}

/** Why the total is that number; a formula only where it gives the very number of the run. */
export type TimelineWhy =
  | { kind: "empty" }
  | { kind: "instant"; tasks: number }
  /** ceil(sleepers / permits) x sleep. */
  | {
      kind: "waves";
      sleepers: number;
      permits: number | null;
      gate: number | null;
      waves: number;
      sleepMs: number;
    }
  /** ceil(sleeps / workers) x sleep. */
  | { kind: "rounds"; sleeps: number; workers: number; rounds: number; sleepMs: number }
  /** One after another: the sum; `sleepMs` if all are equal. */
  | { kind: "serial"; sleeps: number; gate: number | null; sleepMs: number | null }
  /** Nobody waits: the longest sleeper. */
  | { kind: "longest"; task: number; sleepMs: number }
  /** Nothing shorter than the critical path says it. */
  | { kind: "chain" }
  /** Somebody waits for ever. */
  | { kind: "stuck" };

/** A batch for the strategies of the laboratory. */
export interface Workload {
  items: number;
  /** Positions of invalid items, from 0, and the check that each fails. */
  invalid?: { item: number; check: 1 | 2 | 3 }[];
  /** Milliseconds; a list is repeated, random ones are whole numbers of `from`..`to`. */
  sleep: { fixed: number } | { listed: number[] } | { seed: number; from: number; to: number };
  maxConcurrent: number;
  /** One lock for all items, or one each. */
  sharedLock?: boolean;
  /** Positions of items whose external call fails. */
  fails?: number[];
}

/** A way to run a batch, written as a short Python program. */
export interface StrategyInfo {
  id: string;
  title: Text;
  about: Text;
  /** What it teaches, or what is wrong with it. */
  lesson: Text;
  /** Whether it is a classic mistake. */
  mistake: boolean;
  python: string;
  uses: ("semaphore" | "lock" | "queue" | "external")[];
}

/** A node of the state as Python writes it; what `Engine.view` and `Scenario.view` give. */
export type ViewNode =
  | { kind: "none" | "bool" | "int" | "float" | "str"; text: string }
  | {
      kind: "dict" | "list" | "tuple" | "set";
      /** How many entries there are; `entries` may hold fewer. */
      size: number;
      entries: ViewEntry[];
    };

/** An entry of a container: `key` is its piece of a change's path, `keyText` the key as Python. */
export interface ViewEntry {
  key: string | number;
  keyText: string;
  node: ViewNode;
}

/** Which part of a state to show. */
export interface ViewOptions {
  /** At the most so many entries of each container (50 by default). */
  limit?: number;
  /** Paths that are shown whatever the limit. */
  reveal?: (string | number)[][];
}

/** A call of a scenario: made, or refused with an error. */
export type ScenarioStep =
  | ({ ok: true; clockMs?: number } & Step)
  | {
      ok: false;
      clockMs?: number;
      operation: string;
      args: unknown[];
      callText: string;
      error: { code: ErrorCode; message: string; index?: number; field?: string; exception?: string };
    };

/** What a question goes from and to. */
export type DrillKind = "spec_to_family" | "spec_to_group" | "spec_to_pattern" | "word_to_reaction" | "boundary" | "check_order" | "predict";
/** How a prompt is set: sentences of a spec, signatures, or a situation told in the page's language. */
export type DrillForm = "spec" | "code" | "story";
export type DrillOutcome = "right" | "wrong" | "timed_out" | "passed";
export type DrillGrade = "again" | "hard" | "good" | "easy";


/** The checks of an operation, whose order a drill asks for. */
export interface DrillChecklist {
  system: string; className: string; operation: string; level: Level;
  /** Without `self`. */
  params: string[];
  async: boolean;
  checks: {
    rule: string; noun: string; refusal: string;
    /** What it asks for, in words; code in backticks. */
    demand: Text;
  }[];
}

export interface DrillRequest {
  /** Same seed, same memory: same session. From 0 to 2^32 - 1. */
  seed: number;
  /** 1 to 50. */
  length: number;
  /** The time for a question; null without a clock. */
  limitMs: number | null;
  /** The decks to draw from; all when empty or absent. */
  decks?: string[];
  /** The very cards to ask, such as the misses of a session. */
  cards?: string[];
}

export interface DrillOverview {
  decks: DrillDeck[];
  running: DrillSessionInfo | null;
  /** Newest first. */
  sessions: DrillSessionInfo[];
  /** When the next card falls due; null if one is due already or none was ever asked. */
  nextDueMs: number | null;
}
export interface DrillDeck {
  id: string; title: Text; about: Text; kind: DrillKind;
  total: number; due: number; unseen: number; known: number;
}
export interface DrillSessionInfo {
  id: string; startedMs: number; endedMs: number | null; limitMs: number | null;
  length: number; answered: number; right: number;
}
export interface DrillMemory { seen: number; right: number; dueMs: number; intervalMin: number }
export interface DrillChoice { id: string; label: Text; gloss?: Text }
export interface DrillQuestion {
  session: string; card: string; position: number; length: number; limitMs: number | null;
  kind: DrillKind; ask: Text; form: DrillForm; prompt: Text;
  /** The prompt is a piece of a spec and stays English in both languages. */
  englishOnly: boolean;
  choices: DrillChoice[];
  memory: DrillMemory | null;
  /** The run that is asked about. */
  figure?: DrillFigure;
}
/** A run of the timing laboratory that belongs to a question: its batch as in `Workload`, `invalid` by position. */
export interface DrillFigure {
  strategy: string;
  /** It is drawn with the question, without the strategy's name. */
  asked: boolean;
  items: number;
  invalid: number[];
  sleep: { fixed: number } | { listed: number[] };
  maxConcurrent: number;
}
/** A run of a prompt; `signal` runs give the answer away. */
export interface DrillSegment { text: string; signal: boolean }
export interface DrillPrompt { en: DrillSegment[]; zh: DrillSegment[] }
export interface DrillReview {
  pattern: string; title: Text; gloss: Text; level: 0 | Level;
  /** Where to look, the nearest first. */
  pointers: { system: string; level: Level }[];
}
export interface DrillVerdict {
  outcome: DrillOutcome; grade: DrillGrade; given: string | null; answer: string;
  prompt: DrillPrompt; reason: Text; review: DrillReview;
  before: DrillMemory | null; memory: DrillMemory;
  /** It was the session's last question. */
  over: boolean;
  /** The run that shows why. */
  figure?: DrillFigure;
}
export interface DrillSummary {
  session: DrillSessionInfo;
  totalMs: number;
  /** Most misses first, then what was known but slowly. */
  review: (DrillReview & { asked: number; missed: number; slow: number })[];
  answers: DrillAnswer[];
  /** Cards that were not known and can be asked again. */
  missed: string[];
}
export interface DrillAnswer {
  card: string; outcome: DrillOutcome; grade: DrillGrade; elapsedMs: number;
  /** null when its deck does not hold it any more. */
  question: null | {
    ask: Text; form: DrillForm; englishOnly: boolean; prompt: DrillPrompt;
    answer: DrillChoice; given: DrillChoice | null; reason: Text; pattern: string;
  };
}
