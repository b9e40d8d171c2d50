import type { Program, ProgramEvent, ProgramStep, TraceEvent } from "../../kit/types.js";
import type { Lane } from "./model.js";

/** The name of the gate given to items that had none. */
const GATE = "permits";

/** How a program differs from the run it is made from. */
export type Rewrite =
  | { readonly kind: "as-run" }
  /** Items that were turned away take a permit and sleep as well. */
  | { readonly kind: "all-sleep"; readonly sleepMs: number }
  /** Items that are refused in the end leave before the gate. */
  | { readonly kind: "fail-fast" };

/** Writes a run down as a little asyncio program, the items in order; `permits` tells how many each semaphore has. */
export function programOf(
  events: readonly TraceEvent[],
  lanes: readonly Lane[],
  rewrite: Rewrite,
  permits: (semaphore: string) => number,
): Program {
  const semaphores = new Map<string, number>();
  if (rewrite.kind === "all-sleep") semaphores.set(GATE, permits(GATE));
  const locks = new Set<string>();
  for (const { resource } of events) {
    const [kind, name] = splitResource(resource);
    if (kind === "semaphore") semaphores.set(name, permits(name));
    if (kind === "lock") locks.add(name);
  }
  const tasks = lanes
    .filter((lane) => lane.task >= 0)
    .map((lane) => rewritten(stepsOf(events, lane.task), lane, rewrite));
  return { semaphores: Object.fromEntries(semaphores), locks: [...locks], tasks };
}

function rewritten(steps: ProgramStep[], lane: Lane, rewrite: Rewrite): ProgramStep[] {
  if (rewrite.kind === "all-sleep" && lane.sleptMs === 0) {
    return [...withoutGate(steps), { semaphore: GATE, do: [{ sleep: rewrite.sleepMs }] }];
  }
  return rewrite.kind === "fail-fast" && lane.ending === "refused" ? withoutGate(steps) : steps;
}

function withoutGate(steps: readonly ProgramStep[]): ProgramStep[] {
  return steps.flatMap((step): ProgramStep[] => {
    if ("semaphore" in step || "sleep" in step) return [];
    return "lock" in step ? [{ lock: step.lock, do: withoutGate(step.do) }] : [step];
  });
}

/** What one task did, as nested steps. */
function stepsOf(events: readonly TraceEvent[], task: number): ProgramStep[] {
  const outermost: ProgramStep[] = [];
  const open = [outermost];
  let asleepSince: number | undefined;
  for (const event of events) {
    if (event.task !== task) continue;
    const inner = open.at(-1) ?? outermost;
    const [kind, name] = splitResource(event.resource);
    if (event.what === "sleep") asleepSince = event.atMs;
    else if (event.what === "wake" && asleepSince !== undefined) {
      inner.push({ sleep: event.atMs - asleepSince });
      asleepSince = undefined;
    } else if (event.what === "acquired") {
      const steps: ProgramStep[] = [];
      inner.push(kind === "lock" ? { lock: name, do: steps } : { semaphore: name, do: steps });
      open.push(steps);
    } else if (event.what === "released" && open.length > 1) open.pop();
  }
  return outermost;
}

function splitResource(resource: string | undefined): ["lock" | "semaphore" | undefined, string] {
  const at = resource?.indexOf(":") ?? -1;
  if (resource === undefined || at < 0) return [undefined, ""];
  const kind = resource.slice(0, at);
  return [kind === "lock" || kind === "semaphore" ? kind : undefined, resource.slice(at + 1)];
}

/** The log of a program as the events of a trace, with the items and answers of the run it was made from. */
export function eventsOf(log: readonly ProgramEvent[], lanes: readonly Lane[]): TraceEvent[] {
  const tasks = lanes.filter((lane) => lane.task >= 0);
  return log.flatMap(([atMs, task, what, resource]) => {
    // These programs have no queues and no timeouts.
    if (what === "got" || what === "put" || what === "joined" || what === "cancelled") return [];
    const lane = tasks[task];
    const label = what === "start" ? lane?.label : what === "done" ? lane?.answer : undefined;
    return {
      atMs,
      task,
      what,
      ...(resource === null ? {} : { resource }),
      ...(label === undefined ? {} : { label }),
    };
  });
}
