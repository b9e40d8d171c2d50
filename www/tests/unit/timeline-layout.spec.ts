import { expect, test } from "@playwright/test";
import { crossing, layoutOf, layouts, recorded, segmentsOf } from "./timeline-runs.js";
import type { TraceEvent } from "../../src/kit/types.js";
import { fromTrace, headOf, joined } from "../../src/timeline/from-trace.js";
import { Doing, Ending, endOf, layOut, type Layout } from "../../src/timeline/layout.js";
import { Happening } from "../../src/timeline/run.js";
import { holdersAfter, holdsDuring, usedAt } from "../../src/timeline/search.js";

const lanesOf = ({ lanes }: Layout): number[] => Array.from({ length: lanes }, (_, lane) => lane);
const lastOf = (layout: Layout, lane: number): number => (layout.first[lane + 1] ?? 0) - 1;

test("the last lane ends at the program's time, and who waits for ever is who CPython says", () => {
  for (const run of recorded) {
    const layout = layoutOf(run);
    expect(layout.totalMs).toBe(run.expect.virtual_ms ?? Infinity);
    const stuck = lanesOf(layout).filter((lane) => layout.ending[lane] === Ending.stuck);
    const waits = stuck.map((lane) => {
      const resource = layout.run.resources[layout.run.columns.resource[layout.event[lastOf(layout, lane)] ?? -1] ?? -1];
      return [layout.task[lane], `${resource?.kind}:${resource?.name}`];
    });
    expect(waits.sort()).toEqual([...(run.expect.deadlock ?? [])].sort());
  }
});

test("segments tile a lane from its start to its end, and every event is in one of them", () => {
  for (const layout of layouts) {
    const { event, doing, first, task, segmentOfEvent, run } = layout;
    const placed = new Set<number>();
    const wrong: string[] = [];
    for (const lane of lanesOf(layout)) {
      if (run.columns.what[event[first[lane] ?? -1] ?? -1] !== Happening.start) wrong.push(`lane ${lane} begins with no start`);
      for (const segment of segmentsOf(layout, lane)) {
        const at = event[segment] ?? -1;
        const last = segment === lastOf(layout, lane);
        const to = last ? (doing[segment] === Doing.end ? at : Infinity) : event[segment + 1];
        if (endOf(layout, lane, segment, true) !== to) wrong.push(`segment ${segment} does not reach the next`);
        if (!last && (event[segment + 1] ?? 0) <= at) wrong.push(`segment ${segment} is out of order`);
        if (run.columns.task[at] !== task[lane]) wrong.push(`segment ${segment} is another task's`);
        if (segmentOfEvent[at] !== segment) wrong.push(`event ${at} does not lead to its segment`);
        placed.add(at);
      }
    }
    run.columns.task.forEach((of, at) => of >= 0 && !placed.has(at) && wrong.push(`event ${at} is nowhere`));
    expect(wrong).toEqual([]);
  }
});

test("waiting and sleeping fill the time of a lane, and running takes none", () => {
  for (const layout of layouts) {
    const lanes = lanesOf(layout).map((lane) => {
      const segments = segmentsOf(layout, lane);
      const sum = (doing: number): number =>
        segments.reduce((all, segment) => (layout.doing[segment] === doing ? all + endOf(layout, lane, segment, false) - (layout.ms[segment] ?? 0) : all), 0);
      const stuck = layout.ending[lane] === Ending.stuck;
      const whole = (layout.ms[lastOf(layout, lane)] ?? 0) - (layout.ms[segments[0] ?? 0] ?? 0);
      return { waits: sum(Doing.wait), sleeps: sum(Doing.sleep), runs: stuck ? 0 : sum(Doing.run), whole: stuck ? Infinity : whole };
    });
    expect(lanes.map(({ waits }) => waits)).toEqual([...layout.waitedMs]);
    expect(lanes.map(({ sleeps }) => sleeps)).toEqual([...layout.sleptMs]);
    expect(lanes.map(({ runs }) => runs)).toEqual(lanes.map(() => 0));
    expect(lanes.map(({ waits, sleeps }) => waits + sleeps)).toEqual(lanes.map(({ whole }) => whole));
  }
});

test("nothing is held by more tasks than it has permits, and levels and holders say the same", () => {
  for (const layout of layouts) {
    const { holds, run } = layout;
    const { levels } = holds;
    const wrong: string[] = [];
    run.resources.forEach(({ kind, name, permits }, resource) => {
      const most = kind === "lock" ? 1 : (permits ?? 0);
      let [before, peak] = [0, 0];
      for (let level = levels.first[resource] ?? 0; level < (levels.first[resource + 1] ?? 0); level += 1) {
        const [used, event] = [levels.used[level] ?? -1, levels.event[level] ?? -1];
        if (Math.abs(used - before) !== 1) wrong.push(`${name} goes from ${before} to ${used}`);
        if (used < 0 || used > most) wrong.push(`${used} have ${name} of ${most}`);
        if (holdersAfter(layout, resource, event).length !== used) wrong.push(`holders of ${name} after ${event}`);
        if (usedAt(levels, resource, event, true) !== used) wrong.push(`level of ${name} at ${event}`);
        peak = Math.max(peak, used);
        before = used;
      }
      if (levels.peak[resource] !== peak) wrong.push(`peak of ${name}`);
      if (usedAt(levels, resource, -1, true) !== 0) wrong.push(`${name} is held before the beginning`);
      if (Number.isFinite(layout.totalMs) && before !== 0) wrong.push(`${name} is held after the end`);
    });
    expect(wrong).toEqual([]);
  }
});

