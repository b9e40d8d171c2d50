import type { RunRecord } from "./record.js";

/** What is looked at of a run. */
export type Comparable = Pick<RunRecord, "columns" | "labels" | "items" | "analysis" | "outcome">;

/** How a run differs from the first beside it. */
export interface Difference {
  /** Positive when it takes longer; Infinity when only it never ends, -Infinity when only the first does not. */
  readonly byMs: number;
  readonly cause:
    | { readonly kind: "slept-more" | "slept-less"; readonly count: number }
    | { readonly kind: "one-at-a-time" | "same-sleeps" }
    | undefined;
}

const SLEEP = 4;
const WAKE = 5;

const known = new WeakMap<Comparable, Set<string>>();

/** Which items sleep; a page asks with every drawing. */
function sleepersOf(run: Comparable): Set<string> {
  let found = known.get(run);
  if (!found) known.set(run, (found = sleepersIn(run)));
  return found;
}

/** A lane that works through many says so itself, else it is the lane's own. */
function sleepersIn({ columns, labels, items }: Comparable): Set<string> {
  const since = new Float64Array(labels.length + 1);
  const found = new Set<string>();
  columns.what.forEach((what, event) => {
    const task = columns.task[event] ?? -1;
    const at = columns.atMs[event] ?? 0;
    if (what === SLEEP) since[task + 1] = at;
    if (what !== WAKE || at <= (since[task + 1] ?? 0)) return;
    const item = columns.item[event] ?? 0;
    found.add(item > 0 ? (items[item - 1] ?? "") : (labels[task] ?? ""));
  });
  return found;
}

const totalOf = ({ outcome, analysis }: Comparable): number => (outcome?.kind === "deadlock" ? Infinity : analysis.totalMs);

/** Compares two runs of the same workload. */
export function differenceOf(first: Comparable, second: Comparable): Difference | undefined {
  const [from, to] = [totalOf(first), totalOf(second)];
  if (from === Infinity && to === Infinity) return undefined;
  const byMs = to - from;
  if (!Number.isFinite(byMs)) return { byMs, cause: undefined };
  const [a, b] = [sleepersOf(first), sleepersOf(second)];
  const more = [...b].filter((item) => !a.has(item)).length;
  const less = [...a].filter((item) => !b.has(item)).length;
  if (more > less) return { byMs, cause: { kind: "slept-more", count: more } };
  if (less > 0) return { byMs, cause: { kind: "slept-less", count: less } };
  if (byMs === 0) return { byMs, cause: undefined };
  return { byMs, cause: { kind: second.analysis.why.kind === "serial" ? "one-at-a-time" : "same-sleeps" } };
}
