import type { Program, ProgramStep } from "../../kit/types.js";
import { Doing, Ending, type Layout } from "../../timeline/layout.js";
import { Happening } from "../../timeline/run.js";

/** The name of the gate given to items that had none. */
const GATE = "permits";

/** How a program differs from the run it is made from. */
export type Rewrite =
  /** Items that were turned away take a permit and sleep as well. */
  | { readonly kind: "all-sleep"; readonly sleepMs: number }
  /** Items that are refused in the end leave before the gate. */
  | { readonly kind: "fail-fast" };

/** Writes a run down as a little asyncio program, the items in order; `permits` is how many each semaphore has. */
export function programOf(layout: Layout, rewrite: Rewrite, permits: number): Program {
  const { resources } = layout.run;
  const named = (kind: string): string[] => resources.filter((resource) => resource.kind === kind).map(({ name }) => name);
  const semaphores = new Set([...(rewrite.kind === "all-sleep" ? [GATE] : []), ...named("semaphore")]);
  const tasks: ProgramStep[][] = [];
  for (let lane = 0; lane < layout.lanes; lane += 1) {
    if ((layout.task[lane] ?? -1) >= 0) tasks.push(rewritten(stepsOf(layout, lane), layout, lane, rewrite));
  }
  return { semaphores: Object.fromEntries([...semaphores].map((name) => [name, permits])), locks: named("lock"), tasks };
}

function rewritten(steps: ProgramStep[], layout: Layout, lane: number, rewrite: Rewrite): ProgramStep[] {
  if (rewrite.kind === "all-sleep" && layout.sleptMs[lane] === 0) {
    return [...withoutGate(steps), { semaphore: GATE, do: [{ sleep: rewrite.sleepMs }] }];
  }
  return rewrite.kind === "fail-fast" && layout.ending[lane] === Ending.refused ? withoutGate(steps) : steps;
}

function withoutGate(steps: readonly ProgramStep[]): ProgramStep[] {
  return steps.flatMap((step): ProgramStep[] => {
    if ("semaphore" in step || "sleep" in step) return [];
    return "lock" in step ? [{ lock: step.lock, do: withoutGate(step.do) }] : [step];
  });
}

/** What the task of a lane did, as nested steps. */
function stepsOf({ run, first, event, doing, ms }: Layout, lane: number): ProgramStep[] {
  const outermost: ProgramStep[] = [];
  const open = [outermost];
  for (let segment = first[lane] ?? 0; segment < (first[lane + 1] ?? 0); segment += 1) {
    const inner = open.at(-1) ?? outermost;
    const at = event[segment] ?? -1;
    const resource = run.resources[run.columns.resource[at] ?? -1];
    const happened = run.columns.what[at];
    if (doing[segment] === Doing.sleep) inner.push({ sleep: (ms[segment + 1] ?? 0) - (ms[segment] ?? 0) });
    else if (happened === Happening.acquired && resource) {
      const steps: ProgramStep[] = [];
      inner.push(resource.kind === "lock" ? { lock: resource.name, do: steps } : { semaphore: resource.name, do: steps });
      open.push(steps);
    } else if (happened === Happening.released && open.length > 1) open.pop();
  }
  return outermost;
}

/** How long the longest sleep of a run was; undefined when nobody slept. */
export function longestSleep({ doing, ms }: Layout): number | undefined {
  let longest = 0;
  doing.forEach((does, segment) => {
    if (does === Doing.sleep) longest = Math.max(longest, (ms[segment + 1] ?? 0) - (ms[segment] ?? 0));
  });
  return longest || undefined;
}

/** The tasks that were turned away: at once, or with a refusal. */
export function turnedAway(layout: Layout): number[] {
  return tasksThat(layout, (lane) => layout.atOnce[lane] === 1 || layout.ending[lane] === Ending.refused);
}

/** The tasks that returned at once. */
export function returnedAtOnce(layout: Layout): number[] {
  return tasksThat(layout, (lane) => layout.atOnce[lane] === 1);
}

function tasksThat({ task }: Layout, holds: (lane: number) => boolean): number[] {
  return [...task].filter((_, lane) => holds(lane));
}
