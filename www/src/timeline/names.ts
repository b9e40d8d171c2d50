import { numberIn, say, type Lang } from "../i18n/index.js";
import type { Layout } from "./layout.js";
import type { Run } from "./run.js";
import { nouns, sentences, strings } from "./strings.js";

/** `30 ms`, with the separators of the language. */
export function msIn(lang: Lang, value: number): string {
  return Number.isFinite(value) ? `${numberIn(lang, value)} ms` : "∞";
}

/** The label of a task, unless it says no more than what all of them are: workers are often called just that. */
export function labelOf({ labels, noun }: Run, task: number): string {
  const label = labels[task] ?? "";
  return label === noun ? "" : label;
}

/** A label that only counts says no more than the number of the task. */
const countsOnly = (label: string): boolean => /^\d*$/.test(label);

const repeating = new WeakMap<Run, boolean>();

/** Whether several lanes of a run have the same label, so that it does not tell them apart. */
function repeats(run: Run): boolean {
  let known = repeating.get(run);
  if (known === undefined) {
    const named = run.labels.map((_, task) => labelOf(run, task)).filter((label) => label !== "");
    repeating.set(run, (known = new Set(named).size < named.length));
  }
  return known;
}

/** What a lane is called, in full (`item 4 (alice)`) or briefly (`alice`). */
export function laneName(lang: Lang, { run, task }: Layout, lane: number, brief = false): string {
  const of = task[lane];
  if (of === undefined || of < 0) return say(lang, sentences.theOperation);
  const noun = say(lang, nouns[run.noun ?? "task"]);
  const label = labelOf(run, of);
  if (brief) return label !== "" && repeats(run) ? `${of} ${label}` : label || String(of);
  if (label !== "" && countsOnly(label)) return say(lang, sentences.named, noun, label);
  return say(lang, sentences.who, noun, of, label);
}

/** What tells the item of a lane in other runs too: its label, else its place. */
export function laneKey({ run, task }: Layout, lane: number): string {
  const of = task[lane] ?? -1;
  if (repeats(run)) return `${of} ${run.labels[of] ?? ""}`;
  // A worker's number is no item's.
  return labelOf(run, of) || (run.noun === "worker" ? `worker ${of}` : String(of));
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
