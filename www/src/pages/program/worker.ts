import type { Program, ProgramStep, SpecsightError, StrategyInfo } from "../../kit/types.js";
import type { LaboratoryKit, ProgramTimeline } from "../../kit/index.js";
import { laboratory } from "../../kit/packages.js";
import { recordOf, type RunRecord } from "../../timing/record.js";
import { MAX_TEXT, type Writing } from "./draft.js";
import { noPlace, syntaxPlace } from "./json.js";
import { standAlone } from "./prelude.js";
import { pretty } from "./pretty.js";
import type { Problem, Question, Reply, StandAlone } from "./questions.js";

/**
 * The engines in a thread of their own: however long a program takes to read and to run, typing goes on, and cancelling is
 * ending the thread. One question at a time; the page keeps the queue.
 */

/** How often the page hears how far a run has come. */
const TELL_MS = 50;
const EVENTS = 20_000;

const loading = laboratory.load().then((kit) => {
  tell({ kind: "ready" });
  return kit;
});
// Whoever asks next is told that they did not load.
loading.catch(() => undefined);

function tell(reply: Reply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

self.onmessage = async (event: MessageEvent<Question>) => {
  let kit: LaboratoryKit;
  try {
    kit = await loading;
  } catch (error) {
    return tell({ kind: "problem", problem: { code: "engine", message: messageOf(error) } });
  }
  try {
    const answer = answered(kit, event.data);
    const transfer = event.data.kind === "run" ? Object.values((answer as RunRecord).columns).map(({ buffer }) => buffer as ArrayBuffer) : [];
    tell({ kind: "answer", answer }, transfer);
  } catch (error) {
    tell({ kind: "problem", problem: problemOf(error) });
  }
};

function answered(kit: LaboratoryKit, question: Question): unknown {
  switch (question.kind) {
    case "run":
      return run(kit, question.ask);
    case "convert":
      return question.ask.to === "python" ? python(kit, parsed(question.ask.text)) : json(kit, question.ask.text);
    case "strategies":
      return kit.strategies();
    case "strategy":
      return strategy(kit, question.ask.strategy, question.ask.workload);
  }
}

function run(kit: LaboratoryKit, { form, text }: Writing): RunRecord {
  const timeline = form === "python" ? kit.Timeline.ofSource(text) : ofJson(kit, parsed(text));
  try {
    return finished(timeline);
  } finally {
    timeline.free();
  }
}

/** By way of the text where there is one, so that its lines are known; what has no text runs all the same. */
function ofJson(kit: LaboratoryKit, program: Program): ProgramTimeline {
  const timeline = kit.Timeline.ofProgram(program);
  const text = attempt(() => kit.Timeline.ofSource(kit.printProgram(program)));
  if (!text) return timeline;
  timeline.free();
  return text;
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The text of a program; one that could not be read again is none. */
function python(kit: LaboratoryKit, program: Program): string {
  const text = kit.printProgram(program);
  kit.Timeline.ofSource(text).free();
  return text;
}

function finished(timeline: ProgramTimeline): RunRecord {
  let told = performance.now();
  for (;;) {
    const progress = timeline.advance(EVENTS);
    if (progress.done) break;
    if (performance.now() - told < TELL_MS) continue;
    told = performance.now();
    tell({ kind: "progress", progress });
  }
  return recordOf(timeline);
}

/** A text that is no JSON is told with its place. */
function parsed(text: string): Program {
  try {
    return JSON.parse(text) as Program;
  } catch (error) {
    throw { code: "not_json", message: messageOf(error), ...(syntaxPlace(text) ?? noPlace) } satisfies Problem;
  }
}

/** The program form of a text. Lines are the text's own affair: the form does not carry them. */
function json(kit: LaboratoryKit, source: string): string {
  const { tasks, queues = {}, ...rest } = kit.parseProgram(source);
  const jobs = Object.fromEntries(Object.entries(queues).map(([name, all]) => [name, all.map(withoutLines)]));
  const program: Program = { ...rest, ...(Object.keys(jobs).length > 0 ? { queues: jobs } : {}), tasks: tasks.map(withoutLines) };
  const text = pretty(program);
  if (text.length > MAX_TEXT) throw { code: "too_long", message: "" } satisfies Problem;
  return text;
}

function withoutLines(steps: readonly ProgramStep[]): ProgramStep[] {
  return steps.flatMap((step): ProgramStep[] => {
    if ("line" in step) return [];
    return "do" in step ? [{ ...step, do: withoutLines(step.do) }] : [step];
  });
}

function strategy(kit: LaboratoryKit, id: string, workload: Parameters<LaboratoryKit["parseProgram"]>[1]): StandAlone {
  const info = (kit.strategies() as StrategyInfo[]).find((each) => each.id === id);
  if (!info || !workload) throw { code: "unknown_strategy", message: id } satisfies Problem;
  return { info, ...standAlone(info.python, workload, (probe) => kit.parseProgram(probe, workload)) };
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof Error)) return error as Problem;
  const { code = "engine", message, line, column, field } = error as SpecsightError & { line?: number; column?: number };
  return {
    code,
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(field === undefined ? {} : { field }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
