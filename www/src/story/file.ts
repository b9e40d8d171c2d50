import type { Text } from "../kit/index.js";

/** A story as its file has it: calls of one system, with a sentence on what to watch. */
export interface StoryFile {
  system: string;
  title: Text;
  config?: unknown[];
  steps: StoryEntry[];
}

/** A call, or (for systems whose methods take no timestamp) a new time of the clock. */
export type StoryEntry = { call: string; args: unknown[]; watch?: Text } | { clock: number };

const files = import.meta.glob<StoryFile>("../../../stories/*.json", { import: "default" });
const byId = new Map(Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ""), load]));

/** The systems that have a story. */
export const storyIds: readonly string[] = [...byId.keys()];

/** The story of a system, or undefined if it has none. */
export async function loadStory(system: string): Promise<StoryFile | undefined> {
  return byId.get(system)?.();
}
