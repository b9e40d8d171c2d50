import { numberIn, say, type Lang } from "../../i18n/index.js";
import type { Note } from "../../kit/types.js";
import { checkOf } from "../../story/sentences.js";
import type { Lane, Span } from "./model.js";
import { plain } from "./plain.js";
import type { Failure, Run } from "./runs.js";
import { nouns, sentences, strings } from "./strings.js";
import type { Difference, Why } from "./why.js";
import type { WorkloadShape } from "./workload.js";

/** What sentences need to know: the language, and what the tasks are called. */
export interface Voice {
  readonly lang: Lang;
  readonly noun: WorkloadShape["noun"];
  readonly limitName: string | undefined;
}

/** `30 ms`, with the separators of the language. */
export function msIn(lang: Lang, value: number): string {
  return Number.isFinite(value) ? `${numberIn(lang, value)} ms` : "∞";
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `item 4 (alice)`. */
export function whoOf(voice: Voice, task: number, run: Pick<Run, "timeline">): string {
  if (task < 0) return say(voice.lang, sentences.theOperation);
  const label = run.timeline.lanes.find((lane) => lane.task === task)?.label ?? "";
  // A worker's label is its own number and tells nothing more.
  return say(voice.lang, sentences.who, say(voice.lang, nouns[voice.noun]), task, voice.noun === "worker" ? "" : label);
}

/** `items 0, 2 and 5`, short enough to be read. */
export function several(voice: Voice, tasks: readonly number[], run: Run): string {
  const { lang } = voice;
  const [only] = tasks;
  if (tasks.length <= 1 && only !== undefined) return whoOf(voice, only, run);
  const shown = tasks.slice(0, 6).map(String);
  if (tasks.length > shown.length) shown.push(say(lang, strings.andMore, tasks.length - shown.length));
  const noun = say(lang, nouns[voice.noun]);
  return `${noun}${lang === "en" ? "s" : ""} ${joined(lang, shown)}`;
}

/** A lock or a permit by name. */
export function thing({ lang }: Voice, resource: string): string {
  const [kind, name = ""] = resource.split(/:(.*)/s);
  if (kind === "lock") return say(lang, sentences.lock, name);
  return name === "permits" ? say(lang, sentences.permit) : say(lang, sentences.permitsOf, name);
}

/** `a, b and c`. */
function joined(lang: Lang, words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return say(lang, sentences.and, words.slice(0, -1).join(lang === "en" ? ", " : "、"), words.at(-1) ?? "");
}

/** Why an item was turned away; empty when no check says so. */
export function reasonOf({ lang }: Voice, lane: Lane, notes: readonly Note[]): string {
  const note = notes.find(({ code, task, ok }) => code === "check" && task === lane.task && ok === false);
  return note ? plain(checkOf(lang, note)?.sentence) : "";
}

/** What a task sleeps on, when it is another thing than the task's own: the one it moved just before. */
export function jobOf(run: Run, lane: Lane, span: Span): string | undefined {
  const note = run.notes.findLast(({ code, task, atMs }) => code === "moved" && task === lane.task && atMs === span.fromMs);
  const id = note?.["id"];
  return id === undefined || id === lane.label ? undefined : String(id);
}

/** The things a task sleeps on, one after another, as far as there is room to name them. */
function jobsOf(run: Run, task: number): string {
  const lane = run.timeline.lanes.find((candidate) => candidate.task === task);
  const sleeps = lane?.spans.filter((span) => span.doing === "sleep") ?? [];
  const jobs = sleeps.flatMap((span) => (lane && jobOf(run, lane, span)) ?? []);
  return jobs.length === sleeps.length && jobs.length <= 6 ? jobs.join(", ") : "";
}

/** The total as a formula, without the number itself: `ceil(5 / 2) × 10 ms`. */
export function formulaOf({ lang }: Voice, why: Why): string | undefined {
  const formula = (count: number, by: number, sleep: number): string => say(lang, strings.formulaWaves, count, by, msIn(lang, sleep));
  if (why.kind === "waves") return why.permits === undefined ? undefined : formula(why.sleepers, why.permits, why.sleepMs);
  if (why.kind === "rounds") return formula(why.sleeps, why.workers, why.sleepMs);
  if (why.kind !== "chain" || why.links.length < 2) return undefined;
  const lengths = why.links.map((link) => link.toMs - link.fromMs);
  const [first = 0] = lengths;
  if (lengths.every((length) => length === first)) return `${lengths.length} × ${msIn(lang, first)}`;
  return lengths.length <= 5 ? lengths.map((length) => numberIn(lang, length)).join(" + ") + " ms" : undefined;
}

/** Why the total is that number, in a sentence or two. */
export function whyOf(voice: Voice, run: Run): string {
  const { lang } = voice;
  const { why } = run;
  switch (why.kind) {
    case "empty":
      return say(lang, strings.whyEmpty);
    case "instant":
      return say(lang, strings.whyInstant, why.tasks, why.locks);
    case "waves": {
      const slept = wavesSentence(lang, why);
      return sentence(lang, slept, why.atOnce > 0 ? say(lang, strings.whyAtOnce, why.atOnce) : "");
    }
    case "rounds":
      return say(lang, strings.whyRounds, why.sleeps, why.workers, why.rounds, why.sleepMs);
    case "stuck":
      return say(lang, strings.whyStuck, say(lang, nouns[voice.noun]), why.waits.length);
    case "chain": {
      const tasks = [...new Set(why.links.map((link) => link.task))];
      const [only] = tasks;
      const idle = voice.noun === "worker" ? run.timeline.lanes.filter((lane) => lane.atOnce).length : 0;
      const chain =
        tasks.length === 1 && only !== undefined
          ? capital(say(lang, strings.whyAlone, whoOf(voice, only, run), why.links.length, jobsOf(run, only)))
          : say(lang, strings.whyChain, several(voice, tasks, run));
      return sentence(lang, chain, idle > 0 ? say(lang, strings.whyIdle, idle) : "");
    }
  }
}

function wavesSentence(lang: Lang, { sleepers, sleepMs, permits, gate, waves }: Extract<Why, { kind: "waves" }>): string {
  if (sleepers === 1) return say(lang, strings.whyOne, sleepMs);
  if (gate === undefined) return say(lang, strings.whyTogether, sleepers, sleepMs);
  return waves === 1 || permits === undefined
    ? say(lang, strings.whyOneWave, sleepers, sleepMs)
    : say(lang, strings.whyWaves, sleepers, sleepMs, permits, waves);
}

function sentence(lang: Lang, ...parts: string[]): string {
  return parts.filter(Boolean).join(lang === "en" ? " " : "");
}

/** How a run differs from the first: `10 ms more: 3 invalid items took a permit and slept.` */
export function differenceSentence({ lang, limitName }: Voice, difference: Difference): string {
  const { byMs, sleptMore, sleptLess, limits } = difference;
  const result = differenceWord(lang, byMs);
  if (result === undefined) return "";
  let cause = say(lang, strings.becauseNothing);
  if (limits) cause = say(lang, strings.becauseLimit, limitName ?? "", ...limits);
  else if (sleptMore > 0) cause = say(lang, byMs > 0 ? strings.becauseMore : strings.becauseFree, sleptMore);
  else if (sleptLess > 0) cause = say(lang, strings.becauseLess, sleptLess);
  return say(lang, sentences.line, result, cause);
}

function differenceWord(lang: Lang, byMs: number): string | undefined {
  if (byMs === Infinity) return say(lang, strings.noEnd);
  if (!Number.isFinite(byMs)) return undefined;
  if (byMs === 0) return say(lang, strings.sameTotal);
  return byMs > 0 ? say(lang, strings.slower, byMs) : say(lang, strings.faster, -byMs);
}

/** A deadlock, one sentence for everybody who waits. */
export function waitingSentences(voice: Voice, failure: Pick<Failure, "waiting">): string[] {
  return failure.waiting.map(({ task, resource }) => {
    const who = task < 0 ? say(voice.lang, sentences.theOperation) : `${say(voice.lang, nouns[voice.noun])} ${task}`;
    return capital(say(voice.lang, sentences.waitsForEver, who, thing(voice, resource))) + (voice.lang === "en" ? "." : "。");
  });
}
