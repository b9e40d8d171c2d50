import { Doing, Ending, endOf, type Layout } from "./layout.js";
import { itemOf, laneName } from "./names.js";

/**
 * Runs in the trace-event format that ui.perfetto.dev and chrome://tracing open: a process for each run, a thread for each
 * lane, slices for waits, holds and sleeps, counters for permits, arrows along the critical path. Times are microseconds.
 */

/** An event of the format, as far as it is used here. */
export interface ChromeEvent {
  readonly ph: "M" | "X" | "C" | "i" | "s" | "f" | "b" | "e";
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: string;
  readonly s?: "t";
  readonly bp?: "e";
  readonly args?: Readonly<Record<string, unknown>>;
}

/** Milliseconds as the format counts. */
const us = (ms: number): number => ms * 1000;

/** The whole trace as one text. */
export function toChromeTrace(layouts: readonly Layout[]): string {
  return [...chromeTraceParts(layouts)].join("");
}

/** The trace piece by piece: of a large run it is too long to be put together needlessly. */
export function* chromeTraceParts(layouts: readonly Layout[]): Generator<string> {
  yield '{"displayTimeUnit":"ms","traceEvents":[';
  let first = true;
  let lines: string[] = [];
  for (const event of chromeEvents(layouts)) {
    lines.push((first ? "\n" : ",\n") + JSON.stringify(event));
    first = false;
    if (lines.length === 4096) {
      yield lines.join("");
      lines = [];
    }
  }
  yield `${lines.join("")}\n]}\n`;
}

/** Every event of every run. What an event lies within comes before it. */
export function* chromeEvents(layouts: readonly Layout[]): Generator<ChromeEvent> {
  for (const [index, layout] of layouts.entries()) {
    const pid = index + 1;
    yield { ph: "M", name: "process_name", pid, tid: 0, ts: 0, args: { name: layout.run.title } };
    yield { ph: "M", name: "process_sort_index", pid, tid: 0, ts: 0, args: { sort_index: index } };
    for (let lane = 0; lane < layout.lanes; lane += 1) yield* laneEvents(layout, lane, pid);
    yield* counters(layout, pid);
    yield* criticalPath(layout, pid);
  }
}

function* laneEvents(layout: Layout, lane: number, pid: number): Generator<ChromeEvent> {
  const tid = lane + 1;
  const { run, first, ms, ending } = layout;
  const name = laneName("en", layout, lane);
  yield { ph: "M", name: "thread_name", pid, tid, ts: 0, args: { name } };
  yield { ph: "M", name: "thread_sort_index", pid, tid, ts: 0, args: { sort_index: lane } };
  const start = ms[first[lane] ?? 0] ?? 0;
  const end = Math.min(endOf(layout, lane, (first[lane + 1] ?? 0) - 1, false), layout.lastMs);
  const answer = run.answers[layout.task[lane] ?? -1] ?? "";
  const ended = { [Ending.done]: "done", [Ending.refused]: "failed", [Ending.stuck]: "waits for ever", [Ending.open]: "not over" }[ending[lane] as Ending];
  yield { ph: "X", cat: "task", name, pid, tid, ts: us(start), dur: us(end - start), args: { ended, ...(answer && { answer }) } };
  if (layout.atOnce[lane] === 1) yield { ph: "i", s: "t", cat: "task", name: "returned at once", pid, tid, ts: us(start) };
  yield* inside(layout, lane, pid, tid);
}

/** What is open while the events of a lane go by, the outermost first. */
interface Open {
  readonly hold: number;
  readonly toEvent: number;
}

