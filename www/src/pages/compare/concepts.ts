import type { L6Kind } from "../../kit/types.js";

/** What a method is for, as far as its name and its shape tell. */
export type Concept =
  | "put"
  | "get"
  | "delete"
  | "update"
  | "list"
  | "count"
  | "history"
  | "backup"
  | "restore"
  | "merge"
  | "move"
  | "begin"
  | "finish"
  | "fail"
  | "batch"
  | "bounded";

/** Verbs that say the same; those of one line are closer to each other than to the other lines. */
const verbs: readonly (readonly [Concept, readonly string[]])[] = [
  [
    "put",
    [
      "create add register open place schedule insert new",
      "set store put write cache",
      "submit flag lease claim reserve inject publish grant park borrow book subscribe join install send assign checkin",
    ],
  ],
  ["get", ["get read resolve lookup fetch check", "find locate", "route"]],
  ["delete", ["delete remove drop unregister", "cancel close clear revoke end release invalidate decommission uninstall return checkout evict"]],
  ["update", ["update change deposit increase", "extend refresh renew", "configure apply"]],
  ["list", ["list scan search filter"]],
  ["move", ["transfer move reassign migrate", "escalate upgrade", "copy replicate"]],
  ["begin", ["start begin", "ready resume"]],
  ["finish", ["complete finish approve acknowledge"]],
  ["fail", ["fail reject"]],
];

/** Words that say what a method is for wherever they stand: `get_payment_history`, `season_snapshot`. */
const decisive: readonly (readonly [Concept, readonly string[]])[] = [
  ["batch", ["batch"]],
  ["history", ["history"]],
  ["backup", ["backup snapshot"]],
  ["restore", ["restore", "rollback"]],
  ["merge", ["merge"]],
  ["list", ["top worst busiest largest highest strongest", "above"]],
  ["count", ["count length workload total usage utilization"]],
];

/** Words that tell methods with one verb apart: `set_at` from `set_at_with_ttl`. */
const qualifiers: Readonly<Record<string, string>> = {
  ttl: "ttl",
  duration: "ttl",
  deadline: "ttl",
  due: "ttl",
  expiry: "ttl",
  at: "at",
  prefix: "prefix",
  status: "status",
  capacity: "limit",
  limit: "limit",
  max: "limit",
  next: "next",
  pending: "pending",
  dep: "dependency",
  dependency: "dependency",
  replica: "replica",
  recurring: "recurring",
};

/** How a method uses its permits; its strategy, and no part of what it is for. */
export const strategies: Readonly<Record<string, L6Kind>> = { failfast: "fail_fast", allsleep: "all_sleep" };

const silent = new Set(["with", "by", "for", "to", "in", "of", "n", "from", "process", "operation", "op", ...Object.keys(strategies)]);

/** A place in the tables of verbs: the same line says the same, the same concept nearly. */
export interface Verb {
  concept: Concept;
  line: string;
}

function index(table: readonly (readonly [Concept, readonly string[]])[]): ReadonlyMap<string, Verb> {
  const words = new Map<string, Verb>();
  for (const [concept, lines] of table) {
    for (const line of lines) for (const word of line.split(" ")) words.set(word, { concept, line });
  }
  return words;
}

const verbOf = index(verbs);
const decisiveOf = index(decisive);

/** A method's name taken apart. */
export interface Reading {
  verb: Verb | undefined;
  qualifiers: readonly string[];
  /** What is left: nouns, and verbs that are in no table. */
  rest: readonly string[];
}

/** The words of a name in the singular; words that only mean something together are one word. */
export function wordsOf(name: string): string[] {
  const together = name.replace(/(?<=^|_)(?:check_in|check_out|fail_fast|all_sleep)(?=_|$)/g, (words) => words.replace("_", ""));
  return together.split("_").filter(Boolean).map(singular);
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return /[^isu]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Reads a name; `isNoun` knows the things of the system, which are no verbs there (a library's `book`). */
export function readName(name: string, isNoun: (word: string) => boolean): Reading {
  const words = wordsOf(name);
  const decided = words.find((word) => decisiveOf.has(word));
  const chosen = decided ?? words.find((word) => verbOf.has(word) && !isNoun(word)) ?? words.find((word) => verbOf.has(word));
  const others = words.filter((word) => word !== chosen && !silent.has(word));
  const rest = others.flatMap((word) => {
    if (qualifiers[word] !== undefined) return [];
    const verb = isNoun(word) ? undefined : verbOf.get(word);
    // Beside a decisive word a verb says what is done in bulk, or what is kept: `batch_send` goes with `batch_publish`.
    return verb === undefined ? [word] : decided === undefined ? [] : [verb.concept];
  });
  return {
    verb: chosen === undefined ? undefined : (decisiveOf.get(chosen) ?? verbOf.get(chosen)),
    qualifiers: [...new Set(others.flatMap((word) => qualifiers[word] ?? []))],
    rest: [...new Set(rest)],
  };
}
