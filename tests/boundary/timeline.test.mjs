// Timelines of programs: their columns are the recorded logs, in whatever slices they come.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import kit, { thrownBy } from "./kit.mjs";

const WHAT = ["start", "wait", "acquired", "released", "sleep", "wake", "done", "got", "cancelled", "put", "joined"];

const folder = new URL("../golden/asyncio/", import.meta.url);
const recordings = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8").trim().split("\n"));

/** The columns as a program's log. */
function log(columns, resources) {
  return Array.from(columns.what, (what, at) => {
    const resource = resources[columns.resource[at]];
    return [columns.atMs[at], columns.task[at], WHAT[what], resource ? `${resource.kind}:${resource.name}` : null];
  });
}

test("recorded programs give the same columns, all at once and in slices", () => {
  for (const [at, line] of recordings.flat().entries()) {
    const { program, expect } = JSON.parse(line);
    for (const slice of [undefined, 1 + (at % 7)]) {
      const timeline = kit.Timeline.ofProgram(program);
      const pieces = [];
      for (let progress = { done: false }; !progress.done; ) {
        const from = pieces.length;
        progress = timeline.advance(slice);
        pieces.push(...log(timeline.columns(from), timeline.resources()));
        assert.equal(progress.events, pieces.length);
        assert.equal(progress.tasksDone, pieces.filter(([, , what]) => what === "done").length);
        assert.equal(timeline.outcome() === null, !progress.done);
      }
      assert.deepEqual(pieces, expect.log, `program ${at}`);
      const outcome = timeline.outcome();
      if (expect.deadlock) {
        const resources = timeline.resources();
        const name = (resource) => `${resources[resource].kind}:${resources[resource].name}`;
        assert.deepEqual(outcome.waiting.map(({ task, resource }) => [task, name(resource)]), expect.deadlock);
        for (const [nth, { heldBy }] of outcome.cycle.entries()) {
          assert.equal(heldBy, outcome.cycle[(nth + 1) % outcome.cycle.length].task, `program ${at}`);
        }
      } else {
        assert.deepEqual(outcome, { kind: "finished", virtualMs: expect.virtual_ms });
        const answers = expect.results.map((result) => (result === null ? "" : String(result)));
        assert.deepEqual(timeline.tasks().answers, answers, `program ${at}`);
      }
      timeline.free();
    }
  }
});

test("marks, items and names come with the columns", () => {
  const timeline = kit.Timeline.ofProgram({
    semaphores: { permits: 2 },
    queues: { jobs: [[{ line: 2 }, { item: "a" }, { line: 3 }, { sleep: 1 }], [{ item: "b" }]] },
    tasks: [[{ line: 1 }, { drain: "jobs" }], [{ semaphore: "permits", do: [] }, { return: true }]],
    names: ["worker"],
  });
  assert.equal(timeline.advance().done, true);
  const { what, task, line, item } = timeline.columns();
  const names = ["-", ...timeline.items()];
  const first = Array.from(what, (code, at) => `${task[at]} ${WHAT[code]} ${line[at]} ${names[item[at]]}`);
  assert.deepEqual(
    first.filter((event) => event.startsWith("0")),
    ["0 start 1 -", "0 got 2 a", "0 sleep 3 a", "0 wake 3 a", "0 got 1 b", "0 done 1 -"],
  );
  assert.deepEqual(timeline.tasks(), { labels: ["worker", ""], answers: ["", "True"] });
  assert.deepEqual(timeline.resources(), [
    { name: "jobs", kind: "queue", permits: null },
    { name: "permits", kind: "semaphore", permits: 2 },
  ]);
  timeline.free();
});

test("a program that cannot be run is refused with a sentence", () => {
  const refused = [
    [{}, "bad_argument"],
    [{ tasks: [[{ drain: "jobs" }]] }, "bad_argument"],
    [{ tasks: [[{ line: -1 }]] }, "bad_argument"],
    [{ tasks: [], names: ["one"] }, "bad_argument"],
    [{ tasks: [], queues: { jobs: 1 } }, "bad_argument"],
    [{ tasks: [], queues: { jobs: [[], []] }, maxsize: { jobs: 1 } }, "bad_argument"],
    [{ tasks: [], maxsize: { jobs: 1 } }, "bad_argument"],
    [{ tasks: [[{ put: "jobs", do: [] }]], queues: { jobs: [] } }, "bad_argument"],
    [{ tasks: [[{ timeout: Infinity, do: [] }]] }, "bad_argument"],
    [{ tasks: [[{ sleep: Number.NaN }]] }, "bad_argument"],
    [{ tasks: [[{ semaphore: "s", do: [] }]], semaphores: { s: -1 } }, "bad_argument"],
    [{ tasks: Array(1_000_001).fill([]) }, "limit"],
  ];
  for (const [program, code] of refused) {
    assert.equal(thrownBy(() => kit.Timeline.ofProgram(program)).code, code, JSON.stringify(program).slice(0, 80));
  }
});
