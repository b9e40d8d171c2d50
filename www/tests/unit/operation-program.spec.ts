import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Program, ProgramEvent, SystemInfo } from "../../src/kit/types.js";
import { layOut } from "../../src/pages/operation/layout.js";
import { eventsOf, programOf, type Rewrite } from "../../src/pages/operation/program.js";
import { runBeside, runOwn, type Question, type Run } from "../../src/pages/operation/runs.js";
import * as kit from "../../../pkg/specsight.js";

const recorded = JSON.parse(readFileSync(new URL("./timing-programs.json", import.meta.url), "utf8")) as {
  program: Program;
  expect: { log: ProgramEvent[]; virtual_ms?: number };
}[];

test.beforeAll(() => {
  kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });
});

/** A program run from what it is to what it did. */
function logOf(log: readonly ProgramEvent[], rewrite: Rewrite, permits: (name: string) => number): ProgramEvent[] {
  const events = eventsOf(log, []);
  const { lanes } = layOut(events);
  return kit.simulateProgram(programOf(events, lanes, rewrite, permits)).log as ProgramEvent[];
}

test("a program written from a run does the very same again", () => {
  for (const { program, expect: did } of recorded.filter((run) => run.expect.virtual_ms !== undefined)) {
    const permits = (name: string): number => program.semaphores?.[name] ?? 0;
    expect(logOf(did.log, { kind: "as-run" }, permits)).toEqual(did.log);
  }
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
      expect(own.timeline.totalMs).toBe(Math.ceil(valid / permits) * 10);
      expect(other.timeline.totalMs).toBe(Math.ceil((valid + invalid) / permits) * 10);
      expect(other.timeline.lanes.map(({ label, answer }) => [label, answer])).toEqual(
        own.timeline.lanes.map(({ label, answer }) => [label, answer]),
      );
    }
  });

  test("needs the length of a sleep, from the run or from elsewhere", () => {
    const asked = question(0, 2, 2);
    expect(runBeside(asked, { kind: "other" }, undefined)).toMatchObject({ ok: false, code: "no_sleep" });
    expect(asRun(runBeside(asked, { kind: "other" }, 10)).timeline.totalMs).toBe(10);
  });

  test("without permits it is drawn to where it stands still", () => {
    const stuck = asRun(runOwn(question(2, 1, 0)));
    expect(stuck.timeline.totalMs).toBe(Infinity);
    expect(stuck.timeline.lanes.map(({ ending }) => ending)).toEqual(["stuck", "stuck", "refused"]);
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
