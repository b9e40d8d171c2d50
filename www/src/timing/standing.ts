import type { TimelineColumns } from "../kit/types.js";
import type { Run } from "../timeline/run.js";
import { eventOf, type Place } from "./place.js";

/** Beyond so many tasks nobody is counted on the lines: that would be too slow to follow the cursor. */
const MAX_COUNTED = 20_000;

/** What a task does after an event of that number (the order of `TimelineColumns.what`). */
const DOING = ["run", "wait", "run", "run", "sleep", "run", "done", "run"] as const;

/** How many tasks stand on a line of the source, and what they do there. */
export interface Standing {
  readonly line: number;
  readonly waiting: number;
  readonly sleeping: number;
}

/** Where a run's tasks stand at a place, and the line of the one under the cursor, else of the `usual` one; 0 for none. */
export function whereabouts(place: Place, { id, columns, labels }: Run, usual?: number): { readonly standing: Standing[]; readonly line: number } {
  const event = eventOf(place, id, columns);
  if (event === undefined) return { standing: [], line: 0 };
  const task = place.cursor?.run === id ? place.cursor.task : usual;
  return {
    standing: labels.length <= MAX_COUNTED ? standingAt(columns, event, labels.length) : [],
    line: task === undefined ? 0 : lineOf(columns, event, task),
  };
}

/**
 * Where the tasks stand in the source when an event has just happened. Every task's last event up to there tells; the walk
 * goes back no further than to the start of the run, and `tasks` bounds what it remembers.
 */
export function standingAt(columns: TimelineColumns, event: number, tasks: number): Standing[] {
  const seen = new Uint8Array(tasks + 1);
  const lines = new Map<number, { waiting: number; sleeping: number }>();
  let left = tasks;
  for (let at = event; at >= 0 && left > 0; at -= 1) {
    const task = (columns.task[at] ?? -1) + 1;
    if (seen[task]) continue;
    seen[task] = 1;
    left -= 1;
    const doing = DOING[columns.what[at] ?? 0];
    const line = columns.line[at] ?? 0;
    if (line === 0 || (doing !== "wait" && doing !== "sleep")) continue;
    const counts = lines.get(line) ?? { waiting: 0, sleeping: 0 };
    if (doing === "wait") counts.waiting += 1;
    else counts.sleeping += 1;
    lines.set(line, counts);
  }
  return [...lines].map(([line, counts]) => ({ line, ...counts })).sort((a, b) => a.line - b.line);
}

/** The line a task stands on when an event has just happened; 0 before its start, after its end, or where none is known. */
export function lineOf(columns: TimelineColumns, event: number, task: number): number {
  for (let at = event; at >= 0; at -= 1) {
    if (columns.task[at] !== task) continue;
    return DOING[columns.what[at] ?? 0] === "done" ? 0 : (columns.line[at] ?? 0);
  }
  return 0;
}
