import type { Kit } from "../../kit/index.js";
import type { Operation, SystemInfo, Text } from "../../kit/types.js";
import { exampleArgs } from "./workload.js";

type Engine = InstanceType<Kit["Engine"]>;

/** The call of an operation in a story, and the state the story has built up to it. */
export interface Preset {
  readonly story: Text | undefined;
  /** Stands where the story stands; whoever asked for the preset frees it. */
  readonly engine: Engine;
  readonly args: readonly unknown[];
}

/** A step of a story, as far as it matters here. */
interface StoryStep {
  readonly call: string;
  readonly args: unknown[];
  /** What the engine's own clock shows from here on. */
  readonly clock?: number;
}

interface Story {
  readonly system: string;
  readonly title: Text;
  readonly config?: unknown[];
  readonly steps: readonly StoryStep[];
}

const files = import.meta.glob<Story>("../../../../stories/*.json", { import: "default" });

async function storyOf(system: string): Promise<Story | undefined> {
  const load = Object.entries(files).find(([path]) => path.endsWith(`/${system}.json`))?.[1];
  return load?.();
}

/**
 * Replays the story of a system up to its fullest call of an operation: the one with most items. Without such a call it is
 * a fresh engine with example arguments.
 */
export async function presetFor(kit: Kit, info: SystemInfo, operation: Operation): Promise<Preset> {
  const story = await storyOf(info.id);
  const steps = story?.steps ?? [];
  const at = fullest(steps, operation.name);
  const step = steps[at];
  const engine = new kit.Engine(info.id, story?.config ?? []);
  if (!story || !step) return { story: undefined, engine, args: exampleArgs(operation.params) };
  for (const { call, args, clock } of steps.slice(0, at)) {
    try {
      if (clock !== undefined) engine.setClock(clock);
      engine.call(call, args);
    } catch {
      // A story may show a call that raises; it leaves the engine as it was.
    }
  }
  if (step.clock !== undefined) engine.setClock(step.clock);
  return { story: story.title, engine, args: step.args };
}

function fullest(steps: readonly StoryStep[], operation: string): number {
  const size = ({ args }: StoryStep): number => Math.max(0, ...args.map((arg) => (Array.isArray(arg) ? arg.length : 0)));
  return steps.reduce((best, step, index) => {
    const rival = steps[best];
    return step.call === operation && (!rival || size(step) > size(rival)) ? index : best;
  }, -1);
}

/** Operations that have a timeline. */
export function timedOperations(info: SystemInfo): Operation[] {
  return info.operations.filter((operation) => operation.level >= 5 && operation.async);
}
