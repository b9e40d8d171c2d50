import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Program, ProgramEvent, TraceEvent } from "../../src/kit/types.js";
import { layOut } from "../../src/pages/operation/layout.js";
import type { Timeline } from "../../src/pages/operation/model.js";
import { eventsOf } from "../../src/pages/operation/program.js";
import { criticalChain, differenceOf, whyTotal } from "../../src/pages/operation/why.js";

/** Programs with what CPython 3.11 did. */
interface Recorded {
  program: Program;
  expect: { log: ProgramEvent[]; virtual_ms?: number; deadlock?: [number, string][] };
}
const recorded = JSON.parse(readFileSync(new URL("./timing-programs.json", import.meta.url), "utf8")) as Recorded[];

function timelineOf({ expect: { log } }: Recorded): Timeline {
  return layOut(eventsOf(log, []));
}

/** Items that take a permit and sleep, or (`0`) return at once: what a fail-fast batch leaves behind. */
function batch(sleeps: readonly number[], permits: number): TraceEvent[] {
  const events: TraceEvent[] = [];
  const queue: number[] = [];
  const asleep: { task: number; until: number }[] = [];
  const resource = "semaphore:permits";
  const take = (task: number, atMs: number) => {
    events.push({ atMs, task, what: "acquired", resource }, { atMs, task, what: "sleep" });
    asleep.push({ task, until: atMs + (sleeps[task] ?? 0) });
  };
  sleeps.forEach((ms, task) => {
    events.push({ atMs: 0, task, what: "start", label: `item${task}` });
    if (ms === 0) return void events.push({ atMs: 0, task, what: "done", label: "False" });
    events.push({ atMs: 0, task, what: "wait", resource });
    if (asleep.length < permits) take(task, 0);
    else queue.push(task);
  });
  for (;;) {
    asleep.sort((a, b) => a.until - b.until);
    const woken = asleep.shift();
    if (!woken) return events;
    const { task, until: atMs } = woken;
    events.push({ atMs, task, what: "wake" }, { atMs, task, what: "released", resource }, { atMs, task, what: "done", label: "True" });
    const next = queue.shift();
    if (next !== undefined) take(next, atMs);
  }
}

test.describe("layout of what CPython did", () => {
  test("the last lane ends at the program's time", () => {
    for (const run of recorded) expect(timelineOf(run).totalMs).toBe(run.expect.virtual_ms ?? Infinity);
  });

  test("the spans of a lane follow one another from its start to its end", () => {
    for (const lane of recorded.flatMap((run) => timelineOf(run).lanes)) {
      const marks = [lane.startEvent, ...lane.spans.map((span) => span.toEvent)];
      expect(lane.spans.map((span) => span.fromEvent)).toEqual(marks.slice(0, -1));
      expect(marks.at(-1)).toBe(lane.endEvent);
      const waits = lane.spans.filter((span) => span.doing === "run").map((span) => span.toMs - span.fromMs);
      expect(waits.every((ms) => ms === 0), "running takes no virtual time").toBe(true);
    }
  });

  test("waiting and sleeping fill the time of a lane", () => {
    for (const run of recorded.filter(({ expect: { deadlock } }) => !deadlock)) {
      for (const lane of timelineOf(run).lanes) expect(lane.sleptMs + lane.waitedMs).toBe(lane.endMs - lane.startMs);
    }
  });

  test("nothing is held by more tasks than it has permits", () => {
    for (const run of recorded) {
      for (const track of timelineOf(run).tracks) {
        const permits = track.kind === "lock" ? 1 : (run.program.semaphores?.[track.name] ?? 0);
        expect(Math.max(0, ...track.levels.map((level) => level.used))).toBeLessThanOrEqual(permits);
        if (track.contended > 0) expect(track.capacity, track.resource).toBe(permits);
      }
    }
  });

  test("who waits for ever is who CPython says", () => {
    for (const run of recorded) {
      const why = whyTotal(timelineOf(run));
      const waits = why.kind === "stuck" ? why.waits.map(({ task, resource }) => [task, resource]) : [];
      expect(waits.sort()).toEqual([...(run.expect.deadlock ?? [])].sort());
    }
  });

  test("the critical chain has no gap and ends with the total", () => {
    for (const run of recorded.filter(({ expect: { deadlock } }) => !deadlock)) {
      const timeline = timelineOf(run);
      const chain = criticalChain(timeline);
      expect([0, ...chain.map((link) => link.toMs)]).toEqual([...chain.map((link) => link.fromMs), timeline.totalMs]);
    }
  });

  test("the layout depends on nothing but the events", () => {
    for (const run of recorded) {
      const events = eventsOf(run.expect.log, []);
      const before = structuredClone(events);
      expect(layOut(events)).toEqual(layOut(events));
      expect(events).toEqual(before);
    }
  });
});

