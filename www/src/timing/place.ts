import type { TimelineColumns } from "../kit/types.js";
import type { Query } from "../router/index.js";
import type { Axis, Standing, Stretch } from "../timeline/index.js";

/** How the reader looks at runs: what an address keeps of it. */
export interface Look {
  readonly axis: Axis;
  /** The time cursor, a place on the axis. */
  readonly at: number | undefined;
  /** The part of the axis that is shown. */
  readonly zoom: Stretch | undefined;
}

/** Everything, by the clock. */
export const wholeLook: Look = { axis: "time", at: undefined, zoom: undefined };

/** Reads a look from an address; what makes no sense counts as not given. */
export function readLook(query: URLSearchParams, usual: Axis = wholeLook.axis): Look {
  const [from, to] = (query.get("zoom") ?? "").split("-").map(moment);
  return {
    axis: (["time", "order"] as const).find((axis) => axis === query.get("axis")) ?? usual,
    at: moment(query.get("at")),
    zoom: from !== undefined && to !== undefined && from < to ? { from, to } : undefined,
  };
}

/** The same as parts of an address. */
export function writeLook({ axis, at, zoom }: Look, usual: Axis = wholeLook.axis): Query {
  return {
    axis: axis === usual ? undefined : axis,
    at: at === undefined ? undefined : rounded(at),
    zoom: zoom && `${rounded(zoom.from)}-${rounded(zoom.to)}`,
  };
}

/** A number from 0 on, as an address has it. */
export function moment(word: string | null | undefined): number | undefined {
  const value = word ? Number(word) : NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** An address needs no more than a thousandth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Where the reader is in the runs of a figure. */
export interface Place {
  /** The axis that is drawn: by the clock there is nothing to see while it stands still. */
  readonly axis: Axis;
  readonly at: number | undefined;
  /** What the pointer or the keys stand on. */
  readonly cursor: Standing | undefined;
}

/** Nowhere yet. */
export const nowhere: Place = { axis: "time", at: undefined, cursor: undefined };

/** The last event of a run at a place: under the chart's own cursor, or at the moment that is played; undefined nowhere. */
export function eventOf({ axis, at, cursor }: Place, run: string, columns: TimelineColumns): number | undefined {
  if (cursor) return cursor.run === run ? cursor.event : eventAt(columns, cursor.atMs);
  if (at === undefined) return undefined;
  return axis === "order" ? Math.min(Math.floor(at), columns.atMs.length - 1) : eventAt(columns, at);
}

/** The position of the last event up to a time; -1 before the first. */
export function eventAt({ atMs: times }: TimelineColumns, atMs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The places of an axis at which anything happens in any of the runs, ascending, each once. */
export function momentsOf(runs: readonly { readonly columns: TimelineColumns }[], axis: Axis): Float64Array {
  if (axis === "order") {
    const events = new Float64Array(Math.max(0, ...runs.map(({ columns }) => columns.atMs.length)));
    return events.map((_, event) => event);
  }
  // Within a run they ascend, and most come many times: few are left to be sorted.
  const each = runs.map(({ columns }) => distinct(columns.atMs));
  const all = new Float64Array(each.reduce((sum, moments) => sum + moments.length, 0));
  let at = 0;
  for (const moments of each) {
    all.set(moments, at);
    at += moments.length;
  }
  return distinct(all.sort());
}

/** Each of ascending numbers once. */
function distinct(ascending: Float64Array): Float64Array {
  const found = new Float64Array(ascending.length);
  let count = 0;
  for (const value of ascending) {
    if (count > 0 && found[count - 1] === value) continue;
    found[count] = value;
    count += 1;
  }
  return found.slice(0, count);
}
