import { numberIn, say, sentences, type Lang } from "../i18n/index.js";
import type { TimelineOutcome, TimelineWhy } from "../kit/types.js";
import { joined, msIn, taskName, thing } from "../timeline/names.js";
import type { Difference } from "./compare.js";
import type { Findings } from "./record.js";
import { strings } from "./strings.js";
import type { Told } from "./told.js";

/** A run that never ends. */
export type Deadlock = Extract<TimelineOutcome, { kind: "deadlock" }>;

/** So many tasks are named before the rest is counted. */
const NAMED = 5;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Tasks by name, as many as can be read. */
export function severalIn(lang: Lang, run: Told, tasks: readonly number[]): string {
  const names = tasks.slice(0, NAMED).map((task) => taskName(lang, run, task));
  if (tasks.length > names.length) names.push(say(lang, strings.andMore, tasks.length - names.length));
  return joined(lang, names);
}

/** The total as a formula, without the number itself: `ceil(5 / 2) × 10 ms`. */
export function formulaOf(lang: Lang, { analysis: { why, critical } }: Told): string | undefined {
  switch (why.kind) {
    case "waves":
      return why.permits === null ? undefined : say(lang, strings.formula, why.sleepers, why.permits, why.sleepMs);
    case "rounds":
      return say(lang, strings.formula, why.sleeps, why.workers, why.sleepMs);
    case "serial":
      return why.sleepMs === null ? sumOf(lang, critical) : `${numberIn(lang, why.sleeps)} × ${msIn(lang, why.sleepMs)}`;
    case "longest":
      return sumOf(lang, critical) ?? `max(…) = ${msIn(lang, why.sleepMs)}`;
    case "chain":
      return sumOf(lang, critical);
    default:
      return undefined;
  }
}

function sumOf(lang: Lang, links: Findings["critical"]): string | undefined {
  const lengths = links.map(({ fromMs, toMs }) => Math.round((toMs - fromMs) * 1e6) / 1e6);
  const [first] = lengths;
  if (lengths.length < 2 || first === undefined) return undefined;
  if (lengths.every((length) => length === first)) return `${lengths.length} × ${msIn(lang, first)}`;
  return lengths.length <= 6 ? `${lengths.map((length) => numberIn(lang, length)).join(" + ")} ms` : undefined;
}

/** Why the total is that number, who came at no cost, and who was last: the account of a run in sentences. */
export function accountOf(lang: Lang, run: Told): string {
  const { analysis, noun } = run;
  const { why } = analysis;
  const parts = [whyOf(lang, run)];
  if (analysis.atOnce > 0 && analysis.totalMs > 0) parts.push(say(lang, noun === "worker" ? strings.idle : strings.atOnce, analysis.atOnce, noun));
  // These two have named whoever was last.
  const named = why.kind === "longest" || (why.kind === "serial" && why.gate === null);
  if (analysis.totalMs > 0 && why.kind !== "stuck" && !named) parts.push(lastOf(lang, run));
  return sentences(lang, ...parts);
}

function whyOf(lang: Lang, run: Told): string {
  const { analysis, outcome, resources } = run;
  const { why, critical } = analysis;
  switch (why.kind) {
    case "empty":
      return say(lang, strings.empty);
    case "instant":
      return say(lang, strings.instant, why.tasks, resources.some(({ kind }) => kind === "lock"));
    case "waves":
      return wavesOf(lang, why);
    case "rounds":
      return say(lang, strings.rounds, why.sleeps, why.workers, why.rounds, why.sleepMs);
    case "serial":
      if (why.gate === null) return capital(say(lang, strings.serialAlone, taskName(lang, run, critical[0]?.task ?? -1), why.sleeps));
      return resources[why.gate]?.kind === "semaphore"
        ? say(lang, strings.serialPermit, why.sleeps)
        : capital(say(lang, strings.serialGate, why.sleeps, thing(lang, run, why.gate)));
    case "longest":
      return say(lang, strings.longest, taskName(lang, run, why.task), why.sleepMs);
    case "chain":
      return say(lang, strings.chain, severalIn(lang, run, [...new Set(critical.map(({ task }) => task))]));
    case "stuck":
      return say(lang, strings.stuck, outcome?.kind === "deadlock" ? outcome.waiting.length : 0);
  }
}

function wavesOf(lang: Lang, { sleepers, permits, waves, sleepMs }: Extract<TimelineWhy, { kind: "waves" }>): string {
  if (sleepers === 1) return say(lang, strings.one, sleepMs);
  if (permits === null) return say(lang, strings.together, sleepers, sleepMs);
  if (waves === 1) return say(lang, strings.oneWave, sleepers, permits, sleepMs);
  const left = sleepers % permits;
  const said = say(lang, strings.waves, sleepers, permits, waves, sleepMs);
  return sentences(lang, said, left > 0 ? say(lang, strings.lastWave, left) : "");
}

/** Who finished last, and what it had to wait for. */
function lastOf(lang: Lang, run: Told): string {
  const { last, critical } = run.analysis;
  if (!last) return "";
  const who = taskName(lang, run, last.task);
  const link = critical.at(-1);
  if (link?.task !== last.task || link.via === null || link.after === null) return say(lang, strings.last, who);
  return say(lang, strings.lastWaited, who, thing(lang, run, link.via), taskName(lang, run, link.after));
}

/** A deadlock as sentences: what kind it is, then one for everybody in the circle, or for the first who wait. */
export function deadlockOf(lang: Lang, run: Told, outcome: Deadlock): string[] {
  if (outcome.cycle.length > 0) {
    const steps = outcome.cycle.map(({ task, waitsFor, heldBy }) =>
      capital(say(lang, strings.waitsFor, taskName(lang, run, task), thing(lang, run, waitsFor), taskName(lang, run, heldBy))),
    );
    return [say(lang, strings.deadlock), ...steps];
  }
  const named = outcome.waiting.slice(0, NAMED);
  const waits = named.map(({ task, resource }) => capital(say(lang, strings.waitsForEver, taskName(lang, run, task), thing(lang, run, resource))));
  const more = outcome.waiting.length - named.length;
  return [say(lang, strings.nobodyGives), ...waits, ...(more > 0 ? [`${capital(say(lang, strings.andMore, more))}.`] : [])];
}

/** How a run differs from the first: `10 ms more than Fail-fast: 3 items that returned at once there sleep here.` */
export function differenceSentence(lang: Lang, { byMs, cause }: Difference, first: string): string {
  const much =
    byMs === 0
      ? say(lang, strings.same)
      : Number.isFinite(byMs)
        ? say(lang, byMs > 0 ? strings.slowerBy : strings.fasterBy, Math.abs(byMs)) + say(lang, strings.against, first)
        : say(lang, byMs > 0 ? strings.onlyThisStuck : strings.onlyThatStuck, first);
  return much + causeOf(lang, cause);
}

function causeOf(lang: Lang, cause: Difference["cause"]): string {
  switch (cause?.kind) {
    case "slept-more":
      return say(lang, strings.sleptMore, cause.count);
    case "slept-less":
      return say(lang, strings.sleptLess, cause.count);
    case "one-at-a-time":
      return say(lang, strings.oneAtATime);
    case "same-sleeps":
      return say(lang, strings.sameSleeps);
    case "limit":
      return say(lang, strings.otherLimit, cause.name, cause.from, cause.to);
    case undefined:
      return say(lang, strings.plain);
  }
}