test.describe("a fail-fast batch", () => {
  const refused = (answer: string) => answer === "False";

  test("lanes read as waiting, sleeping with a permit, and returned at once", () => {
    const timeline = layOut(batch([10, 0, 10, 10], 2), { refused });
    const [first, second, , fourth] = timeline.lanes;
    expect(first?.spans.map((span) => [span.doing, span.fromMs, span.toMs, span.holds])).toContainEqual([
      "sleep",
      0,
      10,
      ["semaphore:permits"],
    ]);
    expect(second).toMatchObject({ atOnce: true, ending: "refused", answer: "False", endMs: 0, label: "item1" });
    expect(fourth?.spans.find((span) => span.doing === "wait")).toMatchObject({ fromMs: 0, toMs: 10, by: "wait" });
    expect(timeline.tracks[0]).toMatchObject({ kind: "semaphore", name: "permits", capacity: 2, contended: 1 });
  });

  test("the formula is the total, for every number of items and permits", () => {
    for (let valid = 1; valid <= 7; valid += 1) {
      for (let permits = 1; permits <= 8; permits += 1) {
        const timeline = layOut(batch([0, ...Array<number>(valid).fill(10), 0], permits), { permits: { permits } });
        const why = whyTotal(timeline);
        expect(why).toMatchObject({ kind: "waves", sleepers: valid, permits, sleepMs: 10, atOnce: 2 });
        if (why.kind === "waves") expect(why.waves * why.sleepMs).toBe(timeline.totalMs);
        expect(timeline.totalMs).toBe(Math.ceil(valid / permits) * 10);
      }
    }
  });

  test("unequal sleeps are told as a chain", () => {
    const why = whyTotal(layOut(batch([10, 15, 20, 10], 2)));
    expect(why).toEqual({
      kind: "chain",
      links: [
        { task: 0, fromMs: 0, toMs: 10 },
        { task: 2, fromMs: 10, toMs: 30 },
      ],
    });
  });

  test("without permits everybody who asks is stuck, and the others are not", () => {
    const timeline = layOut(batch([10, 0], 0), { refused });
    expect(timeline.totalMs).toBe(Infinity);
    expect(timeline.lanes.map((lane) => lane.ending)).toEqual(["stuck", "refused"]);
    expect(whyTotal(timeline)).toEqual({ kind: "stuck", waits: [{ task: 0, resource: "semaphore:permits" }] });
  });

  test("the difference counts who slept for nothing", () => {
    const [lean, full] = [layOut(batch([10, 0, 10, 0, 0], 2)), layOut(batch([10, 10, 10, 10, 10], 2))];
    expect(differenceOf(lean, full, [2, 2])).toEqual({ byMs: 20, sleptMore: 3, sleptLess: 0, limits: undefined });
    expect(differenceOf(full, lean, [2, 1])).toEqual({ byMs: -20, sleptMore: 0, sleptLess: 3, limits: [2, 1] });
  });
});

test("a pool counts its rounds", () => {
  const worker = (task: number, times: number): TraceEvent[] => [
    { atMs: 0, task, what: "start" },
    ...Array.from({ length: times }, (_, turn): TraceEvent[] => [
      { atMs: turn * 10, task, what: "sleep" },
      { atMs: turn * 10 + 10, task, what: "wake" },
    ]).flat(),
    { atMs: times * 10, task, what: "done" },
  ];
  expect(whyTotal(layOut([...worker(0, 3), ...worker(1, 2)]), { pool: true })).toEqual({
    kind: "rounds",
    sleeps: 5,
    workers: 2,
    rounds: 3,
    sleepMs: 10,
  });
  // A pool that shrank did not share its work evenly: no formula, but the chain.
  expect(whyTotal(layOut([...worker(0, 4), ...worker(1, 0)]), { pool: true })).toMatchObject({ kind: "chain" });
});

test("nothing slept and nothing there are told apart", () => {
  expect(whyTotal(layOut([]))).toEqual({ kind: "empty" });
  expect(whyTotal(layOut(batch([0, 0], 1)))).toEqual({ kind: "instant", tasks: 2, locks: 0 });
});

test("the operation itself gets a lane when it works, and is over with the last thing it did", () => {
  const own: TraceEvent[] = [
    { atMs: 0, task: -1, what: "acquired", resource: "lock:all" },
    { atMs: 0, task: -1, what: "sleep" },
    { atMs: 5, task: -1, what: "wake" },
    { atMs: 5, task: -1, what: "released", resource: "lock:all" },
  ];
  expect(layOut(own)).toMatchObject({ totalMs: 5, lanes: [{ task: -1, ending: "done", sleptMs: 5 }] });
  expect(layOut([...own.slice(0, 1), ...batch([10], 1)]).lanes.map(({ task }) => task)).toEqual([0]);
});

test("a layout grows no faster than its events", () => {
  for (const count of [10, 100, 1_000]) {
    const events = batch(Array<number>(count).fill(10), count / 2);
    const { lanes, tracks } = layOut(events);
    const size = (value: unknown): number =>
      typeof value === "object" && value !== null ? Object.values(value).reduce((sum: number, part) => sum + size(part), 1) : 1;
    expect((size(lanes) + size(tracks)) / events.length).toBeLessThan(20);
  }
});

test("events that make no sense are passed over", () => {
  const odd: TraceEvent[] = [
    { atMs: 0, task: 0, what: "released", resource: "lock:a" },
    { atMs: 0, task: 0, what: "wait" },
    { atMs: 0, task: 0, what: "wake" },
    { atMs: 0, task: 0, what: "done" },
    { atMs: 9, task: 0, what: "sleep" },
    { atMs: 9, task: 0, what: "start" },
  ];
  expect(layOut(odd)).toMatchObject({ totalMs: 0, lanes: [{ ending: "done" }] });
});
