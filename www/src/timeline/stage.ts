import { atEvent, eventOf, moved, nearest, reachOf, standing, type Cursor, type Move, type Walkable } from "./cursor.js";
import { lanesOfKey } from "./draw-run.js";
import { layOut, type Layout } from "./layout.js";
import { keyOf, laneKey } from "./names.js";
import { heightOf, nextHeight, roomFor, rowsOf, usualHeight, type Row, type Rows } from "./rows.js";
import type { Axis, Run, Stretch } from "./run.js";
import { firstWhere } from "./search.js";
import { isAll, leastLength, panned, within, zoomed } from "./scale.js";

/** A run with its rows, as the chart shows it. */
export interface Strip extends Walkable {
  readonly layout: Layout;
  readonly rows: Rows;
  readonly folded: boolean;
  /** Lanes by what they are called, filled when first asked for. */
  readonly keys: Map<string, number>;
}

/** A lane by its run and its task. */
export interface LaneOfRun {
  readonly run: string;
  readonly task: number;
}

/** What the cursor stands on, for whoever shows something beside the chart. */
export interface Standing {
  readonly run: string;
  /** -1: the operation itself; undefined on a track. */
  readonly task: number | undefined;
  readonly event: number;
  readonly atMs: number;
  /** The line of the source; 0 for none. */
  readonly line: number;
}

/** A brush on the axis, and from one height of the canvas to another. */
export interface Brush extends Stretch {
  readonly fromY?: number;
  readonly toY?: number;
}

/** What the chart shows, without a pixel of it: runs, the stretch of the axis that is seen, the cursor. */
export class Stage {
  strips: readonly Strip[] = [];
  axis: Axis = "time";
  full: Stretch = { from: 0, to: 0 };
  shown: Stretch = { from: 0, to: 0 };
  cursor: Cursor | undefined;
  /** What is lit while the cursor stands nowhere. */
  selected: LaneOfRun | undefined;
  /** The time cursor; undefined shows everything. */
  at: number | undefined;
  critical = true;
  /** Of the run with the most lanes; see `heightOf` for the others. */
  laneHeight = 26;
  #room = 0;
  /** Where a brush began and where it is; with heights of the canvas when it is to zoom into the lanes as well. */
  brush: Brush | undefined;
  #chosenHeight: number | undefined;
  #fitHeight = 26;
  readonly #layouts = new WeakMap<Run, Layout>();
  readonly #folded = new Set<string>();
  readonly #allLocks = new Set<string>();
  readonly #keys = new WeakMap<Layout, Map<string, number>>();

  get order(): boolean {
    return this.axis === "order";
  }

  get zoomed(): boolean {
    return !isAll(this.shown, this.full);
  }