/** Holds, waits and sleeps of a lane in the order in which they begin, so that slices nest. */
function* inside(layout: Layout, lane: number, pid: number, tid: number): Generator<ChromeEvent> {
  const { holds, first, event, ms, doing, run, lastMs } = layout;
  const open: Open[] = [];
  let next = holds.laneFirst[lane] ?? 0;
  const end = holds.laneFirst[lane + 1] ?? 0;
  for (let segment = first[lane] ?? 0; segment < (first[lane + 1] ?? 0); segment += 1) {
    const at = event[segment] ?? 0;
    while (next < end && (holds.fromEvent[holds.byLane[next] ?? 0] ?? 0) <= at) {
      yield* holdEvents(layout, holds.byLane[next] ?? 0, open, pid, tid);
      next += 1;
    }
    const does = doing[segment];
    if (does !== Doing.wait && does !== Doing.sleep) continue;
    const from = ms[segment] ?? 0;
    const to = endOf(layout, lane, segment, false);
    const resource = run.resources[run.columns.resource[at] ?? -1]?.name ?? "";
    const line = run.columns.line[at] ?? 0;
    const item = itemOf(layout, segment);
    yield {
      ph: "X",
      cat: does === Doing.wait ? "wait" : "sleep",
      name: does === Doing.wait ? `wait for ${resource}` : "sleep",
      pid,
      tid,
      ts: us(from),
      dur: us(Math.max(0, Math.min(to, lastMs) - from)),
      args: { ...(item && { item }), ...(line > 0 && { line }), ...(!Number.isFinite(to) && { endless: true }) },
    };
  }
}

function* holdEvents(layout: Layout, hold: number, open: Open[], pid: number, tid: number): Generator<ChromeEvent> {
  const { holds, run, lastMs } = layout;
  const { atMs } = run.columns;
  const [fromEvent, toEvent] = [holds.fromEvent[hold] ?? 0, holds.toEvent[hold] ?? 0];
  while ((open.at(-1)?.toEvent ?? Infinity) <= fromEvent) open.pop();
  const resource = run.resources[holds.resource[hold] ?? -1];
  const name = `hold ${resource?.name ?? ""}`;
  const ts = us(atMs[fromEvent] ?? 0);
  const end = us(holds.kept[hold] === 1 ? lastMs : (atMs[toEvent] ?? 0));
  // Slices of a thread must lie within one another: what is given back out of turn is an asynchronous slice of its own.
  if (toEvent > (open.at(-1)?.toEvent ?? Infinity)) {
    const id = `${pid}.${hold}`;
    yield { ph: "b", cat: "hold", name, pid, tid, ts, id };
    yield { ph: "e", cat: "hold", name, pid, tid, ts: end, id };
    return;
  }
  open.push({ hold, toEvent });
  yield { ph: "X", cat: "hold", name, pid, tid, ts, dur: Math.max(0, end - ts), args: { kind: resource?.kind ?? "" } };
}

/** How many permits are in use, whenever that changes; of several changes at one moment the last counts. */
function* counters({ run, holds: { levels } }: Layout, pid: number): Generator<ChromeEvent> {
  for (const [index, { name, kind }] of run.resources.entries()) {
    if (kind !== "semaphore") continue;
    const end = levels.first[index + 1] ?? 0;
    for (let level = levels.first[index] ?? 0; level < end; level += 1) {
      if (level + 1 < end && levels.ms[level + 1] === levels.ms[level]) continue;
      yield { ph: "C", name: `${name} in use`, pid, tid: 0, ts: us(levels.ms[level] ?? 0), args: { used: levels.used[level] ?? 0 } };
    }
  }
}

/** An arrow from each stretch of the critical path to the next; an end lies a hair within its slice, else it binds to none. */
function* criticalPath({ run, laneOfTask }: Layout, pid: number): Generator<ChromeEvent> {
  const links = (run.critical ?? []).filter(({ toMs, fromMs }) => toMs > fromMs);
  for (const [index, link] of links.entries()) {
    const next = links[index + 1];
    const [from, to] = [laneOfTask[link.task + 1] ?? -1, laneOfTask[(next?.task ?? -2) + 1] ?? -1];
    if (!next || from < 0 || to < 0) continue;
    const id = `critical.${pid}.${index}`;
    const hair = Math.min(1, us(link.toMs - link.fromMs) / 2, us(next.toMs - next.fromMs) / 2);
    yield { ph: "s", cat: "critical", name: "critical path", pid, tid: from + 1, ts: us(link.toMs) - hair, id };
    yield { ph: "f", bp: "e", cat: "critical", name: "critical path", pid, tid: to + 1, ts: us(next.fromMs) + hair, id };
  }
}
