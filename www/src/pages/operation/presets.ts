import type { Kit } from "../../kit/index.js";
import type { Operation, SystemInfo, Text } from "../../kit/types.js";
import { loadStory } from "../../story/file.js";
import { callsOf, type Call } from "../../story/track.js";
import { exampleArgs } from "./workload.js";

type Engine = InstanceType<Kit["Engine"]>;

/** The call of an operation in a story, and the state the story has built up to it. */
export interface Preset {
  readonly story: Text | undefined;
  /** Stands where the story stands; whoever asked for the preset frees it. */
  readonly engine: Engine;
  readonly args: readonly unknown[];
}

/**
 * Replays the story of a system up to its fullest call of an operation: the one with most items. Without such a call it is
 * a fresh engine with example arguments.
 */
export async function presetFor(kit: Kit, info: SystemInfo, operation: Operation): Promise<Preset> {
  const story = await loadStory(info.id);
  const calls = callsOf(story?.steps ?? []);
  const at = fullest(calls, operation.name);
  const call = calls[at];
  const engine = new kit.Engine(info.id, story?.config ?? []);
  if (!story || !call) return { story: undefined, engine, args: exampleArgs(operation.params) };
  for (const { operation: name, args, clock } of calls.slice(0, at)) {
    if (clock !== undefined) engine.setClock(clock);
    try {
      engine.call(name, args);
    } catch {
      // A story may show a call that raises; it leaves the engine as it was.
    }
  }
  if (call.clock !== undefined) engine.setClock(call.clock);
  return { story: story.title, engine, args: call.args };
}

function fullest(calls: readonly Call[], operation: string): number {
  const size = ({ args }: Call): number => Math.max(0, ...args.map((arg) => (Array.isArray(arg) ? arg.length : 0)));
  return calls.reduce((best, call, index) => {
    const rival = calls[best];
    return call.operation === operation && (!rival || size(call) > size(rival)) ? index : best;
  }, -1);
}

/** Operations of the levels that are about time. Those that are no coroutines have no timeline. */
export function timedOperations(info: SystemInfo): Operation[] {
  return info.operations.filter(({ level }) => level >= 5);
}
