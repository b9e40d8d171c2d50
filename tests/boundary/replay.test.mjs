// Replays what the reference did through the package, as a page would call it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { inspect } from "node:util";

import kit, { thrownBy } from "./kit.mjs";

const folder = new URL("../golden/systems/", import.meta.url);

/** JSON whose integers outside the safe ones are bigints, as the package gives and takes them. */
function parse(text) {
  const marked = text.replace(/(?<=[:,[]\s*)-?\d{16,}(?=\s*[,\]}])/g, (digits) => (Number.isSafeInteger(Number(digits)) ? digits : `"int ${digits}"`));
  return JSON.parse(marked, (_, value) => (typeof value === "string" && /^int -?\d+$/.test(value) ? BigInt(value.slice(4)) : value));
}

/** Maps as plain objects; 2 and 2.0 are one number here already. */
function object(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [k, object(v)]));
  return Array.isArray(value) ? value.map(object) : value;
}

/** A state without what the traces leave out: the one playlist that is shuffled. */
function compared(state) {
  if (!state.play_history) return state;
  const { mix, ...playlists } = state.playlists;
  return { ...state, playlists };
}

const sortedBy = (list, key) => (key === undefined ? list : [...list].sort((a, b) => (a[key] < b[key] ? -1 : 1)));

function replay(trace) {
  let engine;
  for (const [at, entry] of trace.entries()) {
    const where = `entry ${at}: ${inspect(entry, { breakLength: Infinity }).slice(0, 300)}`;
    if ("new" in entry) {
      engine?.free();
      engine = new kit.Engine(entry.new, entry.args);
    } else if ("clock" in entry) {
      engine.setClock(entry.clock);
    } else if ("state" in entry) {
      assert.deepEqual(compared(engine.state()), entry.state, where);
      assert.deepEqual(compared(object(engine.stateMap())), entry.state, where);
    } else if ("raises" in entry) {
      const error = thrownBy(() => engine.call(entry.call, entry.args));
      assert.deepEqual([error.code, error.exception], ["reference_error", entry.raises], where);
    } else {
      const simulated = engine.fork().simulate(entry.call, entry.args);
      const answer = engine.call(entry.call, entry.args);
      assert.deepEqual(sortedBy(answer, entry.unordered_by), sortedBy(entry.returns, entry.unordered_by), where);
      assert.deepEqual(sortedBy(simulated.returns, entry.unordered_by), sortedBy(entry.returns, entry.unordered_by), where);
      if ("virtual_ms" in entry) assert.equal(simulated.virtualMs, entry.virtual_ms, where);
    }
  }
}

const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));

test("every system has recorded traces", () => {
  assert.deepEqual(files.map((name) => name.replace(".jsonl", "")).sort(), kit.systems().map((s) => s.id).sort());
});

for (const name of files) {
  test(`${name} replays through the package`, () => {
    for (const line of readFileSync(new URL(name, folder), "utf8").trim().split("\n")) replay(parse(line));
  });
}

for (const name of ["programs.jsonl", "queues.jsonl"]) {
  test(`${name} replays through the package`, () => {
    const text = readFileSync(new URL(`../golden/asyncio/${name}`, import.meta.url), "utf8");
    for (const [at, line] of text.trim().split("\n").entries()) {
      const { program, expect } = JSON.parse(line);
      assert.deepEqual(kit.simulateProgram(program), expect, `program ${at}`);
    }
  });
}
