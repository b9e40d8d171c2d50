import "./node-globals.js";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { ProgramTimeline } from "../../src/kit/index.js";
import type { Program, TimelineAnalysis, Workload } from "../../src/kit/types.js";
import { differenceOf } from "../../src/timing/compare.js";
import { accountOf, differenceSentence, formulaOf } from "../../src/timing/readout.js";
import { recordOf } from "../../src/timing/record.js";
import { told, type Told } from "../../src/timing/told.js";
import * as laboratory from "../../../pkg-laboratory/laboratory.js";

test.beforeAll(() => {
  laboratory.initSync({ module: readFileSync(new URL("../../../pkg-laboratory/laboratory_bg.wasm", import.meta.url)) });
});

function run(timeline: ProgramTimeline, title: string, noun: Told["noun"] = "item"): Told {
  while (!timeline.advance().done);
  const record = recordOf(timeline);
  timeline.free();
  return told(record, { id: title, title, noun });
}

const batch = (maxConcurrent: number, items = 5): Workload => ({ items, invalid: [{ item: 1, check: 1 }], sleep: { fixed: 10 }, maxConcurrent });
const strategy = (id: string, maxConcurrent = 2, items = 5): Told => run(laboratory.Timeline.ofStrategy(id, batch(maxConcurrent, items)), id);
const program = (tasks: Program["tasks"], names: string[], noun?: Told["noun"], resources: Partial<Program> = {}): Told =>
  run(laboratory.Timeline.ofProgram({ ...resources, tasks, names }), "program", noun);

test("who returned at once is told with one permit as with several", () => {
  for (const permits of [1, 2, 9]) expect(accountOf("en", strategy("fail_fast", permits))).toContain("1 item returned at once and cost no time.");
  expect(accountOf("en", strategy("all_sleep"))).not.toContain("at once");
});

test("one permit is one sleep at a time, and the last one says whom it waited for", () => {
  const one = strategy("fail_fast", 1);
  expect(formulaOf("en", one)).toBe("4 × 10 ms");
  expect(accountOf("en", one)).toContain("There is one permit, so only one of 4 sleeps runs at a time: the total is their sum.");
  expect(accountOf("en", one)).toContain("Last: item 5, which got a permit of sem only when item 4 gave it back.");
});

test("workers that find nothing to do are told of, and who does it all", () => {
  const pool = program([[{ sleep: 10 }, { sleep: 20 }], [], []], ["worker", "worker", "worker"], "worker");
  expect(accountOf("en", pool)).toBe(
    "Worker 0 alone sleeps, 2 times one after another: the total is their sum. 2 workers found nothing to do and ended at once.",
  );
});

test("when the clock stands still, that is all there is to say", () => {
  const locks = program([[{ lock: "a", do: [] }], [{ lock: "a", do: [] }]], ["alice", "alice"], "item", { locks: ["a"] });
  expect(accountOf("en", locks)).toBe("No sleep takes time: 2 tasks are through without the clock moving. Locks are taken and given back within that instant.");
  expect(accountOf("en", program([], []))).toBe("Nothing to do: no task was made.");
});

test("there is a sentence in both languages for every account", () => {
  const kinds = new Set<TimelineAnalysis["why"]["kind"]>();
  for (const { id } of laboratory.strategies()) {
    for (const permits of [1, 2, 9]) {
      const each = strategy(id, permits);
      kinds.add(each.analysis.why.kind);
      expect(accountOf("en", each), id).toMatch(/^[A-Z\d].*[.]$/);
      expect(accountOf("zh-HK", each), id).toMatch(/。$/);
    }
  }
  expect(kinds.size).toBeGreaterThan(3);
});

test("the difference counts who sleeps only here, though items share a name", () => {
  const named = (tasks: Program["tasks"]): Told => program(tasks, ["bob", "bob", "bob"], "item", { semaphores: { permits: 1 } });
  const [lean, full] = [named([[{ sleep: 10 }], [], []]), named([[{ sleep: 10 }], [{ sleep: 10 }], [{ sleep: 10 }]])];
  expect(differenceOf(lean, full)).toEqual({ byMs: 0, cause: { kind: "slept-more", count: 2 } });
  expect(differenceOf(full, lean)).toEqual({ byMs: 0, cause: { kind: "slept-less", count: 2 } });
  expect(differenceSentence("en", { byMs: 10, cause: { kind: "limit", name: "num_workers", from: 2, to: 1 } }, "num_workers 2")).toBe(
    "10 ms more than num_workers 2: num_workers is 1 instead of 2.",
  );
});
