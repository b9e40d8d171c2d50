import type { Layout } from "./layout.js";

/** A track below the lanes: a semaphore, a lock, or all locks in one. */
export interface Track {
  readonly kind: "semaphore" | "lock" | "locks";
  /** Of the resource; for all locks in one, where their levels are. */
  readonly index: number;
  /** From the top of the tracks. */
  readonly top: number;
  readonly height: number;
}

/** The rows of a run, in pixels from its top: a band for what concerns the whole run, the lanes, the tracks. */
export interface Rows {
  readonly band: number;
  readonly lanes: number;
  readonly laneHeight: number;
  readonly tracks: readonly Track[];
  readonly tracksTop: number;
  readonly tracksHeight: number;
  /** Locks that are worth a track, and locks that never cost any time. */
  readonly busyLocks: readonly number[];
  readonly idleLocks: readonly number[];
  readonly height: number;
}

/** How the rows are to be placed. */
export interface RowOptions {
  readonly laneHeight: number;
  /** Shows each lock in a track of its own, however many there are. */
  readonly allLocks: boolean;
  readonly order: boolean;
  readonly band: boolean;
}

/** From this height on lanes carry text; from the other on they are drawn one by one. */
export const READABLE = 14;
export const SINGLE = 3;

const BAND = 24;
const GAP = 8;
const STEPS_HEIGHT = 36;
const LOCK_HEIGHT = 18;
const FEW_LOCKS = 4;

/** Places the rows of a run. */
export function rowsOf(layout: Layout, { laneHeight, allLocks, order, band }: RowOptions): Rows {
  const { holds, run } = layout;
  const tracks: Track[] = [];
  const [busyLocks, idleLocks]: [number[], number[]] = [[], []];
  let top = 0;
  const add = (kind: Track["kind"], index: number, height: number): void => {
    top += GAP;
    tracks.push({ kind, index, top, height });
    top += height;
  };
  run.resources.forEach(({ kind }, index) => {
    const used = (holds.resourceFirst[index + 1] ?? 0) > (holds.resourceFirst[index] ?? 0) || (holds.contended[index] ?? 0) > 0;
    if (kind === "semaphore" && used) add("semaphore", index, STEPS_HEIGHT);
    if (kind === "lock" && used) (order || holds.lasting[index] === 1 ? busyLocks : idleLocks).push(index);
  });
  if (busyLocks.length <= FEW_LOCKS || allLocks) for (const lock of busyLocks) add("lock", lock, LOCK_HEIGHT);
  else add("locks", run.resources.length, STEPS_HEIGHT);
  const bandHeight = band ? BAND : 4;
  const tracksTop = bandHeight + layout.lanes * laneHeight;
  const tracksHeight = top > 0 ? top + GAP : GAP;
  return {
    band: bandHeight,
    lanes: layout.lanes,
    laneHeight,
    tracks,
    tracksTop,
    tracksHeight,
    busyLocks,
    idleLocks,
    height: tracksTop + tracksHeight,
  };
}

/** Whether the locks of a run are so many that they are shown as one unless asked for. */
export function hasManyLocks({ busyLocks }: Rows): boolean {
  return busyLocks.length > FEW_LOCKS;
}

/** A row of a run. */
export type Row = { readonly kind: "lane"; readonly lane: number } | { readonly kind: "track"; readonly track: number };

/** How far the tracks are moved up so that they stand at the lower edge of what is seen, while the lanes go on below. */
export function liftOf(rows: Rows, bottom: number): number {
  // Many tracks would hide the lanes: they stay where they are.
  if (rows.tracksHeight > 160) return 0;
  const room = rows.tracksTop + rows.tracksHeight - bottom;
  return Math.max(0, Math.min(room, rows.tracksTop - rows.band - 2 * rows.laneHeight));
}

/** The row at a height of the run, also a little beside it; `lift` as the tracks stand now. */
export function rowAt(rows: Rows, y: number, lift: number): Row | undefined {
  const inTracks = y - (rows.tracksTop - lift);
  if (inTracks >= 0 || rows.lanes === 0) {
    const found = rows.tracks.findIndex((track) => inTracks < track.top + track.height);
    const track = found < 0 ? rows.tracks.length - 1 : found;
    return track < 0 ? laneRow(rows, rows.lanes - 1) : { kind: "track", track };
  }
  return laneRow(rows, Math.floor((y - rows.band) / rows.laneHeight));
}

function laneRow(rows: Rows, lane: number): Row | undefined {
  return rows.lanes === 0 ? undefined : { kind: "lane", lane: Math.min(Math.max(lane, 0), rows.lanes - 1) };
}

/** The lanes between two heights of a run, the second one left out. */
export function lanesBetween({ band, laneHeight, lanes }: Rows, top: number, bottom: number): readonly [number, number] {
  const first = Math.floor((top - band) / laneHeight);
  const end = Math.ceil((bottom - band) / laneHeight);
  return [Math.min(Math.max(first, 0), lanes), Math.min(Math.max(end, 0), lanes)];
}

/** The heights that lanes step through, and the one that shows all of so many lanes in a room. */
const HEIGHTS = [0.25, 0.5, 1, 2, 4, 8, 16, 26];

/** The height that is chosen when the reader has not chosen one. */
export function usualHeight(lanes: number, room: number): number {
  if (lanes <= 20) return 26;
  if (lanes <= 60) return 16;
  if (lanes <= FEW) return 8;
  // All lanes at once, however many share a pixel: the shape of the run comes before its details.
  return Math.min(4, room / lanes);
}

/** Runs of more lanes than this share what the others leave of a room. */
const FEW = 200;
const LEAST_ROOM = 140;

/** The height that each run of many lanes has for all of them, when the lanes of all runs have so much. */
export function roomFor(lanes: readonly number[], total: number): number {
  const small = lanes.filter((count) => count <= FEW);
  const rest = total - small.reduce((sum, count) => sum + count * usualHeight(count, total), 0);
  return Math.max(LEAST_ROOM, rest / Math.max(1, lanes.length - small.length));
}

/** The height of the lanes of one run when the reader has chosen one: a run of few lanes does not vanish beside one of many. */
export function heightOf(lanes: number, room: number, chosen: number | undefined): number {
  const usual = usualHeight(lanes, room);
  if (chosen === undefined) return usual;
  return Math.max(chosen, lanes > FEW ? 0 : Math.min(usual, READABLE));
}

/** The next height up or down from one. */
export function nextHeight(height: number, by: 1 | -1, least: number): number {
  const steps = [least, ...HEIGHTS.filter((step) => step > least * 1.01)];
  return (by > 0 ? steps.find((step) => step > height * 1.01) : steps.findLast((step) => step < height * 0.99)) ?? height;
}
