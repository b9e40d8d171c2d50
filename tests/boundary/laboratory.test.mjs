// The laboratory's package: strategies run as CPython ran them, and texts are read and written.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { laboratory, thrownBy } from "./kit.mjs";

const WHAT = ["start", "wait", "acquired", "released", "sleep", "wake", "done", "got", "cancelled", "put", "joined"];

const recorded = (name) =>
  readFileSync(new URL(`../golden/strategies/${name}.jsonl`, import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));

const workloads = new Map(recorded("workloads").map(({ name, workload }) => [name, workload]));

/** The events of a run to its end, as they are recorded. */
function logOf(timeline) {
  while (!timeline.advance().done);
  const { atMs, task, what, resource, line } = timeline.columns();
  const resources = timeline.resources().map(({ kind, name }) => `${kind}:${name}`);
  return Array.from(what, (code, at) => [Math.round(atMs[at] * 1e6), task[at], WHAT[code], resources[resource[at]] ?? null, line[at]]);
}

test("every strategy runs every workload as CPython did, line by line", () => {
  for (const { id, python } of laboratory.strategies()) {
    const runs = recorded(id);
    assert.equal(runs.length, workloads.size, id);
    for (const { workload, log } of runs) {
      const taken = log.filter(([, , what]) => WHAT.includes(what)).map(([ns, task, what, resource, line]) => [ns, task, what, resource, line]);
      const timeline = laboratory.Timeline.ofStrategy(id, workloads.get(workload));
      assert.deepEqual(logOf(timeline), taken, `${id}, ${workload}`);
      timeline.free();
      const same = laboratory.Timeline.ofSource(python, workloads.get(workload));
      assert.deepEqual(logOf(same), taken, `${id} as a text, ${workload}`);
      same.free();
    }
  }
});

test("a program is written as a text that runs alike", () => {
  const program = { semaphores: { permits: 1 }, tasks: [[{ semaphore: "permits", do: [{ sleep: 10 }] }], [{ semaphore: "permits", do: [] }, { return: 1 }]] };
  const runs = [laboratory.Timeline.ofProgram(program), laboratory.Timeline.ofSource(laboratory.printProgram(program))];
  // The text has lines, the program has none.
  const [plain, text] = runs.map((run) => logOf(run).map(([ns, task, what, resource]) => [ns, task, what, resource]));
  assert.ok(plain.length > 8);
  assert.deepEqual(text, plain);
});

test("what cannot be read is told with its place", () => {
  const { code, line, column } = thrownBy(() => laboratory.parseProgram("async def main():\n    await slep(1)\n"));
  assert.deepEqual({ code, line, column }, { code: "syntax", line: 2, column: 11 });
  assert.equal(thrownBy(() => laboratory.Timeline.ofStrategy("fastest", { items: 1, sleep: { fixed: 1 }, maxConcurrent: 1 })).code, "bad_argument");
});
