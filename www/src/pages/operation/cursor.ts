import { extent, type Axis, type Lane, type Level, type Span, type Timeline, type Track } from "./model.js";

interface Reach {
  /** On the axis. */
  readonly from: number;
  readonly to: number;
  /** By the clock. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Something the cursor can stand on. */
export type Stop = Reach &
  (
    | { readonly kind: "span"; readonly lane: Lane; readonly span: Span }
    | { readonly kind: "end"; readonly lane: Lane }
    | { readonly kind: "level"; readonly track: Track; readonly level: Level }
  );

/** A row of the chart: the stops of a lane or of a track, from left to right. */
export type Row = readonly Stop[];

/** The rows from top to bottom: lanes, then tracks. Every row of a lane has at least its end. */
export function rowsOf(timeline: Timeline, tracks: readonly Track[], axis: Axis): Row[] {
  return [...timeline.lanes.map((lane) => laneStops(lane, axis)), ...tracks.map((track) => trackStops(track, timeline, axis))];
}

function laneStops(lane: Lane, axis: Axis): Stop[] {
  const stops: Stop[] = [];
  for (const span of lane.spans) {
    const [from, to] = extent(span, axis);
    const { fromMs, toMs } = span;
    // By the clock, what takes no time has no width; its moment is told by the end.
    if (to > from && (axis === "order" || span.doing !== "run")) stops.push({ kind: "span", lane, span, from, to, fromMs, toMs });
  }
  if (lane.ending !== "stuck") {
    const at = axis === "time" ? lane.endMs : lane.endEvent;
    stops.push({ kind: "end", lane, from: at, to: at, fromMs: lane.endMs, toMs: lane.endMs });
  }
  return stops;
}

function trackStops(track: Track, timeline: Timeline, axis: Axis): Stop[] {
  return track.levels.flatMap((level, index): Stop[] => {
    const next = track.levels[index + 1];
    const [fromMs, toMs] = [level.atMs, next?.atMs ?? timeline.totalMs];
    const [from, to] = axis === "time" ? [fromMs, toMs] : [level.atEvent, next?.atEvent ?? timeline.length - 1];
    return to > from || !next ? [{ kind: "level", track, level, from, to, fromMs, toMs }] : [];
  });
}

/** A place in the chart: which row, which stop of it. */
export interface Place {
  readonly row: number;
  readonly stop: number;
}

/** The stop at a place, if there is one. */
export function stopAt(rows: readonly Row[], place: Place | undefined): Stop | undefined {
  return place && rows[place.row]?.[place.stop];
}

/** The stop of a row under an axis value: the one that covers it, else the nearest. */
export function nearest(row: Row, value: number): number {
  let best = 0;
  let distance = Infinity;
  row.forEach((stop, index) => {
    const away = value < stop.from ? stop.from - value : value > stop.to ? value - stop.to : 0;
    if (away < distance || (away === distance && stop.from <= value && away === 0)) {
      best = index;
      distance = away;
    }
  });
  return best;
}

export type Move = "left" | "right" | "up" | "down" | "first" | "last" | "top" | "bottom";

/** Where a key leads. Up and down keep the moment; the edges hold the cursor. */
export function moved(rows: readonly Row[], place: Place | undefined, move: Move): Place | undefined {
  const last = rows.length - 1;
  if (last < 0) return undefined;
  if (!place || !rows[place.row]) return { row: 0, stop: 0 };
  const row = rows[place.row] ?? [];
  const toRow = (index: number): Place => {
    const target = Math.min(Math.max(index, 0), last);
    if (target === place.row) return place;
    return { row: target, stop: nearest(rows[target] ?? [], row[place.stop]?.from ?? 0) };
  };
  switch (move) {
    case "left":
      return { row: place.row, stop: Math.max(0, place.stop - 1) };
    case "right":
      return { row: place.row, stop: Math.min(Math.max(0, row.length - 1), place.stop + 1) };
    case "first":
      return { row: place.row, stop: 0 };
    case "last":
      return { row: place.row, stop: Math.max(0, row.length - 1) };
    case "up":
      return toRow(place.row - 1);
    case "down":
      return toRow(place.row + 1);
    case "top":
      return toRow(0);
    case "bottom":
      return toRow(last);
  }
}
