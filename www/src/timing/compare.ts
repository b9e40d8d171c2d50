import { taskKey } from "../timeline/names.js";
import type { Told } from "./told.js";

/** How a run differs from the first beside it. */
export interface Difference {
  /** Positive when it takes longer; Infinity when only it never ends, -Infinity when only the first does not. */
  readonly byMs: number;
  readonly cause:
    | { readonly kind: "slept-more" | "slept-less"; readonly count: number }
    | { readonly kind: "one-at-a-time" | "same-sleeps" }
    /** It was given another number of permits or workers: for a page to say, which knows what it asked for. */
    | { readonly kind: "limit"; readonly name: string; readonly from: number; readonly to: number }
    | undefined;
}

const SLEEP = 4;
const WAKE = 5;

const known = new WeakMap<Told, Set<string>>();

/** Which items sleep; a page asks with every drawing. */
function sleepersOf(run: Told): Set<string> {
  let found = known.get(run);
  if (!found) known.set(run, (found = sleepersIn(run)));
  return found;
}

/** A lane that works through many says so itself, else it is the lane's own. */
function sleepersIn(run: Told): Set<string> {
  const { columns, labels, items } = run;
  const since = new Float64Array(labels.length + 1);
  const found = new Set<string>();
  columns.what.forEach((what, event) => {
    const task = columns.task[event] ?? -1;
    const at = columns.atMs[event] ?? 0;
    if (what === SLEEP) since[task + 1] = at;
    if (what !== WAKE || at <= (since[task + 1] ?? 0)) return;
    const item = columns.item[event] ?? 0;
    found.add(item > 0 ? (items[item - 1] ?? "") : taskKey(run, task));
  });
  return found;
}

const totalOf = ({ outcome, analysis }: Told): number => (outcome?.kind === "deadlock" ? Infinity : analysis.totalMs);

/** Compares two runs of the same workload. */
export function differenceOf(first: Told, second: Told): Difference | undefined {
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
