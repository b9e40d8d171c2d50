import type { LaboratoryKit, ProgramTimeline } from "../../kit/index.js";
import type { Program, ProgramStep, StrategyInfo } from "../../kit/types.js";
import type { Problem } from "../../laboratory/index.js";
import { finish, messageOf, serve } from "../../laboratory/thread.js";
import { placedOf } from "../../timeline/placed.js";
import { recordOf } from "../../timing/record.js";
import { told, workersOr } from "../../timing/told.js";
import { MAX_TEXT } from "./draft.js";
import { noPlace, syntaxPlace } from "./json.js";
import { standAlone } from "./prelude.js";
import { pretty } from "./pretty.js";
import type { Questions, StandAlone } from "./questions.js";

serve<Questions>({
  run: (kit, { form, text }, tell) => {
    const timeline = form === "python" ? kit.Timeline.ofSource(text) : ofJson(kit, parsed(text));
    try {
      finish(timeline, tell);
      const run = recordOf(timeline);
      return { ...run, placed: placedOf(told(run, { id: "", title: "", noun: workersOr("task", run) })) };
    } finally {
      timeline.free();
    }
  },
  convert: (kit, { text, to }) => (to === "python" ? python(kit, parsed(text)) : json(kit, text)),
  strategies: (kit) => kit.strategies(),
  strategy: (kit, { strategy, workload }) => standing(kit, strategy, workload),
});

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
    if ("put" in step) return [{ ...step, job: withoutLines(step.job) }];
    if ("timeout" in step) return [{ ...step, do: withoutLines(step.do), ...(step.else && { else: withoutLines(step.else) }) }];
    return "do" in step ? [{ ...step, do: withoutLines(step.do) }] : [step];
  });
}

function standing(kit: LaboratoryKit, id: string, workload: Parameters<LaboratoryKit["parseProgram"]>[1]): StandAlone {
  const info = (kit.strategies() as StrategyInfo[]).find((each) => each.id === id);
  if (!info || !workload) throw { code: "unknown_strategy", message: id } satisfies Problem;
  return { info, ...standAlone(info.python, workload, (probe) => kit.parseProgram(probe, workload)) };
}