  /** Takes runs; what was shown of the same axis stays, as far as it is there. `room` is the height for all lanes. */
  show(runs: readonly Run[], axis: Axis, room: number): void {
    const layouts = runs.map((run) => this.#layoutOf(run));
    const whole = !this.zoomed || axis !== this.axis;
    this.axis = axis;
    this.full = { from: 0, to: reach(layouts, axis) };
    this.shown = whole ? this.full : within(this.shown, this.full, leastLength(this.full, axis));
    const lanes = Math.max(0, ...layouts.map((layout) => layout.lanes));
    this.#room = roomFor(layouts.map((layout) => layout.lanes), room);
    this.#fitHeight = usualHeight(lanes, this.#room);
    this.laneHeight = this.#chosenHeight ?? this.#fitHeight;
    this.#place(layouts);
    if (this.cursor && !this.#stillThere(this.cursor)) this.cursor = undefined;
  }

  #layoutOf(run: Run): Layout {
    let layout = this.#layouts.get(run);
    if (!layout) this.#layouts.set(run, (layout = layOut(run)));
    return layout;
  }

  #place(layouts: readonly Layout[]): void {
    const { order } = this;
    const critical = layouts.some(({ run }) => run.critical !== undefined && run.critical.length > 0);
    this.strips = layouts.map((layout) => {
      const { id } = layout.run;
      let keys = this.#keys.get(layout);
      if (!keys) this.#keys.set(layout, (keys = new Map()));
      const laneHeight = heightOf(layout.lanes, this.#room, this.#chosenHeight);
      const rows = rowsOf(layout, { laneHeight, order, allLocks: this.#allLocks.has(id), band: order || critical });
      return { layout, rows, folded: this.#folded.has(id), keys };
    });
  }

  #replace(): void {
    this.#place(this.strips.map(({ layout }) => layout));
  }

  #stillThere({ run, place }: Cursor): boolean {
    const strip = this.strip(run);
    if (!strip) return false;
    const { layout, rows } = strip;
    if (place.kind === "segment") return place.segment < (layout.first[place.lane + 1] ?? 0) && place.segment >= (layout.first[place.lane] ?? 0);
    const index = rows.tracks[place.track]?.index ?? -1;
    return place.level >= (layout.holds.levels.first[index] ?? 0) && place.level < (layout.holds.levels.first[index + 1] ?? 0);
  }

  strip(id: string | undefined): Strip | undefined {
    return this.strips.find(({ layout }) => layout.run.id === id);
  }

  /** Folds a run to its header, or unfolds it. */
  fold(id: string): void {
    toggle(this.#folded, id);
    this.#replace();
  }

  /** Shows each lock of a run, or all of them as one. */
  spreadLocks(id: string): void {
    toggle(this.#allLocks, id);
    this.#replace();
    this.cursor = undefined;
  }

  spreadsLocks(id: string): boolean {
    return this.#allLocks.has(id);
  }

  /** Makes the lanes a step higher or lower; whether there was a step. */
  resize(by: 1 | -1): boolean {
    return this.setHeight(nextHeight(this.laneHeight, by, this.#fitHeight < 4 ? this.#fitHeight : 4));
  }

  /** Gives lanes a height, or the usual one; whether that is another one than before. */
  setHeight(chosen: number | undefined): boolean {
    const height = chosen ?? this.#fitHeight;
    if (height === this.laneHeight) return false;
    this.laneHeight = height;
    this.#chosenHeight = Math.abs(height - this.#fitHeight) < 1e-9 ? undefined : height;
    this.#replace();
    return true;
  }

  /** The stretch that is shown after a step; the caller decides how to get there. */
  zoomedBy(factor: number, at = this.middle): Stretch {
    return zoomed(this.shown, this.full, factor, at, leastLength(this.full, this.axis));
  }

  pannedBy(share: number): Stretch {
    return panned(this.shown, this.full, share);
  }

  fittedTo(wanted: Stretch): Stretch {
    return within(wanted, this.full, leastLength(this.full, this.axis));
  }

  /** Where keys zoom: at the cursor if it is in sight, else in the middle. */
  get middle(): number {
    const at = this.cursor?.at;
    return at !== undefined && at >= this.shown.from && at <= this.shown.to ? at : (this.shown.from + this.shown.to) / 2;
  }

  /** Moves the cursor; whether it is now anywhere. */
  move(move: Move): boolean {
    this.cursor = moved(this.strips, this.cursor, move, this.order);
    return this.cursor !== undefined;
  }

  /** Puts the cursor on what is nearest in a row. */
  point(id: string, row: Row, at: number): boolean {
    const strip = this.strip(id);
    const place = strip && nearest(strip, row, at, this.order);
    const now = this.cursor;
    if (!place) return false;
    const same = now?.run === id && JSON.stringify(now.place) === JSON.stringify(place);
    this.cursor = { run: id, place, at };
    return !same;
  }

  /** Puts the cursor on an event. */
  goTo(id: string, event: number): boolean {
    const strip = this.strip(id);
    this.cursor = strip && atEvent(strip.layout, event, 1, this.order);
    return this.cursor !== undefined;
  }

  /** Puts the cursor on the first thing a task does. */
  goToTask(id: string, task: number): boolean {
    const strip = this.strip(id);
    const lane = strip?.layout.laneOfTask[task + 1] ?? -1;
    if (!strip || lane < 0) return false;
    this.cursor = standing(strip, { kind: "lane", lane }, 0, this.order);
    return this.cursor !== undefined;
  }

  /** What is lit in every run: what the cursor stands on, else what is selected. */
  get lit(): string | undefined {
    const { cursor, selected } = this;
    const strip = this.strip(cursor?.run ?? selected?.run);
    if (!strip) return undefined;
    if (cursor) return cursor.place.kind === "segment" ? keyOf(strip.layout, cursor.place.lane, cursor.place.segment) : undefined;
    const lane = strip.layout.laneOfTask[(selected?.task ?? -2) + 1] ?? -1;
    return lane < 0 ? undefined : laneKey(strip.layout, lane);
  }

  /** The lanes of a run that are lit. */
  litLanes({ layout, keys }: Strip): readonly number[] {
    const { lit, cursor, selected } = this;
    const { id } = layout.run;
    if (cursor?.run === id && cursor.place.kind === "segment") return [cursor.place.lane];
    const own = !cursor && selected?.run === id ? (layout.laneOfTask[selected.task + 1] ?? -1) : -1;
    if (own >= 0) return [own];
    return lit === undefined ? [] : lanesOfKey(layout, lit, keys);
  }

  get standing(): Standing | undefined {
    const { cursor } = this;
    const strip = this.strip(cursor?.run);
    if (!cursor || !strip) return undefined;
    const { layout } = strip;
    const event = eventOf(layout, cursor.place);
    return {
      run: cursor.run,
      task: cursor.place.kind === "segment" ? layout.task[cursor.place.lane] : undefined,
      event,
      atMs: layout.run.columns.atMs[event] ?? 0,
      line: layout.run.columns.line[event] ?? 0,
    };
  }

  /** Ends the brush; what is to be shown then. */
  takeBrush(): Stretch {
    const { brush } = this;
    this.brush = undefined;
    if (!brush || brush.from === brush.to) return this.shown;
    return this.fittedTo({ from: Math.min(brush.from, brush.to), to: Math.max(brush.from, brush.to) });
  }

  /** What the cursor stands on, with a rim around it. */
  get aroundCursor(): Stretch {
    const strip = this.strip(this.cursor?.run);
    if (!strip || !this.cursor) return this.shown;
    const { from, to } = reachOf(strip.layout, strip.rows, this.cursor.place, this.order);
    const end = Math.min(to, this.full.to);
    const rim = Math.max((end - from) * 0.5, (this.full.to - this.full.from) * 0.002);
    return this.fittedTo({ from: from - rim, to: end + rim });
  }

  get cursorShown(): boolean {
    const at = this.cursor?.at ?? 0;
    return at >= this.shown.from && at <= this.shown.to;
  }

  /** As much as is shown now, with the cursor in the middle. */
  get atCursor(): Stretch {
    const half = (this.shown.to - this.shown.from) / 2;
    const at = this.cursor?.at ?? 0;
    return this.fittedTo({ from: at - half, to: at + half });
  }

  /** The nearest time before or after one at which anything happens in any run. */
  momentBeside(at: number, by: 1 | -1): number {
    const edge = by > 0 ? this.full.to : this.full.from;
    return this.strips.reduce((best, { layout }) => {
      const { atMs } = layout.run.columns;
      const after = firstWhere(0, atMs.length, (event) => (by > 0 ? (atMs[event] ?? 0) > at : (atMs[event] ?? 0) >= at));
      const found = atMs[by > 0 ? after : after - 1] ?? edge;
      return by > 0 ? Math.min(best, found) : Math.max(best, found);
    }, edge);
  }
}

/** How far the axis must reach to hold every run; a wait without end gets room beyond the last event. */
function reach(layouts: readonly Layout[], axis: Axis): number {
  if (axis === "order") return Math.max(0, ...layouts.map(({ run }) => run.columns.atMs.length - 1));
  const last = Math.max(0, ...layouts.map(({ lastMs }) => lastMs));
  if (layouts.every(({ totalMs }) => Number.isFinite(totalMs))) return last;
  return last > 0 ? last * 1.25 : 10;
}

function toggle(set: Set<string>, id: string): void {
  if (!set.delete(id)) set.add(id);
}
