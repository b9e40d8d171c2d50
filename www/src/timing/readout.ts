import { numberIn, say, type Lang } from "../i18n/index.js";
import type { TimelineOutcome, TimelineResource, TimelineWhy } from "../kit/types.js";
import type { Difference } from "./compare.js";
import type { Findings } from "./record.js";
import { strings } from "./strings.js";

/** What sentences about a run speak of: its tasks and resources by name. */
export interface Cast {
  readonly lang: Lang;
  /** What tasks are called. */
  readonly noun: "item" | "worker" | "task";
  readonly labels: readonly string[];
  readonly resources: readonly TimelineResource[];
}

/** So many tasks are named before the rest is counted. */
const NAMED = 5;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `30 ms`, with the separators of the language. */
export function msIn(lang: Lang, value: number): string {
  return Number.isFinite(value) ? `${numberIn(lang, value)} ms` : "∞";
}

/** `item alice`, `task 4 (alice)`. */
export function whoIn({ lang, noun, labels }: Cast, task: number): string {
  if (task < 0) return say(lang, strings.theOperation);
  const label = labels[task] ?? "";
  // An item is known by its own name, the others by their number, unless that is what their name is: two would confuse.
  return label && (noun === "item" || /^\d+$/.test(label)) ? `${noun} ${label}` : say(lang, strings.task, noun, task, label);
}

/** `lock a`, `a permit of semaphore`. */
export function thingIn({ lang, resources }: Cast, resource: number): string {
  const found = resources[resource];
  if (!found) return "";
  const name = found.name.replace(/^[a-z]+:/, "");
  return say(lang, found.kind === "lock" ? strings.lock : strings.permit, name);
}

function severalIn(cast: Cast, tasks: readonly number[]): string {
  const { lang } = cast;
  const names = tasks.slice(0, NAMED).map((task) => whoIn(cast, task));
  if (tasks.length > names.length) names.push(say(lang, strings.andMore, tasks.length - names.length));
  const last = names.pop() ?? "";
  return names.length === 0 ? last : say(lang, strings.and, names.join(lang === "en" ? ", " : "、"), last);
}

/** The total as a formula, without the number itself: `ceil(5 / 2) × 10 ms`. */
export function formulaOf(cast: Cast, analysis: Findings): string | undefined {
  const { lang } = cast;
  const { why, critical } = analysis;
  switch (why.kind) {
    case "waves":
      return why.permits === null ? undefined : say(lang, strings.formula, why.sleepers, why.permits, why.sleepMs);
    case "rounds":
      return say(lang, strings.formula, why.sleeps, why.workers, why.sleepMs);
    case "serial":
      return why.sleepMs === null ? sumOf(lang, critical) : `${numberIn(lang, why.sleeps)} × ${msIn(lang, why.sleepMs)}`;
    case "longest":
      return `max(…) = ${msIn(lang, why.sleepMs)}`;
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

/** Why the total is that number, in a sentence or two. */
export function whyOf(cast: Cast, analysis: Findings, outcome: TimelineOutcome | null): string {
  const { lang } = cast;
  const { why } = analysis;
  switch (why.kind) {
    case "empty":
      return say(lang, strings.empty);
    case "instant":
      return say(lang, strings.instant, why.tasks);
    case "waves":
      return wavesOf(lang, why);
    case "rounds":
      return say(lang, strings.rounds, why.sleeps, why.workers, why.rounds, why.sleepMs);
    case "serial":
      return why.gate === null
        ? say(lang, strings.serialAlone, why.sleeps)
        : capital(say(lang, strings.serialGate, why.sleeps, thingIn(cast, why.gate)));
    case "longest":
      return say(lang, strings.longest, whoIn(cast, why.task), why.sleepMs);
    case "chain":
      return say(lang, strings.chain, severalIn(cast, [...new Set(analysis.critical.map(({ task }) => task))]));
    case "stuck":
      return say(lang, strings.stuck, outcome?.kind === "deadlock" ? outcome.waiting.length : 0);
  }
}

function wavesOf(lang: Lang, { sleepers, permits, waves, sleepMs, atOnce }: Extract<TimelineWhy, { kind: "waves" }>): string {
  const parts: string[] = [];
  if (sleepers === 1) parts.push(say(lang, strings.one, sleepMs));
  else if (permits === null) parts.push(say(lang, strings.together, sleepers, sleepMs));
  else if (waves === 1) parts.push(say(lang, strings.oneWave, sleepers, permits, sleepMs));
  else {
    parts.push(say(lang, strings.waves, sleepers, permits, waves, sleepMs));
    const left = sleepers % permits;
    if (left > 0) parts.push(say(lang, strings.lastWave, left));
  }
  if (atOnce > 0) parts.push(say(lang, strings.atOnce, atOnce));
  return parts.join(lang === "en" ? " " : "");
}

/** Who finished last, and what it had to wait for. */
export function lastOf(cast: Cast, { last, critical }: Findings): string {
  const { lang } = cast;
  if (!last) return "";
  const who = whoIn(cast, last.task);
  const link = critical.at(-1);
  if (link?.task !== last.task || link.via === null || link.after === null) return say(lang, strings.last, who);
  return say(lang, strings.lastWaited, who, thingIn(cast, link.via), whoIn(cast, link.after));
}

/** A deadlock as sentences: what kind it is, then one for everybody in the circle, or for the first who wait. */
export function deadlockOf(cast: Cast, outcome: Extract<TimelineOutcome, { kind: "deadlock" }>): string[] {
  const { lang } = cast;
  if (outcome.cycle.length > 0) {
    const steps = outcome.cycle.map(({ task, waitsFor, heldBy }) =>
      capital(say(lang, strings.waitsFor, whoIn(cast, task), thingIn(cast, waitsFor), whoIn(cast, heldBy))),
    );
    return [say(lang, strings.deadlock), ...steps];
  }
  const named = outcome.waiting.slice(0, NAMED);
  const waits = named.map(({ task, resource }) => capital(say(lang, strings.waitsForEver, whoIn(cast, task), thingIn(cast, resource))));
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
    case undefined:
      return say(lang, strings.plain);
  }
}
