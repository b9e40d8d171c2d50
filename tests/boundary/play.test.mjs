// How `play` spends real time: on a clock of the test's own, so that nobody waits and every number is exact.
import assert from "node:assert/strict";
import { test } from "node:test";

import kit from "./kit.mjs";

/** The machine's clock and timers for one test: time passes by timers only, each in a turn of its own. */
function clockOf(t, { perLook = 0, early = 0 } = {}) {
  const clock = { ms: 0, turns: 0 };
  const timers = new Map();
  let next = 1;
  const fire = () => {
    const [id, timer] = [...timers].reduce((first, other) => (other[1].due < first[1].due ? other : first), [0, { due: Infinity }]);
    if (!timers.delete(id)) return;
    clock.ms = Math.max(clock.ms, timer.due - early);
    clock.turns += 1;
    timer.callback();
  };
  t.mock.method(performance, "now", () => (clock.ms += perLook));
  t.mock.method(globalThis, "setTimeout", (callback, ms) => {
    timers.set(next, { callback, due: clock.ms + ms });
    setImmediate(fire);
    return next++;
  });
  t.mock.method(globalThis, "clearTimeout", (id) => timers.delete(id));
  return clock;
}

/** A bank that sends so many transfers, ten at a time: each sleeps 10 ms. */
function transfers(count) {
  const bank = new kit.Engine("bank");
  bank.callMany([["create_account", [1, "a"]], ["deposit", [1, "a", count]]]);
  return [bank, "process_external_transfers", [2, new Array(count).fill({ account_id: "a", amount: 1 }), 10]];
}

/** A scheduler with so many executed events, and the call that dispatches them. */
function dispatch(ids, call) {
  const scheduler = new kit.Engine("event_scheduler");
  scheduler.callMany(ids.map((id) => ["schedule_event", [1, id, 2]]));
  return [scheduler, "dispatch_events", [9, ids, call, 2]];
}

