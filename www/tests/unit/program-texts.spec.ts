import "./node-globals.js";
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import * as kit from "../../../pkg-laboratory/laboratory.js";
import { LinkError, MAX_LINK, decodeDraft, encodeDraft } from "../../src/pages/program/codec.js";
import { MAX_NAME, freeName, type Draft } from "../../src/pages/program/draft.js";
import { fileName, readFile } from "../../src/pages/program/files.js";
import { pathPlace, placeAt, syntaxPlace } from "../../src/pages/program/json.js";
import { originKey, originOf, queryOf, type Origin } from "../../src/pages/program/origin.js";
import { standAlone } from "../../src/pages/program/prelude.js";
import { pretty } from "../../src/pages/program/pretty.js";
import type { Program, ProgramStep, Workload } from "../../src/kit/types.js";
import { href, readHash } from "../../src/router/index.js";

kit.initSync({ module: readFileSync(new URL("../../../pkg-laboratory/laboratory_bg.wasm", import.meta.url)) });

/** Numbers from 0 up to a bound, the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const roll = dice(11);
const letters = ["a", "await ", "\n    ", "鎖", "\u{1f512}", '"', "\\", "(", " ", "0.01", "\t"];
const text = (length: number): string => Array.from({ length }, () => letters[roll(letters.length)]).join("");

test("a draft survives being a link", async () => {
  for (let round = 0; round < 200; round += 1) {
    const draft: Draft = {
      name: text(roll(8)),
      form: roll(2) ? "python" : "json",
      text: text(roll(400)),
      ...(roll(3) ? {} : { pinned: { form: "python", text: text(roll(100)) } }),
    };
    const word = await encodeDraft(draft);
    const { query } = readHash(href("/timing/program", { p: word }));
    expect(await decodeDraft(query.get("p") ?? "")).toEqual(draft);
  }
});

test("a link that lost or changed a character is damaged, never another program", async () => {
  const word = await encodeDraft({ name: "Lock outside", form: "python", text: text(60) });
  const damaged = [...word].flatMap((char, at) => [word.slice(0, at), word.slice(0, at) + word.slice(at + 1), `${word.slice(0, at)}${char === "A" ? "B" : "A"}${word.slice(at + 1)}`]);
  for (const wrong of [...damaged, "%%%", "a", word.repeat(2), "A".repeat(500_000)]) {
    const read = await decodeDraft(wrong).catch((error: unknown) => error);
    // The last character has bits that mean nothing: a change of those alone is no damage.
    if (!(read instanceof LinkError)) expect(read, wrong).toEqual(await decodeDraft(word));
    else expect(["damaged", "newer"]).toContain(read.kind);
  }
});

test("a link to more than any program is not read to its end", async () => {
  const stream = new Blob([new Uint8Array(64_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const word = Buffer.concat([Uint8Array.of(1, 0, 0, 0, 0), packed]).toString("base64url");
  await expect(decodeDraft(word)).rejects.toMatchObject({ kind: "damaged" });
});

test("what is too long for a link says how long", async () => {
  const noise = Array.from({ length: 20_000 }, () => String.fromCharCode(33 + roll(90))).join("");
  const error = await encodeDraft({ name: "", form: "python", text: noise }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ kind: "too-long" });
  expect((error as LinkError).length).toBeGreaterThan(MAX_LINK);
});

test("names are free, short and stay readable", () => {
  expect(freeName(" Lock ", [])).toBe("Lock");
  expect(freeName("Lock", ["Lock"])).toBe("Lock 2");
  expect(freeName("Lock 2", ["Lock", "Lock 2", "Lock 3"])).toBe("Lock 4");
  expect(freeName("x".repeat(500), []).length).toBe(MAX_NAME);
});

test("an origin survives being an address, and tells itself apart from others", () => {
  const origins: Origin[] = [
    { kind: "last" },
    { kind: "draft", id: "a b" },
    { kind: "example", id: "two_locks" },
    { kind: "strategy", id: "fail_fast", workload: { n: "8", bad: "1,4:2", max: "0" } },
    { kind: "strategy", id: "fail_fast", workload: {} },
    { kind: "link", word: "AQ-_" },
  ];
  for (const origin of origins) expect(originOf(readHash(href("/timing/program", queryOf(origin))).query)).toEqual(origin);
  expect(new Set(origins.map(originKey)).size).toBe(origins.length);
});

test("pretty JSON is the same JSON, on short lines where it can be", () => {
  const program: Program = kit.parseProgram(readFileSync(new URL("../../src/pages/program/examples/two_locks.py", import.meta.url), "utf8"));
  for (const value of [program, null, [], {}, [[], {}], { a: [1, { b: "鎖 \u{1f512}\n" }] }, "x".repeat(200)]) {
    expect(JSON.parse(pretty(value))).toEqual(value);
  }
  expect(Math.max(...pretty(program).split("\n").map((line) => line.length))).toBeLessThan(100);
});

test("a place in JSON is that of what a path names", () => {
  const source = '{\n  "locks": ["\u{1f512}", 7],\n  "tasks": [[{ "sleep": 1 }, { "lock": "a", "do": [\n    { "x": 1 }] }]]\n}';
  const at = (needle: string): unknown => placeAt(source, source.indexOf(needle));
  expect(pathPlace(source, "locks")).toEqual(at('["'));
  expect(pathPlace(source, "locks[1]")).toEqual(at("7]"));
  expect(pathPlace(source, "locks[1]")).toEqual({ line: 2, column: 18 });
  expect(pathPlace(source, "tasks[0][0].sleep")).toEqual(at("1 }, {"));
  expect(pathPlace(source, "tasks[0][1].do[0]")).toEqual(at('{ "x"'));
  // Of a path that leads nowhere, as much as there is.
  expect(pathPlace(source, "tasks[0][9].do")).toEqual(at("[{"));
  expect(pathPlace(source, "queues.jobs")).toEqual({ line: 1, column: 1 });
});

test("where a text stops being JSON is told", () => {
  expect(syntaxPlace('{ "tasks": [] }')).toBeUndefined();
  expect(syntaxPlace('{\n  "tasks": [1 2]\n}')).toEqual({ line: 2, column: 15 });
  expect(syntaxPlace('{ "tasks": [')).toEqual({ line: 1, column: 13 });
  expect(syntaxPlace("")).toEqual({ line: 1, column: 1 });
});

test("every example is a program of the laboratory", () => {
  const folder = new URL("../../src/pages/program/examples/", import.meta.url);
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) {
    const timeline = kit.Timeline.ofSource(readFileSync(new URL(name, folder), "utf8"));
    while (!timeline.advance().done);
    expect(timeline.outcome()?.kind, name).toBe(name === "two_locks.py" ? "deadlock" : "finished");
    timeline.free();
  }
});

/** Steps without their places: a prelude moves every line. */
function bare(steps: readonly ProgramStep[]): ProgramStep[] {
  return steps.flatMap((step): ProgramStep[] => ("line" in step ? [] : "do" in step ? [{ ...step, do: bare(step.do) }] : [step]));
}

