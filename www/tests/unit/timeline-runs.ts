import "./node-globals.js";
import { readFileSync } from "node:fs";
import type { Program, ProgramEvent, ProgramStep, TraceEvent } from "../../src/kit/types.js";
import { fromTrace } from "../../src/timeline/from-trace.js";
import { layOut, type Layout } from "../../src/timeline/layout.js";
import type { Run } from "../../src/timeline/run.js";
import * as kit from "../../../pkg/specsight.js";

kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });

/** A program with what CPython did. */
export interface Recorded {
  program: Program;
  expect: { log: ProgramEvent[]; virtual_ms?: number; deadlock?: [number, string][] };
}

/** Programs recorded from CPython. */
export const recorded = readFileSync(new URL("../../../tests/golden/asyncio/programs.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

/** A recorded run, its permits known or not. */
export function layoutOf({ program, expect }: Recorded, known = true): Layout {
  const events = expect.log.map(([atMs, task, what, resource]): TraceEvent => ({ atMs, task, what: what as TraceEvent["what"], ...(resource === null ? {} : { resource }) }));
  return layOut({ id: "recorded", title: "Recorded", ...fromTrace(events, known ? { permits: program.semaphores ?? {} } : {}) });
}

/** The run of a program by the package. */
export function runOf(program: Program, more: Partial<Run> = {}): Run {
  const timeline = kit.Timeline.ofProgram(program);
  try {
    while (!timeline.advance().done);
    const { labels, answers } = timeline.tasks();
    const { critical } = timeline.analysis();
    return { id: "run", title: "Run", columns: timeline.columns(), resources: timeline.resources(), items: timeline.items(), labels, answers, critical, ...more };
  } finally {
    timeline.free();
  }
}

/** Numbers below a limit, the same for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = BigInt(seed) * 2n + 1n;
  return (below) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number((state >> 33n) % BigInt(below));
  };
}

/** A program of a few tasks that sleep, lock, take permits and drain a queue, nested at random. */
export function randomProgram(seed: number): Program {
  const roll = dice(seed);
  const steps = (depth: number): ProgramStep[] => Array.from({ length: roll(4) }, () => step(depth));
  const step = (depth: number): ProgramStep => {
    const kind = roll(depth > 0 ? 7 : 4);
    if (kind < 2) return { sleep: roll(5) * 5 };
    if (kind === 2) return { line: 1 + roll(20) };
    if (kind === 3) return roll(4) === 0 ? { return: roll(2) === 0 } : { item: String(roll(4)) };
    if (kind === 4) return { lock: `lock${roll(3)}`, do: steps(depth - 1) };
    if (kind === 5) return { semaphore: "permits", do: steps(depth - 1) };
    return { drain: "jobs" };
  };
  const tasks = Array.from({ length: 1 + roll(8) }, () => steps(3));
  return {
    semaphores: { permits: 1 + roll(3) },
    locks: ["lock0", "lock1", "lock2"],
    queues: { jobs: Array.from({ length: roll(5) }, (_, job) => [{ item: `job ${job}` }, ...steps(1).filter((inner) => !("drain" in inner))]) },
    tasks,
    names: tasks.map((_, task) => `item${task}`),
  };
}

/** Layouts of random programs, and of recorded ones. */
export const layouts: readonly Layout[] = [
  ...recorded.slice(0, 60).map((run) => layoutOf(run)),
  ...Array.from({ length: 120 }, (_, seed) => layOut(runOf(randomProgram(seed), { refused: (answer) => answer === "False" }))),
];

/** The segments of a lane. */
export function segmentsOf({ first }: Layout, lane: number): number[] {
  const [start, end] = [first[lane] ?? 0, first[lane + 1] ?? 0];
  return Array.from({ length: end - start }, (_, index) => start + index);
}

const crossed = (["acquired lock:a", "acquired lock:b", "sleep", "wake", "released lock:a", "sleep", "wake", "released lock:b", "done"] as const).map((happening, index): TraceEvent => {
  const [what = "done", resource] = happening.split(" ") as [TraceEvent["what"], string?];
  return { atMs: index < 3 ? 0 : index < 6 ? 5 : 10, task: 0, what, ...(resource === undefined ? {} : { resource }) };
});

/** A task that gives back first what it took first: no `async with` does that, but an operation may. */
export const crossing: Layout = layOut({ id: "crossing", title: "Crossing", ...fromTrace([{ atMs: 0, task: 0, what: "start" }, ...crossed]) });
