import { expect, test } from "@playwright/test";
import { defaults, invalidText, readSettings, workloadOf, writeSettings, type Settings } from "../../src/pages/timing/settings.js";
import { href } from "../../src/router/index.js";
import { eventAt, eventOf, momentsOf, nowhere, type Place } from "../../src/timing/place.js";
import { readingSpeed, speeds } from "../../src/timing/player.js";
import { lineOf, standingAt } from "../../src/timing/standing.js";

const throughAddress = (settings: Settings): Settings =>
  readSettings(new URLSearchParams(href("/timing", writeSettings(settings)).split("?")[1] ?? ""));

/** Numbers from 0 up to a bound, the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

test("settings survive being an address", () => {
  const roll = dice(7);
  const some = <T>(values: readonly T[]): T => values[roll(values.length)] as T;
  for (let round = 0; round < 500; round += 1) {
    const settings: Settings = {
      draft: {
        items: some(["8", "0", "-3", "many", ""]),
        invalid: some(["2, 5, 7", "", "1:2, 3", "x"]),
        sleep: some(["10", "5..20 @ 7", "1, 2.5", ""]),
        maxConcurrent: some(["2", "0", "-1"]),
        lock: some(["shared", "own"]),
        fails: some(["", "1-4"]),
      },
      strategies: some([["fail_fast", "all_sleep"], ["sequential"], [], ["worker_pool", "fail_fast"]]),
      axis: some(["time", "order"]),
      at: some([undefined, 0, 12.5]),
      task: some([undefined, 3]),
      zoom: some([undefined, { from: 5, to: 20.25 }]),
    };
    expect(throughAddress(settings)).toEqual(settings);
  }
});

test("the address of what everything starts from says nothing", () => {
  expect(href("/timing", writeSettings(defaults))).toBe("#/timing");
});

test("invalid items read back as they are written", () => {
  const roll = dice(11);
  for (let round = 0; round < 200; round += 1) {
    const invalid = Array.from({ length: roll(6) }, (_, index) => ({ item: index * 3 + roll(3), check: (roll(3) + 1) as 1 | 2 | 3 }));
    const read = workloadOf({ ...defaults.draft, invalid: invalidText(invalid) });
    expect("workload" in read && read.workload.invalid).toEqual(invalid);
  }
});

for (const [field, text] of [
  ["items", "eight"],
  ["items", "1.5"],
  ["maxConcurrent", ""],
  ["invalid", "2:4"],
  ["invalid", "a"],
  ["invalid", "0"],
  ["sleep", "soon"],
  ["sleep", ""],
  ["sleep", "5.."],
  ["fails", "1-"],
] as const) {
  test(`"${text}" is not read as ${field}, and the field is named`, () => {
    expect(workloadOf({ ...defaults.draft, [field]: text })).toMatchObject({ field });
  });
}

test("who stands where is what the events up to there say", () => {
  // Two tasks; the second waits on line 4 while the first sleeps on line 5, then they change places.
  const columns = {
    atMs: Float64Array.of(0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 20),
    task: Int32Array.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1),
    what: Uint8Array.of(0, 1, 2, 4, 0, 1, 5, 3, 6, 2, 4, 5),
    resource: new Int32Array(12),
    line: Uint32Array.of(0, 4, 4, 5, 0, 4, 5, 4, 6, 4, 5, 5),
    item: new Uint32Array(12),
  };
  expect(eventAt(columns, -1)).toBe(-1);
  expect(eventAt(columns, 0)).toBe(5);
  expect(eventAt(columns, 9.9)).toBe(5);
  expect(eventAt(columns, 1000)).toBe(11);
  expect(standingAt(columns, 5, 2)).toEqual([
    { line: 4, waiting: 1, sleeping: 0 },
    { line: 5, waiting: 0, sleeping: 1 },
  ]);
  expect(standingAt(columns, 10, 2)).toEqual([{ line: 5, waiting: 0, sleeping: 1 }]);
  expect([lineOf(columns, 5, 1), lineOf(columns, 10, 0), lineOf(columns, 10, 1)]).toEqual([4, 0, 5]);
  expect([...momentsOf([{ columns }, { columns }], "time")]).toEqual([0, 10, 20]);
  expect([...momentsOf([{ columns }], "order")]).toEqual(Array.from(columns.atMs, (_, event) => event));
});

test("the cursor's event is that under the pointer, else the last one of the moment", () => {
  const columns = {
    atMs: Float64Array.of(0, 0, 10),
    task: new Int32Array(3),
    what: Uint8Array.of(0, 4, 5),
    resource: new Int32Array(3),
    line: new Uint32Array(3),
    item: new Uint32Array(3),
  };
  const at = (place: Partial<Place>): number | undefined => eventOf({ ...nowhere, ...place }, "a", columns);
  expect(at({})).toBeUndefined();
  expect([at({ at: 9 }), at({ at: 10 }), at({ axis: "order", at: 0.9 }), at({ axis: "order", at: 7 })]).toEqual([1, 2, 0, 2]);
  const cursor = { run: "a", task: 0, atMs: 0, event: 0, line: 0 };
  expect([at({ at: 10, cursor }), at({ at: 10, cursor: { ...cursor, run: "b" } })]).toEqual([0, 1]);
});

test("playing takes about as long as reading, whatever the total", () => {
  for (const totalMs of [6, 30, 400, 10_000, 1e6]) {
    const seconds = totalMs / readingSpeed(totalMs) / 1000;
    expect(seconds).toBeGreaterThan(2);
    expect(seconds).toBeLessThan(16);
  }
  expect(speeds).toContain(readingSpeed(0));
});
