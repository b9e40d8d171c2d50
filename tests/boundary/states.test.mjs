// Timelines of operations: the events of the simulation, and the state at each of them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import kit, { thrownBy } from "./kit.mjs";

const WHATS = ["start", "wait", "acquired", "released", "sleep", "wake", "done", "got"];
const folder = new URL("../../stories/", import.meta.url);
const stories = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));
const systems = new Map(kit.systems().map((system) => [system.id, system]));
const whole = { limit: 100_000 };

/** The events of a timeline as a simulation gives them. */
function events(timeline) {
  const { atMs, task, what, resource } = timeline.columns();
  const [{ labels, answers }, resources] = [timeline.tasks(), timeline.resources()];
  return Array.from(atMs, (ms, at) => {
    const event = { atMs: ms, task: task[at], what: WHATS[what[at]] };
    if (resource[at] >= 0) event.resource = `${resources[resource[at]].kind}:${resources[resource[at]].name}`;
    if (event.what === "start") event.label = labels[task[at]];
    if (event.what === "done") event.label = answers[task[at]];
    return event;
  });
}

/** The L5 and L6 calls of a story, each with the engine as it is before. */
function* calls(story) {
  const engine = new kit.Engine(story.system, story.config);
  const late = new Set(systems.get(story.system).operations.filter((operation) => operation.level >= 5).map((operation) => operation.name));
  for (const { call, args = [], clock } of story.steps) {
    if (clock !== undefined) engine.setClock(clock);
    if (call === undefined) continue;
    if (late.has(call)) yield [engine, call, args];
    try {
      engine.call(call, args);
    } catch (error) {
      assert.equal(typeof error.code, "string", error);
    }
  }
  engine.free();
}

test("the timeline of every L5 and L6 call of the stories is its simulation's, with the state at the end", () => {
  const changing = new Set();
  for (const story of stories) {
    for (const [engine, call, args] of calls(story)) {
      const where = `${story.system}.${call} ${JSON.stringify(args)}`;
      const called = engine.fork();
      let expected;
      try {
        expected = called.simulate(call, args);
      } catch (error) {
        if (error.code !== "deadlock") assert.equal(thrownBy(() => engine.timeline(call, args)).message, error.message, where);
        continue;
      }
      const before = engine.view(whole);
      const timeline = engine.timeline(call, args);
      assert.deepEqual(engine.view(whole), before, where);
      assert.deepEqual(events(timeline), expected.events, where);
      assert.deepEqual(timeline.outcome(), { kind: "finished", virtualMs: expected.virtualMs }, where);
      assert.equal(timeline.hasStates, true);
      assert.deepEqual(timeline.before(whole), before, where);
      assert.deepEqual(timeline.view(expected.events.length - 1, whole), called.view(whole), where);

      const mutations = timeline.mutations();
      for (const record of [...mutations, ...timeline.notes()]) {
        const { atMs, task } = expected.events[record.event] ?? { atMs: 0, task: -1 };
        assert.ok(record.task === -1 ? record.atMs >= atMs : record.task === task && record.atMs === atMs, `${where}: ${JSON.stringify(record)}`);
      }
      const unstamped = ({ atMs, task, event, ...note }) => note;
      assert.deepEqual(timeline.notes().map(unstamped), expected.notes.map(unstamped), where);
      if (mutations.length === 0) assert.deepEqual(expected.changes, [], where);
      if (mutations.some((mutation) => mutation.task >= 0)) changing.add(story.system);
      for (const object of [timeline, called]) object.free();
    }
  }
  // Of all systems but the few whose tasks only ask.
  assert.ok(changing.size > 35, [...changing].join(" "));
});

/** A bank with some money, and transfers to other banks that sleep two at a time. */
function transfers(amounts, limit = 2) {
  const bank = new kit.Engine("bank");
  bank.callMany([["create_account", [1, "a"]], ["deposit", [1, "a", 100]]]);
  return [bank, bank.timeline("process_external_transfers", [2, amounts.map((amount) => ({ account_id: "a", amount })), limit])];
}

