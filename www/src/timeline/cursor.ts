import { beginOf, endOf, laneOfSegment, type Layout } from "./layout.js";
import type { Row, Rows } from "./rows.js";
import type { Stretch } from "./run.js";
import { firstReaching, isSeen, levelAt } from "./search.js";

/** Something the cursor can stand on: what a lane does (or its end), or the level of a track. */
export type Place =
  | { readonly kind: "segment"; readonly lane: number; readonly segment: number }
  | { readonly kind: "level"; readonly track: number; readonly level: number };

/** Where the cursor stands; `at` is the place of the axis that moves up and down keep. */
export interface Cursor {
  readonly run: string;
  readonly place: Place;
  readonly at: number;
}

/** A run as the cursor walks through it. */
export interface Walkable {
  readonly layout: Layout;
  readonly rows: Rows;
  readonly folded: boolean;
}

export type Move =
  | "left"
  | "right"
  | "up"
  | "down"
  | "first"
  | "last"
  | "pageUp"
  | "pageDown"
  | "top"
  | "bottom"
  | "before"
  | "after";

/** How many rows a page has. */
const PAGE = 10;

/** The event a cursor stands on: what began it. */
export function eventOf({ event, holds }: Layout, place: Place): number {
  return (place.kind === "segment" ? event[place.segment] : holds.levels.event[place.level]) ?? 0;
}

/** From where to where the thing under the cursor reaches on an axis. */
export function reachOf(layout: Layout, rows: Rows, place: Place, order: boolean): Stretch {
  if (place.kind === "segment") return { from: beginOf(layout, place.segment, order), to: endOf(layout, place.lane, place.segment, order) };
  const { levels } = layout.holds;
  const places = order ? levels.event : levels.ms;
  const from = places[place.level] ?? 0;
  const next = place.level + 1;
  const last = order ? layout.run.columns.atMs.length - 1 : layout.lastMs;
  const end = levels.first[(rows.tracks[place.track]?.index ?? 0) + 1] ?? 0;
  return { from, to: next < end ? (places[next] ?? from) : Math.max(from, last) };
}

/** The row of a place. */
export function rowOf(place: Place): Row {
  return place.kind === "segment" ? { kind: "lane", lane: place.lane } : { kind: "track", track: place.track };
}

/** What stands nearest to a place of the axis in a row; undefined when the row is empty. */
export function nearest({ layout, rows }: Walkable, row: Row, at: number, order: boolean): Place | undefined {
  return row.kind === "lane" ? nearestSegment(layout, row.lane, at, order) : nearestLevel(layout, rows, row.track, at, order);
}

function nearestSegment(layout: Layout, lane: number, at: number, order: boolean): Place | undefined {
  const covering = firstReaching(layout, lane, at, order);
  const right = seenFrom(layout, lane, covering, 1, order);
  const left = seenFrom(layout, lane, covering, -1, order);
  if (left === undefined || right === undefined) return segmentPlace(lane, left ?? right);
  const toLeft = at - endOf(layout, lane, left, order);
  const toRight = beginOf(layout, right, order) - at;
  return segmentPlace(lane, toLeft < toRight ? left : right);
}

/** The first segment of a lane that can be seen, from one on in a direction. */
function seenFrom(layout: Layout, lane: number, segment: number, by: 1 | -1, order: boolean): number | undefined {
  const [start, end] = [layout.first[lane] ?? 0, layout.first[lane + 1] ?? 0];
  for (let at = segment; at >= start && at < end; at += by) if (isSeen(layout, lane, at, order)) return at;
  return undefined;
}

const segmentPlace = (lane: number, segment: number | undefined): Place | undefined =>
  segment === undefined ? undefined : { kind: "segment", lane, segment };

function nearestLevel(layout: Layout, rows: Rows, track: number, at: number, order: boolean): Place | undefined {
  const { levels } = layout.holds;
  const index = rows.tracks[track]?.index ?? -1;
  const [start, end] = [levels.first[index] ?? 0, levels.first[index + 1] ?? 0];
  if (start >= end) return undefined;
  return { kind: "level", track, level: Math.max(start, levelAt(levels, index, at, order)) };
}

