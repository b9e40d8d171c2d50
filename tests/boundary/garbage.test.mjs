// Whatever comes in, an Error with a code and a sentence goes out, and the engine is as it was.
import assert from "node:assert/strict";
import { test } from "node:test";

import kit, { laboratory, thrownBy } from "./kit.mjs";

const cyclic = {};
cyclic.self = cyclic;
let deep = [];
for (let level = 0; level < 100_000; level += 1) deep = [deep];
const throwing = new Proxy({}, { get: () => { throw new Error("no"); }, ownKeys: () => { throw new Error("no"); } });
const revoked = (() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; })();

const oddities = [
  undefined, null, true, NaN, Infinity, -0, 1.5, 2 ** 60, 2n ** 70n, -(2n ** 63n), "", "\ud800", "a\udc00b", "💰", Symbol("s"), () => 1,
  async () => 1, [], {}, [[]], new Map([[1, 2]]), new Set([1]), new Date(0), /x/, new Uint8Array(3), cyclic, deep, throwing,
  Object.create(null), { __proto__: null, __proto: 1 }, JSON.parse('{"__proto__": {"type": "pay"}}'), { type: "pay" },
  [{ type: 7 }], [{ type: "pay", account_id: "\ud800", amount: 1 }], new Array(5), new (class { get type() { throw new Error("no"); } })(),
];