test("scrubbing shows the balance fall, one task after another", () => {
  const [, timeline] = transfers([10, 20, 200, 30]);
  const balance = (event) => {
    const field = (node, key) => node.entries.find((entry) => entry.key === key).node;
    return Number(field(field(field(timeline.view(event), "accounts"), "a"), "balance").text);
  };
  const what = events(timeline);
  const seen = what.map((_, event) => balance(event));
  assert.equal(balance(-1), 100);
  const expected = { "0 acquired": 90, "1 acquired": 70, "3 acquired": 40 };
  let left = 100;
  for (const [event, { task, what: kind, resource }] of what.entries()) {
    if (resource === "lock:a") left = expected[`${task} ${kind}`] ?? left;
    assert.equal(seen[event], left, `after event ${event}, ${kind} of task ${task}`);
  }
  const changed = timeline.mutations().map(({ event, atMs, task, changes }) => [what[event].what, atMs, task, changes.find((c) => c.path.at(-1) === "balance").after]);
  assert.deepEqual(changed, [["acquired", 0, 0, 90], ["acquired", 0, 1, 70], ["acquired", 0, 3, 40]]);
  const refused = timeline.notes().filter((note) => note.code === "check" && !note.ok);
  assert.deepEqual(refused.map(({ event, task, rule }) => [what[event].what, task, rule]), [["acquired", 2, "enough"]]);
  const middle = timeline.mutations()[1].event;
  assert.deepEqual(timeline.mutations(middle, middle + 1), timeline.mutations().slice(1, 2));
  assert.deepEqual(timeline.notes(middle), timeline.notes().filter((note) => note.event >= middle));
});

test("a semaphore has the permits that it was made with, however many were held", () => {
  const [, timeline] = transfers([10], 7);
  assert.deepEqual(timeline.resources().filter((resource) => resource.kind === "semaphore"), [{ name: "permits", kind: "semaphore", permits: 7 }]);
  assert.deepEqual(timeline.analysis().resources.map(({ permits, peak }) => [permits, peak]), [[1, 1], [7, 1]]);
});

test("a deadlock is an outcome, with the states that led to it", () => {
  const [, timeline] = transfers([10, 20], 0);
  const { kind, waiting } = timeline.outcome();
  assert.deepEqual([kind, waiting.map(({ task, resource }) => [task, timeline.resources()[resource].name])], ["deadlock", [[0, "permits"], [1, "permits"]]]);
  assert.deepEqual(timeline.mutations().map((mutation) => mutation.task), [0, 1]);
});

test("whatever is asked of a timeline, an Error with a code and a sentence answers", async () => {
  const [bank, timeline] = transfers([10]);
  const last = timeline.columns().atMs.length - 1;
  for (const odd of [undefined, null, NaN, 0.5, -2, last + 1, 2 ** 60, 10n ** 30n, "0", {}, [], Symbol("s"), () => 0]) {
    assert.equal(thrownBy(() => timeline.view(odd)).code, "bad_argument");
    if (odd === undefined || odd === last + 1 || odd === 2 ** 60) continue;
    assert.equal(thrownBy(() => timeline.mutations(odd)).code, "bad_argument");
    assert.equal(thrownBy(() => timeline.notes(0, odd)).code, "bad_argument");
  }
  assert.deepEqual(timeline.mutations(last + 1), []);
  assert.deepEqual(timeline.mutations(5, 2), []);
  const program = kit.Timeline.ofProgram({ tasks: [[{ sleep: 1 }]] });
  program.advance();
  assert.deepEqual([program.hasStates, program.mutations(), program.notes()], [false, [], []]);
  for (const call of [() => program.view(0), () => program.before()]) assert.equal(thrownBy(call).code, "bad_argument");
  for (const [operation, args, code] of [
    ["process_external_transfer", [], "unknown_operation"],
    ["process_external_transfers", [1], "bad_argument"],
    ["process_external_transfers", [1, [{ amount: 1 }], 1], "bad_item"],
    ["process_external_transfers", [1, [], -1], "reference_error"],
    [Symbol("s"), {}, "bad_argument"],
  ]) {
    assert.equal(thrownBy(() => bank.timeline(operation, args)).code, code);
  }
  const scheduler = new kit.Engine("event_scheduler");
  scheduler.call("schedule_event", [1, "tea", 2]);
  assert.equal(thrownBy(() => scheduler.timeline("dispatch_events", [9, ["tea"], async () => 1, 1])).code, "bad_argument");
  const playing = bank.play("process_external_transfers", [2, [{ account_id: "a", amount: 1 }], 1], { speed: 0.1 });
  await Promise.resolve();
  assert.equal(thrownBy(() => bank.timeline("process_external_transfers", [2, [], 1])).code, "busy");
  await playing;
});