function besideLevel(layout: Layout, rows: Rows, { track, level }: Extract<Place, { kind: "level" }>, by: 1 | -1, order: boolean): Place {
  const { levels } = layout.holds;
  const index = rows.tracks[track]?.index ?? -1;
  const [start, end] = [levels.first[index] ?? 0, levels.first[index + 1] ?? 0];
  for (let at = level + by; at >= start && at < end; at += by) {
    const lasts = at + 1 >= end || (levels.ms[at + 1] ?? 0) > (levels.ms[at] ?? 0);
    if (order || lasts) return { kind: "level", track, level: at };
  }
  return { kind: "level", track, level };
}

/** Where a key leads. The edges hold the cursor; up and down go on in the next run. */
export function moved(runs: readonly Walkable[], cursor: Cursor | undefined, move: Move, order: boolean): Cursor | undefined {
  const open = runs.filter(({ rows, folded }) => !folded && rows.lanes + rows.tracks.length > 0);
  const index = open.findIndex(({ layout }) => layout.run.id === cursor?.run);
  const here = open[index];
  if (!cursor || !here) return open[0] && standing(open[0], firstRow(open[0]), 0, order);
  const { layout, rows } = here;
  const row = rowOf(cursor.place);
  switch (move) {
    case "left":
    case "right":
      return along(here, cursor, move === "right" ? 1 : -1, order);
    case "first":
    case "last":
      return standing(here, row, move === "first" ? 0 : Infinity, order) ?? cursor;
    case "up":
    case "down": {
      const by = move === "down" ? 1 : -1;
      const next = besideRow(rows, row, by);
      if (next) return kept(standing(here, next, cursor.at, order), cursor.at) ?? cursor;
      const other = open[index + by];
      return (other && kept(standing(other, by > 0 ? firstRow(other) : lastRow(other), cursor.at, order), cursor.at)) ?? cursor;
    }
    case "pageUp":
    case "pageDown":
      return kept(standing(here, besideRow(rows, row, move === "pageDown" ? PAGE : -PAGE, true) ?? row, cursor.at, order), cursor.at) ?? cursor;
    case "top":
    case "bottom":
      return kept(standing(here, move === "top" ? firstRow(here) : lastRow(here), cursor.at, order), cursor.at) ?? cursor;
    case "before":
    case "after":
      return atEvent(layout, eventOf(layout, cursor.place) + (move === "after" ? 1 : -1), move === "after" ? 1 : -1, order) ?? cursor;
  }
}

/** The cursor on an event, or on the next one in a direction that has a lane. */
export function atEvent(layout: Layout, event: number, by: 1 | -1, order: boolean): Cursor | undefined {
  for (let at = event; at >= 0 && at < layout.segmentOfEvent.length; at += by) {
    const segment = layout.segmentOfEvent[at] ?? -1;
    const lane = segment < 0 ? -1 : laneOfSegment(layout, segment);
    if (lane >= 0) return { run: layout.run.id, place: { kind: "segment", lane, segment }, at: beginOf(layout, segment, order) };
  }
  return undefined;
}

/** The cursor in a row at a place of the axis. */
export function standing(run: Walkable, row: Row, at: number, order: boolean): Cursor | undefined {
  const place = nearest(run, row, at, order);
  return place && { run: run.layout.run.id, place, at: reachOf(run.layout, run.rows, place, order).from };
}

const kept = (cursor: Cursor | undefined, at: number): Cursor | undefined => cursor && { ...cursor, at };

function along(run: Walkable, cursor: Cursor, by: 1 | -1, order: boolean): Cursor {
  const { layout, rows } = run;
  const { place } = cursor;
  let next: Place = place;
  if (place.kind === "level") next = besideLevel(layout, rows, place, by, order);
  else next = segmentPlace(place.lane, seenFrom(layout, place.lane, place.segment + by, by, order)) ?? place;
  return { run: cursor.run, place: next, at: reachOf(layout, rows, next, order).from };
}

function firstRow({ rows }: Walkable): Row {
  return rows.lanes > 0 ? { kind: "lane", lane: 0 } : { kind: "track", track: 0 };
}

function lastRow({ rows }: Walkable): Row {
  return rows.tracks.length > 0 ? { kind: "track", track: rows.tracks.length - 1 } : { kind: "lane", lane: rows.lanes - 1 };
}

function besideRow({ lanes, tracks }: Rows, row: Row, by: number, clamp = false): Row | undefined {
  let index = (row.kind === "lane" ? row.lane : lanes + row.track) + by;
  if (clamp) index = Math.min(Math.max(index, 0), lanes + tracks.length - 1);
  if (index < 0 || index >= lanes + tracks.length) return undefined;
  return index < lanes ? { kind: "lane", lane: index } : { kind: "track", track: index - lanes };
}
