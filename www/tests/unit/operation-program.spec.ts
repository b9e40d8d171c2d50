import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Program, ProgramEvent, SystemInfo } from "../../src/kit/types.js";
import { programOf } from "../../src/pages/operation/program.js";
import { runBeside, runOwn, type Question, type Run } from "../../src/pages/operation/runs.js";
import { Ending, layOut } from "../../src/timeline/layout.js";
import { recordOf } from "../../src/timing/record.js";
import * as kit from "../../../pkg/specsight.js";

const recorded = JSON.parse(readFileSync(new URL("./timing-programs.json", import.meta.url), "utf8")) as {
  program: Program;
  expect: { log: ProgramEvent[]; virtual_ms?: number };
}[];

test.beforeAll(() => {
  kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });
});

test("a program written from a run does the very same again", () => {
  let written = 0;
  for (const { program, expect: did } of recorded.filter((run) => run.expect.virtual_ms !== undefined)) {
    const [permits = 1, ...others] = new Set(Object.values(program.semaphores ?? {}));
    // One number stands for all semaphores.
    if (others.length > 0) continue;
    const timeline = kit.Timeline.ofProgram(program);
    timeline.advance();
    const again = programOf(layOut({ id: "", title: "", ...recordOf(timeline) }), { kind: "fail-fast" }, permits);
    expect(kit.simulateProgram(again).log).toEqual(did.log);
    timeline.free();
    written += 1;
  }
  expect(written).toBeGreaterThan(recorded.length / 4);
});

test.describe("the other kind", () => {
  const info = (): SystemInfo => kit.systems().find((system: SystemInfo) => system.id === "bank") as SystemInfo;

  function question(valid: number, invalid: number, permits: number): Question {
    const engine = new kit.Engine("bank");
    engine.callMany([
      ["create_account", [1, "alice"]],
      ["deposit", [2, "alice", 1000]],
    ]);
    const items = [...Array<string>(valid).fill("alice"), ...Array<string>(invalid).fill("nobody")];
    const operation = info().operations.find(({ name }) => name === "process_external_transfers");
    if (!operation) throw new Error("the bank lost its L6");
    const args = [3, items.map((account_id) => ({ account_id, amount: 1 })), permits];
    return { kit, engine, info: info(), operation, args };
  }

  const asRun = (outcome: ReturnType<typeof runOwn>): Run => {
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome;
  };

  test("sleeps with everybody, so the total counts everybody", () => {
    for (const [valid, invalid, permits] of [[5, 3, 2], [1, 0, 1], [4, 4, 8], [2, 5, 3]] as const) {
      const asked = question(valid, invalid, permits);
      const own = asRun(runOwn(asked));
      const other = asRun(runBeside(asked, { kind: "other" }, undefined));
      expect(own.layout.totalMs).toBe(Math.ceil(valid / permits) * 10);
      expect(other.layout.totalMs).toBe(Math.ceil((valid + invalid) / permits) * 10);
      expect([other.record.labels, other.record.answers]).toEqual([own.record.labels, own.record.answers]);
    }
  });

  test("needs the length of a sleep, from the run or from elsewhere", () => {
    const asked = question(0, 2, 2);
    expect(runBeside(asked, { kind: "other" }, undefined)).toMatchObject({ ok: false, code: "no_sleep" });
    expect(asRun(runBeside(asked, { kind: "other" }, 10)).layout.totalMs).toBe(10);
  });

  test("without permits it is drawn to where it stands still", () => {
    const stuck = asRun(runOwn(question(2, 1, 0)));
    expect(stuck.layout.totalMs).toBe(Infinity);
    expect([...stuck.layout.ending]).toEqual([Ending.stuck, Ending.stuck, Ending.refused]);
    expect(asRun(runBeside(question(2, 1, 0), { kind: "other" }, undefined)).layout.totalMs).toBe(Infinity);
  });

  test("what the engine refuses is told by code", () => {
    const asked = question(1, 0, 1);
    const [timestamp, items] = asked.args;
    const failed = (limit: unknown) => runOwn({ ...asked, args: [timestamp, items, limit] });
    expect(failed("x")).toMatchObject({ ok: false, code: "bad_argument", param: "max_concurrent" });
    expect(failed(-1)).toMatchObject({ ok: false, code: "reference_error" });
  });

  test("a fork is run, so the engine stays where the story stands", () => {
    const asked = question(2, 1, 1);
    const before = asked.engine.state();
    runOwn(asked);
    runBeside(asked, { kind: "limit", limit: 2 }, undefined);
    expect(asked.engine.state()).toEqual(before);
  });
});