const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}, not ${expected}`);

for (const speed of [0.1, 1, 1000]) {
  test(`at speed ${speed} every batch comes at its time`, async (t) => {
    const clock = clockOf(t);
    const [bank, operation, args] = transfers(100);
    const expected = bank.fork().simulate(operation, args);
    assert.equal(expected.virtualMs, 100);
    const played = await bank.play(operation, args, { speed, onProgress: (_, virtualMs) => near(clock.ms * speed, virtualMs) });
    near(clock.ms * speed, 100);
    assert.deepEqual([played.returns, played.virtualMs, played.events], [expected.returns, expected.virtualMs, expected.events]);
  });
}

test("the page keeps getting turns, however much there is to do at once", async (t) => {
  // A machine on which a millisecond goes by whenever somebody looks at the clock.
  const clock = clockOf(t, { perLook: 1 });
  const [bank, operation, args] = transfers(4000);
  await bank.play(operation, args, { speed: 1e9 });
  assert.ok(clock.turns >= clock.ms / 20, `${clock.turns} turns in ${clock.ms} ms on virtual time`);

  const [scheduler, dispatching, dispatched] = dispatch(Array.from({ length: 2000 }, (_, n) => `e${n}`), () => null);
  const [turns, since] = [clock.turns, clock.ms];
  await scheduler.play(dispatching, dispatched);
  assert.ok(clock.turns - turns >= (clock.ms - since) / 20, `${clock.turns - turns} turns in ${clock.ms - since} ms of answers at once`);
});

test("a gate pauses a play, and its clock", async (t) => {
  const clock = clockOf(t);
  const [bank, operation, args] = transfers(100);
  const expected = bank.fork().simulate(operation, args);
  let paused = 0;
  const gate = (virtualMs) => {
    if (virtualMs < 50 || paused > 0) return undefined;
    return new Promise((resume) => {
      setImmediate(() => {
        clock.ms += 5000;
        paused = virtualMs;
        resume();
      });
    });
  };
  const seen = [];
  const played = await bank.play(operation, args, { speed: 0.5, gate, onProgress: (events) => seen.push(...events) });
  assert.equal(paused, 50);
  near(clock.ms, 100 / 0.5 + 5000);
  assert.deepEqual([played.virtualMs, seen], [100, expected.events]);
});

test("a gate lets a page step batch by batch", async (t) => {
  // Timers of machines may fire before their time; no batch is empty for that.
  clockOf(t, { early: 0.4 });
  const [bank, operation, args] = transfers(30);
  const instants = [...new Set(bank.fork().simulate(operation, args).events.map((event) => event.atMs))];
  const log = [];
  const gate = (virtualMs) => new Promise((resume) => {
    log.push(`gate ${virtualMs}`);
    setImmediate(resume);
  });
  await bank.play(operation, args, { speed: 0.5, gate, onProgress: (_, virtualMs) => log.push(`events ${virtualMs}`) });
  assert.deepEqual(log, instants.flatMap((ms) => [`gate ${ms}`, `events ${ms}`]));
});

test("a play that is held can be aborted, and a gate that fails ends it", async (t) => {
  clockOf(t);
  const [bank, operation, args] = transfers(30);
  const before = bank.state();
  const abort = new AbortController();
  const gate = () => {
    setImmediate(() => abort.abort());
    return new Promise(() => {});
  };
  await assert.rejects(bank.play(operation, args, { gate, signal: abort.signal }), { code: "aborted" });
  await assert.rejects(bank.play(operation, args, { gate: () => { throw new RangeError("mine"); } }), RangeError);
  await assert.rejects(bank.play(operation, args, { gate: () => Promise.reject(new RangeError("mine")) }), RangeError);
  assert.deepEqual(bank.state(), before);
  for (const gate of [() => null, () => true, () => ({}), () => () => {}, 7, "gate"]) {
    assert.equal((await bank.fork().play(operation, args, { gate, speed: 1e6 })).virtualMs, 30);
  }
});

test("a function of the page may give, throw and reject what it likes", async (t) => {
  clockOf(t);
  const cyclic = {};
  cyclic.self = cyclic;
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const raise = (thrown) => () => { throw thrown; };
  const throwing = (name) => Object.defineProperty({}, name, { get: raise(new Error(`no ${name}`)) });
  const hostile = Object.defineProperty(Promise.resolve(1), "constructor", { get: raise(new Error("no constructor")) });
  const cases = [
    // Every value that Python has is an answer, promised or not.
    [() => 1, "dispatched"],
    [async () => ({ a: [1n, null, undefined] }), "dispatched"],
    [() => ({ then: (resolve) => resolve("later") }), "dispatched"],
    [() => hostile, "error", "no constructor"],
    [() => throwing("then"), "error", "no then"],
    // Whatever is thrown is the message of the exception.
    [raise(new TypeError("at once")), "error", "at once"],
    [async () => raise(new Error("later"))(), "error", "later"],
    [raise("a text"), "error", "a text"],
    [() => Promise.reject({ message: "of an object" }), "error", "of an object"],
    [() => Promise.reject(404), "error", "the call failed"],
    [() => Promise.reject(), "error", "the call failed"],
    [raise(throwing("message")), "error", "the call failed"],
    [raise(Object.assign(new Error("x"), { message: {} })), "error", "the call failed"],
    [raise(revoked), "error", "the call failed"],
    // What Python cannot hold is said in a sentence.
    [() => Symbol("s"), "error", "is of a type that Python has not"],
    [() => cyclic, "error", "is nested too deep, or holds itself"],
    [() => 2n ** 70n, "error", "is an integer beyond 64 bits"],
    [() => "\ud800", "error", "holds half a surrogate pair"],
    [() => [revoked], "error", "throws when it is read"],
  ];
  for (const [call, outcome, message = ""] of cases) {
    const [scheduler, operation, args] = dispatch(["tea"], call);
    const { returns } = await scheduler.play(operation, args);
    const [got, id, ...said] = returns[0].split(":");
    assert.deepEqual([got, id], [outcome, "tea"], `${call}: ${returns[0]}`);
    assert.ok(said.join(":").includes(message) && (message === "" || said.join(":").length <= message.length + 60), `${call}: ${returns[0]}`);
    scheduler.free();
  }
});
