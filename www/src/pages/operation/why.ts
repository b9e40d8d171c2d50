import type { Lane, Timeline, Track } from "./model.js";

/** A sleep on the critical chain: the sleeps that, end to end, make up the total. */
export interface Link {
  readonly task: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why the total is the number it is, without words. */
export type Why =
  | { readonly kind: "empty" }
  /** Nothing sleeps; without tasks the operation does everything itself. */
  | { readonly kind: "instant"; readonly tasks: number; readonly locks: number }
  /** Equal sleeps, one a task, through one gate: total = ceil(sleepers / permits) x sleep. */
  | {
      readonly kind: "waves";
      readonly sleepers: number;
      /** Undefined when nothing stood in the way. */
      readonly permits: number | undefined;
      readonly gate: string | undefined;
      readonly waves: number;
      readonly sleepMs: number;
      readonly atOnce: number;
    }
  /** A pool: equal sleeps, several a task: total = ceil(sleeps / workers) x sleep. */
  | {
      readonly kind: "rounds";
      readonly sleeps: number;
      readonly workers: number;
      readonly rounds: number;
      readonly sleepMs: number;
    }
  /** Anything else: the chain itself. */
  | { readonly kind: "chain"; readonly links: readonly Link[] }
  /** No total: these wait for ever. */
  | { readonly kind: "stuck"; readonly waits: readonly { readonly task: number; readonly resource: string }[] };

/** Finds the simplest true account of the total; a formula is given only when it yields the very number of the trace. */
export function whyTotal(timeline: Timeline, { pool = false } = {}): Why {
  const { lanes, totalMs } = timeline;
  const stuck = lanes.filter((lane) => lane.ending === "stuck");
  if (stuck.length > 0) {
    return { kind: "stuck", waits: stuck.map(({ task, spans }) => ({ task, resource: spans.at(-1)?.resource ?? "" })) };
  }
  if (lanes.length === 0) return { kind: "empty" };
  if (totalMs === 0) {
    const tasks = lanes.filter((lane) => lane.task >= 0).length;
    return { kind: "instant", tasks, locks: timeline.tracks.filter((track) => track.kind === "lock").length };
  }
  return (pool ? rounds(timeline) : waves(timeline)) ?? { kind: "chain", links: criticalChain(timeline) };
}

interface Sleep extends Link {
  readonly holds: readonly string[];
}

function sleepsOf(lane: Lane): Sleep[] {
  return lane.spans
    .filter((span) => span.doing === "sleep" && span.toMs > span.fromMs)
    .map(({ fromMs, toMs, holds }) => ({ task: lane.task, fromMs, toMs, holds }));
}

/** The one length of all the sleeps, if they have one. */
export function commonSleepMs(timeline: Timeline): number | undefined {
  const lengths = new Set(timeline.lanes.flatMap(sleepsOf).map(({ fromMs, toMs }) => toMs - fromMs));
  const [only] = lengths;
  return lengths.size === 1 ? only : undefined;
}

function waves(timeline: Timeline): Why | undefined {
  const sleepMs = commonSleepMs(timeline);
  const sleeping = timeline.lanes.map(sleepsOf).filter((sleeps) => sleeps.length > 0);
  if (sleepMs === undefined || sleeping.some((sleeps) => sleeps.length > 1)) return undefined;
  const gate = timeline.tracks.find((track) => sleeping.flat().every((sleep) => sleep.holds.includes(track.resource)));
  const permits = gate?.capacity;
  const count = permits === undefined || permits < 1 ? 1 : Math.ceil(sleeping.length / permits);
  if (count * sleepMs !== timeline.totalMs) return undefined;
  return {
    kind: "waves",
    sleepers: sleeping.length,
    permits,
    gate: gate?.resource,
    waves: count,
    sleepMs,
    atOnce: timeline.lanes.filter((lane) => lane.atOnce).length,
  };
}

function rounds(timeline: Timeline): Why | undefined {
  const sleepMs = commonSleepMs(timeline);
  if (sleepMs === undefined) return undefined;
  const sleeps = timeline.lanes.reduce((sum, lane) => sum + sleepsOf(lane).length, 0);
  const workers = timeline.lanes.length;
  const count = Math.ceil(sleeps / workers);
  return count * sleepMs === timeline.totalMs ? { kind: "rounds", sleeps, workers, rounds: count, sleepMs } : undefined;
}

/**
 * Walks back from the lane that ends last: a sleep is a link; a wait leads to the lane that gave the resource back at its
 * end. The links come out from first to last.
 */
export function criticalChain(timeline: Timeline): Link[] {
  const byTask = new Map(timeline.lanes.map((lane) => [lane.task, lane]));
  const byResource = new Map(timeline.tracks.map((track) => [track.resource, track]));
  const links: Link[] = [];
  let lane = latest(timeline.lanes);
  let before = lane?.endEvent ?? 0;
  // Every step goes to an earlier event, so the walk ends.
  while (lane) {
    const span = lane.spans.findLast(({ toEvent, fromMs, toMs }) => toEvent <= before && toMs > fromMs);
    if (!span) break;
    before = span.fromEvent;
    if (span.doing !== "wait") {
      if (span.doing === "sleep") links.push({ task: lane.task, fromMs: span.fromMs, toMs: span.toMs });
      continue;
    }
    const giver = giverOf(byResource.get(span.resource ?? ""), span.toEvent);
    if (!giver || !byTask.has(giver.task)) break;
    lane = byTask.get(giver.task);
    before = giver.toEvent;
  }
  return links.reverse();
}

function latest(lanes: readonly Lane[]): Lane | undefined {
  return lanes.reduce<Lane | undefined>((last, lane) => (last && last.endEvent > lane.endEvent ? last : lane), undefined);
}

function giverOf(track: Track | undefined, takenAt: number): Track["holds"][number] | undefined {
  return track?.holds
    .filter((hold) => hold.toEvent < takenAt)
    .reduce<Track["holds"][number] | undefined>((best, hold) => (best && best.toEvent > hold.toEvent ? best : hold), undefined);
}

/** How a second run of the same items differs from the first. */
export interface Difference {
  /** Positive when the second takes longer; Infinity when only the second never ends, NaN when neither does. */
  readonly byMs: number;
  /** Tasks that sleep only in the second. */
  readonly sleptMore: number;
  /** Tasks that sleep only in the first. */
  readonly sleptLess: number;
  /** The limits, when they differ. */
  readonly limits: readonly [number, number] | undefined;
}

/** Compares two runs; `limits` are the permits or workers each was given. */
export function differenceOf(
  first: Timeline,
  second: Timeline,
  limits: readonly [number | undefined, number | undefined],
): Difference {
  const slept = (timeline: Timeline) => new Set(timeline.lanes.filter((l) => l.sleptMs > 0).map((l) => l.task));
  const [a, b] = [slept(first), slept(second)];
  const [from, to] = limits;
  return {
    byMs: second.totalMs - first.totalMs,
    sleptMore: [...b].filter((task) => !a.has(task)).length,
    sleptLess: [...a].filter((task) => !b.has(task)).length,
    limits: from !== undefined && to !== undefined && from !== to ? [from, to] : undefined,
  };
}