test("a strategy that stands alone is the strategy with its workload", () => {
  const workloads: Workload[] = [
    { items: 8, invalid: [{ item: 1, check: 1 }, { item: 4, check: 2 }, { item: 6, check: 3 }], sleep: { fixed: 10 }, maxConcurrent: 2, sharedLock: true, fails: [0, 3] },
    { items: 5, sleep: { listed: [10, 2.5, 0] }, maxConcurrent: 3 },
    { items: 200, invalid: [{ item: 7, check: 3 }], sleep: { listed: [10, 20, 5] }, maxConcurrent: 10, fails: [1] },
    { items: 60, sleep: { seed: 7, from: 1, to: 20 }, maxConcurrent: 4, sharedLock: true },
  ];
  const program = ({ tasks, queues, ...rest }: Program): unknown => ({
    ...rest,
    tasks: tasks.map(bare),
    queues: Object.fromEntries(Object.entries(queues ?? {}).map(([name, jobs]) => [name, jobs.map(bare)])),
  });
  for (const { id, python } of kit.strategies()) {
    for (const workload of workloads) {
      const { text: alone, written, items } = standAlone(python, workload, (probe) => kit.parseProgram(probe, workload));
      expect([written, items]).toEqual([workload.items, workload.items]);
      expect(program(kit.parseProgram(alone)), `${id}, ${workload.items} items`).toEqual(program(kit.parseProgram(python, workload)));
    }
  }
});

test("more items than anybody reads are not written out, and that is told", () => {
  const workload: Workload = { items: 20_000, sleep: { seed: 1, from: 1, to: 50 }, maxConcurrent: 4 };
  const [first] = kit.strategies();
  const { text: alone, written, items } = standAlone(first?.python ?? "", workload, (probe) => kit.parseProgram(probe, workload));
  expect(items).toBe(20_000);
  expect(written).toBeLessThan(items);
  expect(kit.parseProgram(alone).tasks).toHaveLength(written);
});

test("files are programs, or nothing", async () => {
  const file = (name: string, content: string | Uint8Array<ArrayBuffer>): File => new File([content], name);
  expect(await readFile(file("a.b.json", "nonsense"))).toEqual({ name: "a.b", writing: { form: "json", text: "nonsense" } });
  expect(await readFile(file("run.py", "x = 1\r\ny = 2\r"))).toEqual({ name: "run", writing: { form: "python", text: "x = 1\ny = 2\n" } });
  expect(await readFile(file("notes", ' {"tasks": []}'))).toMatchObject({ writing: { form: "json" } });
  expect(await readFile(file("a.py", Uint8Array.of(0xff, 0xfe, 0)))).toEqual({ wrong: "unreadable" });
  expect(await readFile(file("a.py", "a\0b"))).toEqual({ wrong: "unreadable" });
  expect(await readFile(file("big.py", "#".repeat(1_000_001)))).toEqual({ wrong: "too-long" });
  expect(fileName("A / B: 鎖?", "json")).toBe("A-B-鎖.json");
  expect(fileName("///", "python")).toBe("program.py");
});