/** A generator with a seed: the same garbage every time. */
function* numbers(seed) {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("calls with garbage throw a typed error and change nothing", () => {
  const random = numbers(2026);
  const pick = (list) => list[Math.floor(random.next().value * list.length)];
  for (const system of kit.systems()) {
    const make = () => new kit.Engine(system.id, system.config.map((p) => (p.optional ? null : p.type.startsWith("int") ? 3 : "x")));
    const engine = make();
    for (let round = 0; round < 150; round += 1) {
      const operation = pick(system.operations);
      const args = operation.params.map((param) => (random.next().value < 0.5 ? pick(oddities) : param.type === "int" ? 3 : "a"));
      const before = JSON.stringify(engine.state(), (_, v) => (typeof v === "bigint" ? `${v}n` : v));
      try {
        engine.call(operation.name, args);
      } catch (error) {
        assert.ok(error instanceof Error && typeof error.code === "string", String(error));
        assert.ok(!(error instanceof WebAssembly.RuntimeError), `${system.id}.${operation.name} panicked`);
        const after = JSON.stringify(engine.state(), (_, v) => (typeof v === "bigint" ? `${v}n` : v));
        assert.equal(after, before, `${system.id}.${operation.name}: ${error.message}`);
      }
    }
    engine.free();
  }
});

test("every exported function takes any oddity", () => {
  const engine = new kit.Engine("bank");
  const scenario = new kit.Scenario("bank");
  const drill = new laboratory.Drill([]);
  for (const odd of [...oddities, revoked]) {
    for (const call of [
      () => new kit.Engine(odd), () => new kit.Engine("bank", odd), () => engine.call(odd, []), () => engine.call("deposit", odd),
      () => engine.callMany(odd), () => engine.step(odd, odd), () => engine.simulate(odd, odd), () => engine.view(odd),
      () => engine.setClock(odd), () => new kit.Scenario(odd, odd), () => scenario.push(odd, odd), () => scenario.step(odd),
      () => scenario.view(odd, odd), () => scenario.changes(odd, odd), () => scenario.engine(odd), () => scenario.truncate(odd),
      () => kit.simulateProgram(odd), () => kit.simulateProgram({ tasks: odd }), () => kit.simulateProgram({ tasks: [[odd]] }),
      () => kit.Timeline.ofProgram(odd), () => new laboratory.Drill(odd), () => new laboratory.Drill([["x", odd]]),
      () => new laboratory.Drill([], odd), () => new laboratory.Drill([], '[{"checks":1}]'), () => drill.start(odd, 0),
      () => drill.start({ seed: odd, length: 1, limitMs: null }, odd), () => drill.answer(odd, odd), () => drill.stop(odd),
      () => drill.load(odd), () => drill.import(odd), () => drill.overview(odd), () => drill.summary(odd),
      () => laboratory.parseProgram(odd), () => laboratory.parseProgram("", odd), () => laboratory.printProgram(odd),
      () => laboratory.Timeline.ofStrategy(odd, odd), () => laboratory.Timeline.ofStrategy("fail_fast", odd),
      () => laboratory.Timeline.ofSource(odd, odd), () => laboratory.Timeline.ofProgram(odd),
    ]) {
      try {
        call();
      } catch (error) {
        assert.ok(error instanceof Error, String(error));
        assert.equal(typeof error.code, "string", `${call}: ${error.stack}`);
      }
    }
  }
  assert.deepEqual(engine.state().accounts, {});
});

test("the errors of the contract have their codes and places", () => {
  const bank = new kit.Engine("bank");
  bank.call("create_account", [1, "alice"]);
  bank.call("deposit", [1, "alice", 100]);
  const expected = [
    [() => new kit.Engine("bnk"), { code: "unknown_system" }],
    [() => new kit.Engine("bank", [1]), { code: "bad_config", index: 0 }],
    [() => bank.call("depost", []), { code: "unknown_operation" }],
    [() => bank.call("deposit", [1, "alice"]), { code: "bad_argument", index: 2 }],
    [() => bank.call("deposit", [1, "alice", 1, 1]), { code: "bad_argument", index: 3 }],
    [() => bank.call("deposit", [1, "alice", "1"]), { code: "bad_argument", index: 2 }],
    [() => bank.call("deposit", [1, "\ud800", 1]), { code: "bad_argument", index: 1 }],
    [() => bank.call("process_batch", [1, [{ type: "pay", account_id: "alice", amount: 1 }, { type: "pay", amount: 1 }]]), { code: "bad_item", index: 1, field: "account_id" }],
    [() => bank.call("process_batch", [1, [{ account_id: "alice" }]]), { code: "bad_item", index: 0, field: "type" }],
    [() => bank.call("process_external_transfers", [1, [{ account_id: "alice", amount: 1 }], 0]), { code: "deadlock", waiting: [{ task: 0, resource: "semaphore:permits" }] }],
    [() => bank.call("process_external_transfers", [1, [], -1]), { code: "reference_error", exception: "ValueError" }],
    [() => bank.call("process_batch", [1, [{ type: "transfer", source_id: "alice", target_id: "alice", amount: 1 }]]), { code: "deadlock", waiting: [{ task: 0, resource: "lock:alice" }] }],
    [() => bank.call("deposit", [1, "alice", 2n ** 63n - 1n]), { code: "limit" }],
    [() => bank.call("process_external_transfers", [1, new Array(1_000_000).fill({ account_id: "alice", amount: 1 }), 2]), { code: "limit" }],
    [() => kit.simulateProgram({ semaphores: { s: -1 }, tasks: [] }), { code: "bad_argument", index: 0 }],
  ];
  for (const [call, particulars] of expected) {
    const before = bank.state();
    const error = thrownBy(call);
    for (const [name, value] of Object.entries(particulars)) assert.deepEqual(error[name], value, `${call}: ${error.message}`);
    assert.deepEqual(bank.state(), before);
  }
  assert.equal(bank.call("deposit", [2, "alice", 1]), 101);
});

test("integers beyond the safe range are bigints", () => {
  const bank = new kit.Engine("bank");
  bank.call("create_account", [1, "alice"]);
  assert.equal(bank.call("deposit", [1, "alice", 2n ** 53n]), 2n ** 53n);
  assert.equal(bank.call("deposit", [1, "alice", -1]), 2 ** 53 - 1);
});

test("calls together happen all or not at all", () => {
  const bank = new kit.Engine("bank");
  assert.deepEqual(bank.callMany([["create_account", [1, "a"]], ["deposit", [1, "a", 5]]]), [true, 5]);
  const before = bank.state();
  assert.equal(thrownBy(() => bank.callMany([["deposit", [1, "a", 5]], ["deposit", [1]]])).code, "bad_argument");
  assert.deepEqual(bank.state(), before);
});

test("play gives what simulate gives, refuses calls meanwhile, and an abort undoes it", async () => {
  const bank = new kit.Engine("bank");
  bank.callMany([["create_account", [1, "a"]], ["deposit", [1, "a", 5]]]);
  const args = [2, [{ account_id: "a", amount: 1 }, { account_id: "z", amount: 1 }, { account_id: "a", amount: 9 }, { account_id: "a", amount: 2 }], 1];
  const expected = bank.fork().simulate("process_external_transfers", args);
  const seen = [];
  // Held at the gate until the calls meanwhile were made: on a busy machine the play could be over before them.
  let open;
  const held = new Promise((resolve) => { open = resolve; });
  const playing = bank.play("process_external_transfers", args, { speed: 10, gate: () => held, onProgress: (events) => seen.push(...events) });
  await Promise.resolve();
  assert.equal(thrownBy(() => bank.call("deposit", [3, "a", 1])).code, "busy");
  open();
  const played = await playing;
  assert.deepEqual([played.returns, played.virtualMs, played.events, played.changes], [expected.returns, expected.virtualMs, expected.events, expected.changes]);
  assert.deepEqual(seen, expected.events);

  const before = bank.state();
  const abort = new AbortController();
  const aborted = bank.play("process_external_transfers", args, { speed: 0.001, signal: abort.signal });
  setTimeout(() => abort.abort(), 0);
  await assert.rejects(aborted, { code: "aborted" });
  assert.deepEqual(bank.state(), before);
  await assert.rejects(bank.play("process_external_transfers", args, { speed: 0 }), { code: "bad_argument" });
  await assert.rejects(bank.play("process_external_transfers", [1, args[1], 0]), { code: "deadlock" });
  await assert.rejects(bank.play("process_external_transfers", args, { onProgress: () => { throw new RangeError("mine"); } }), RangeError);
  assert.deepEqual(bank.state(), before);
});
