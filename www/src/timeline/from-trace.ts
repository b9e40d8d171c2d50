import type { TraceEvent } from "../kit/types.js";
import { Happening, type Run, type RunColumns, type RunResource } from "./run.js";

/** What the trace itself does not say. */
export interface TraceHints {
  /** Permits of the semaphores that are known beforehand, by name. */
  readonly permits?: Readonly<Record<string, number>>;
}

/** The part of a run that a trace gives. */
export type TraceRun = Pick<Run, "columns" | "resources" | "items" | "labels" | "answers">;

/** Turns the events of `simulate` or `play` into columns; resources are numbered in the order of first use. */
export function fromTrace(events: readonly TraceEvent[], { permits = {} }: TraceHints = {}): TraceRun {
  const columns = emptyColumns(events.length);
  const resources: RunResource[] = [];
  const numbers = new Map<string, number>();
  const labels: string[] = [];
  const answers: string[] = [];
  events.forEach((event, index) => {
    columns.atMs[index] = event.atMs;
    columns.task[index] = event.task;
    columns.what[index] = Happening[event.what];
    columns.resource[index] = event.resource === undefined ? -1 : numberOf(event.resource);
    if (event.task < 0) return;
    if (event.what === "start") labels[event.task] = event.label ?? "";
    if (event.what === "done") answers[event.task] = event.label ?? "";
  });
  return { columns, resources, items: [], labels: Array.from(labels, (l) => l ?? ""), answers: Array.from(answers, (a) => a ?? "") };

  function numberOf(resource: string): number {
    let number = numbers.get(resource);
    if (number === undefined) {
      number = resources.length;
      numbers.set(resource, number);
      const [kind, name = ""] = resource.split(/:(.*)/s);
      resources.push(kind === "semaphore" ? { name, kind, permits: permits[name] ?? null } : { name, kind: "lock", permits: 1 });
    }
    return number;
  }
}

/** Columns for so many events, all of them nothing yet. */
export function emptyColumns(length: number): RunColumns {
  return {
    atMs: new Float64Array(length),
    task: new Int32Array(length),
    what: new Uint8Array(length),
    resource: new Int32Array(length).fill(-1),
    line: new Uint32Array(length),
    item: new Uint32Array(length),
  };
}

/** The first `length` events of columns: for drawing a run as far as it has come. */
export function headOf(columns: RunColumns, length: number): RunColumns {
  return {
    atMs: columns.atMs.subarray(0, length),
    task: columns.task.subarray(0, length),
    what: columns.what.subarray(0, length),
    resource: columns.resource.subarray(0, length),
    line: columns.line.subarray(0, length),
    item: columns.item.subarray(0, length),
  };
}

/** Columns one after another, as slices of `Timeline.columns(from)` come in. */
export function joined(parts: readonly RunColumns[]): RunColumns {
  const all = emptyColumns(parts.reduce((sum, part) => sum + part.atMs.length, 0));
  let at = 0;
  for (const part of parts) {
    all.atMs.set(part.atMs, at);
    all.task.set(part.task, at);
    all.what.set(part.what, at);
    all.resource.set(part.resource, at);
    all.line.set(part.line, at);
    all.item.set(part.item, at);
    at += part.atMs.length;
  }
  return all;
}
