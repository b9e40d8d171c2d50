import type { Kit, SystemInfo, Text } from "../../kit/index.js";
import { loadLaboratory, loadSystems } from "../../kit/index.js";
import { loadStory, storyIds } from "../../story/file.js";
import { Track, callsOf } from "../../story/track.js";
import { visits } from "../../story/visits.js";
import { Trainer } from "../drill/trainer.js";

/** A story to go on with. */
export interface NextStory {
  system: SystemInfo;
  title: Text;
  step: number;
  length: number;
  /** The call that comes next, as Python. */
  call: string;
}

/** What there is to drill. */
export interface NextDrill {
  running: boolean;
  due: number;
  unseen: number;
}

/** The story that was left open, else the first one not yet read to its end, else the first. */
export async function nextStory(kit: Kit): Promise<NextStory | undefined> {
  const systems = (await loadSystems()).filter((system) => storyIds.includes(system.id));
  const seen = await visits.all();
  const open = seen.find(({ value }) => value.step < value.length);
  const system =
    systems.find((each) => each.id === open?.id) ?? systems.find((each) => !seen.some(({ id }) => id === each.id)) ?? systems[0];
  const file = system && (await loadStory(system.id));
  if (!system || !file) return undefined;
  const track = new Track(kit, system, file.config);
  for (const call of callsOf(file.steps)) track.push(call);
  const step = open?.id === system.id ? Math.min(open.value.step, track.length - 1) : 0;
  const next = { system, title: file.title, step, length: track.length, call: track.step(step + 1).callText };
  track.free();
  return next;
}

/** What the drills have waiting. */
export async function nextDrill(): Promise<NextDrill> {
  const { decks, running } = (await Trainer.open(await loadLaboratory())).overview();
  const sum = (of: (deck: (typeof decks)[number]) => number): number => decks.reduce((total, deck) => total + of(deck), 0);
  return { running: running !== null, due: sum((deck) => deck.due), unseen: sum((deck) => deck.unseen) };
}
