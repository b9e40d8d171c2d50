import { rowsOf, type Row } from "./cursor.js";
import { extent, type Axis, type Hold, type Lane, type Track } from "./model.js";
import type { Run } from "./runs.js";

/** Where the rows of a run stand, in pixels from the top of its drawing; the widths come from the scale. */
export interface Figure {
  readonly run: Run;
  readonly axis: Axis;
  readonly rows: readonly Row[];
  /** Top and height of every row: lanes, then tracks. */
  readonly places: readonly { readonly top: number; readonly height: number }[];
  readonly tracks: readonly Track[];
  /** Locks that are not drawn, since no time was spent in them. */
  readonly idleLocks: readonly Track[];
  readonly laneHeight: number;
  readonly height: number;
}

/** Height of the line of braces above the lanes. */
export const BRACES = 24;
const GAP = 8;
const MAX_LOCKS = 12;

/** Lanes get lower the more there are; below 14 pixels they carry no text. */
export function laneHeightFor(lanes: number): number {
  if (lanes <= 20) return 26;
  return lanes <= 60 ? 16 : 8;
}

/** Places everything of a run, except for what depends on the width. */
export function figureOf(run: Run, axis: Axis, laneHeight: number): Figure {
  const { lanes, tracks: all } = run.timeline;
  const locks = all.filter((track) => track.kind === "lock");
  const worth = locks.filter((track) => axis === "order" || track.holds.some((hold) => hold.toMs > hold.fromMs));
  const tracks = [...all.filter((track) => track.kind === "semaphore"), ...worth.slice(0, MAX_LOCKS)];
  const places: { top: number; height: number }[] = [];
  let top = BRACES;
  for (let index = 0; index < lanes.length; index += 1) {
    places.push({ top, height: laneHeight });
    top += laneHeight;
  }
  for (const track of tracks) {
    top += GAP;
    const height = track.kind === "semaphore" ? 36 : 18;
    places.push({ top, height });
    top += height;
  }
  return {
    run,
    axis,
    rows: rowsOf(run.timeline, tracks, axis),
    places,
    tracks,
    idleLocks: locks.filter((track) => !tracks.includes(track)),
    laneHeight,
    height: top + 4,
  };
}

/** The row at a height, also a little beside it. */
export function rowAt({ places }: Figure, y: number): number {
  const found = places.findIndex(({ top, height }) => y < top + height);
  return found < 0 ? places.length - 1 : found;
}

/** A hold of a lane, and how many others it lies within. */
export interface NestedHold extends Hold {
  readonly track: Track;
  readonly depth: number;
}

/** What a lane holds, outermost first, as `async with` nests them. */
export function nestedHolds(lane: Lane, tracks: readonly Track[], axis: Axis): NestedHold[] {
  const own = tracks
    .flatMap((track) => track.holds.filter((hold) => hold.task === lane.task).map((hold) => ({ ...hold, track })))
    .sort((a, b) => a.fromEvent - b.fromEvent);
  return own
    .map((hold) => ({
      ...hold,
      depth: own.filter((outer) => outer.fromEvent < hold.fromEvent && outer.toEvent >= hold.toEvent).length,
    }))
    .filter((hold) => {
      const [from, to] = extent(hold, axis);
      return to > from;
    });
}

/** How far the axis must reach to hold every run; a wait without end gets room beyond the last event. */
export function reach(runs: readonly Run[], axis: Axis): number {
  const ends = runs.flatMap(({ timeline, events }) =>
    axis === "order" ? [timeline.length - 1] : [events.at(-1)?.atMs ?? 0],
  );
  const last = Math.max(0, ...ends);
  const endless = runs.some(({ timeline }) => !Number.isFinite(timeline.totalMs));
  if (!endless) return last;
  return last > 0 ? last * 1.25 : 10;
}

/** The moments at which something happens, in order, without repetition. */
export function moments(runs: readonly Run[], axis: Axis): number[] {
  const all = runs.flatMap(({ events }) => events.map((event, index) => (axis === "time" ? event.atMs : index)));
  return [...new Set([0, ...all])].sort((a, b) => a - b);
}
