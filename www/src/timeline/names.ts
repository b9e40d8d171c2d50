import { numberIn, say, type Lang } from "../i18n/index.js";
import type { Layout } from "./layout.js";
import type { Run } from "./run.js";
import { nouns, sentences, strings } from "./strings.js";

/** `30 ms`, with the separators of the language. */
export function msIn(lang: Lang, value: number): string {
  return Number.isFinite(value) ? `${numberIn(lang, value)} ms` : "∞";
}

/** What tasks are known by. */
export type Named = Pick<Run, "labels" | "noun">;

/** The label of a task, unless it says no more than what all of them are: workers are often called just that. */
export function labelOf({ labels, noun }: Named, task: number): string {
  const label = labels[task] ?? "";
  return label === noun ? "" : label;
}

/** A label that only counts says no more than the number of the task. */
const countsOnly = (label: string): boolean => /^\d*$/.test(label);

const repeating = new WeakMap<Named["labels"], boolean>();

/** Whether several lanes of a run have the same label, so that it does not tell them apart. */
function repeats(run: Named): boolean {
  let known = repeating.get(run.labels);
  if (known === undefined) {
    const named = run.labels.map((_, task) => labelOf(run, task)).filter((label) => label !== "");
    repeating.set(run.labels, (known = new Set(named).size < named.length));
  }
  return known;
}

/** What a lane is called, in full (`item 4 (alice)`) or briefly (`alice`). */
export function laneName(lang: Lang, { run, task }: Layout, lane: number, brief = false): string {
  return taskName(lang, run, task[lane] ?? -1, brief);
}

/** What a task is called, in full or briefly. */
export function taskName(lang: Lang, run: Named, task: number, brief = false): string {
  if (task < 0) return say(lang, sentences.theOperation);
  const noun = say(lang, nouns[run.noun ?? "task"]);
  const label = labelOf(run, task);
  if (brief) return label !== "" && repeats(run) ? `${task} ${label}` : label || String(task);
  if (label !== "" && countsOnly(label)) return say(lang, sentences.named, noun, label);
  return say(lang, sentences.who, noun, task, label);
}

/** A lock, a permit or a queue by name. */
export function thing(lang: Lang, { resources }: Pick<Run, "resources">, resource: number): string {
  const it = resources[resource];
  if (!it) return "";
  if (it.kind === "lock") return say(lang, sentences.lock, it.name);
  if (it.kind === "queue") return say(lang, sentences.queue, it.name);
  return it.name === "permits" ? say(lang, sentences.permit) : say(lang, sentences.permitsOf, it.name);
}

/** What tells the item of a lane in other runs too: its label, else its place. */
export function laneKey({ run, task }: Layout, lane: number): string {
  return taskKey(run, task[lane] ?? -1);
}

/** What tells a task of the same items in other runs too. */
export function taskKey(run: Named, task: number): string {
  if (repeats(run)) return `${task} ${run.labels[task] ?? ""}`;
  // A worker's number is no item's.
  return labelOf(run, task) || (run.noun === "worker" ? `worker ${task}` : String(task));
}

/** What a segment works on, if that is named. */
export function itemOf({ run, event }: Layout, segment: number): string {
  const item = run.columns.item[event[segment] ?? -1] ?? 0;
  return item > 0 ? (run.items[item - 1] ?? "") : "";
}

/** The item that is lit when the cursor stands on a segment: what it works on, else the lane itself. */
export function keyOf(layout: Layout, lane: number, segment: number): string {
  return itemOf(layout, segment) || laneKey(layout, lane);
}

/** A semaphore as its track is called. */
export function semaphoreName(lang: Lang, name: string): string {
  return name === "permits" ? say(lang, strings.permits) : name;
}

/** `a, b and c`. */
export function joined(lang: Lang, words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return say(lang, sentences.and, words.slice(0, -1).join(lang === "en" ? ", " : "、"), words.at(-1) ?? "");
}

/** `items 0, 2 and 5`, short enough to be read. */
export function severalLanes(lang: Lang, layout: Layout, lanes: readonly number[], count = lanes.length): string {
  const [only] = lanes;
  if (only !== undefined && count === 1) return laneName(lang, layout, only);
  const shown = lanes.slice(0, 6).map((lane) => laneName(lang, layout, lane, true));
  if (count > shown.length) shown.push(say(lang, strings.andMore, count - shown.length));
  const noun = say(lang, nouns[layout.run.noun ?? "task"]);
  return `${noun}${lang === "en" ? "s" : ""} ${joined(lang, shown)}`;
}