test("permits that nobody told are read off what was held while somebody had to wait", () => {
  for (const run of recorded) {
    const { holds, run: laid } = layoutOf(run, false);
    laid.resources.forEach(({ kind, name }, resource) => {
      if (kind === "semaphore" && (holds.contended[resource] ?? 0) > 0) expect(holds.capacity[resource]).toBe(run.program.semaphores?.[name]);
    });
  }
});

test("what a segment holds is what it took and has not given back", () => {
  for (const layout of layouts) {
    const { holds } = layout;
    const wrong = lanesOf(layout).flatMap((lane) =>
      segmentsOf(layout, lane).filter((segment) => {
        const during = holdsDuring(layout, lane, segment);
        return (layout.held[segment] ?? 0) >> 2 !== during.length || during.some((hold, depth) => holds.depth[hold] !== depth || holds.lane[hold] !== lane);
      }),
    );
    expect(wrong).toEqual([]);
  }
});

test("what is given back out of turn is given back all the same", () => {
  const held = segmentsOf(crossing, 0).map((segment) => holdsDuring(crossing, 0, segment).map((hold) => crossing.run.resources[crossing.holds.resource[hold] ?? -1]?.name));
  expect(held.map((names) => names.join())).toEqual(["", "a", "a,b", "a,b", "a,b", "b", "b", "b", "", ""]);
  expect(segmentsOf(crossing, 0).map((segment) => (crossing.held[segment] ?? 0) >> 2)).toEqual(held.map((names) => names.length));
});

test("returned at once is: no time, no sleep, no permit", () => {
  const once = layOut({
    id: "once",
    title: "Once",
    ...fromTrace([
      { atMs: 0, task: 0, what: "start" },
      { atMs: 0, task: 0, what: "acquired", resource: "lock:a" },
      { atMs: 0, task: 0, what: "released", resource: "lock:a" },
      { atMs: 0, task: 0, what: "done", label: "False" },
      { atMs: 0, task: 1, what: "start" },
      { atMs: 0, task: 1, what: "acquired", resource: "semaphore:permits" },
      { atMs: 0, task: 1, what: "released", resource: "semaphore:permits" },
      { atMs: 0, task: 1, what: "done", label: "True" },
      { atMs: 0, task: 2, what: "start" },
      { atMs: 0, task: 2, what: "sleep" },
      { atMs: 0, task: 2, what: "wake" },
      { atMs: 0, task: 2, what: "done", label: "True" },
    ]),
    refused: (answer) => answer === "False",
  });
  expect([...once.atOnce]).toEqual([1, 0, 0]);
  expect([...once.ending]).toEqual([Ending.refused, Ending.done, Ending.done]);
  expect([...once.holds.lasting]).toEqual([0, 0]);
});

test("lanes of a run that is not over are open, not stuck", () => {
  for (const layout of layouts.slice(0, 20)) {
    const half = Math.floor(layout.run.columns.atMs.length / 2);
    const part = layOut({ ...layout.run, columns: headOf(layout.run.columns, half), over: false });
    expect(part.ending.includes(Ending.stuck)).toBe(false);
    expect(Number.isFinite(part.totalMs)).toBe(true);
  }
});

test("slices of columns put together are the columns", () => {
  for (const { run } of layouts.slice(0, 20)) {
    const { columns } = run;
    const cut = Math.floor(columns.atMs.length / 3);
    const tail = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(cut)])) as unknown as typeof columns;
    expect(joined([headOf(columns, cut), tail])).toEqual(columns);
  }
});

test("the operation itself gets a lane when it works, and is over with the last thing it did", () => {
  const own: TraceEvent[] = [
    { atMs: 0, task: -1, what: "acquired", resource: "lock:all" },
    { atMs: 0, task: -1, what: "sleep" },
    { atMs: 5, task: -1, what: "wake" },
    { atMs: 5, task: -1, what: "released", resource: "lock:all" },
  ];
  const task: TraceEvent[] = [
    { atMs: 0, task: 0, what: "start" },
    { atMs: 0, task: 0, what: "done" },
  ];
  const lay = (events: TraceEvent[]): Layout => layOut({ id: "own", title: "Own", ...fromTrace(events) });
  expect(lay(own)).toMatchObject({ totalMs: 5, task: Int32Array.of(-1), ending: Uint8Array.of(Ending.done), sleptMs: Float64Array.of(5) });
  expect([...lay([...own, ...task]).task]).toEqual([-1, 0]);
  expect([...lay([...own.slice(0, 1), ...task]).task]).toEqual([0]);
});

test("events that make no sense are passed over", () => {
  const odd: TraceEvent[] = [
    { atMs: 0, task: 0, what: "released", resource: "lock:a" },
    { atMs: 0, task: 0, what: "wait" },
    { atMs: 0, task: 0, what: "done" },
    { atMs: 9, task: 0, what: "sleep" },
    { atMs: 9, task: 0, what: "start" },
  ];
  const layout = layOut({ id: "odd", title: "Odd", ...fromTrace(odd) });
  expect([...layout.ending]).toEqual([Ending.done]);
  expect([...layout.segmentOfEvent].slice(3)).toEqual([-1, -1]);
  expect(layOut({ id: "none", title: "None", ...fromTrace([]) })).toMatchObject({ lanes: 0, totalMs: 0 });
});
