import { numberIn, say } from "../i18n/index.js";
import { reachOf, type Place } from "./cursor.js";
import { drawCritical } from "./draw-critical.js";
import { drawLane, drawLanes, drawNote } from "./draw-lanes.js";
import { drawTracks } from "./draw-tracks.js";
import { laneEndOf, type Layout } from "./layout.js";
import { labelOf, laneKey, laneName, msIn, semaphoreName } from "./names.js";
import type { Pen } from "./pen.js";
import { lanesBetween, READABLE, type Rows, type Track } from "./rows.js";
import { ticks, xOf } from "./scale.js";
import { noteOf } from "./sentences.js";
import { usedAt } from "./search.js";
import { sentences, strings } from "./strings.js";
import { fitted, textWidth } from "./surface.js";

/** A run as it is drawn: where its rows are, and how far its tracks are lifted to stay in sight. */
export interface Figure {
  readonly layout: Layout;
  readonly rows: Rows;
  /** The top of the rows on the surface. */
  readonly top: number;
  readonly lift: number;
  /** Lanes that are lit, wherever they are. */
  readonly lit: readonly number[];
  /** What the cursor stands on in this run. */
  readonly place: Place | undefined;
}

/**
 * Draws a run; every mark in it is also a row of the table and a sentence of the cursor. `dense` draws the lanes instead when
 * they are too many to be drawn one by one.
 */
export function drawRun(figure: Figure, pen: Pen, dense?: () => void): void {
  const { layout, rows, top, lift } = figure;
  const { surface, scale, clipTop, clipBottom } = pen;
  const tracksTop = top + rows.tracksTop - lift;
  const right = scale.left + scale.width;
  const above: Pen = { ...pen, clipBottom: Math.min(clipBottom, tracksTop) };
  surface.clipped(0, clipTop, right + 16, Math.max(0, above.clipBottom - clipTop), () => {
    drawLit(figure, above);
    drawLabels(figure, above);
    plot(above, () => {
      drawGrid(layout, rows, top, above);
      if (dense) dense();
      else drawLanes(layout, rows, top, above);
      if (dense || rows.laneHeight < 3) for (const lane of figure.lit) drawLitLane(layout, rows, top, lane, above);
      if (rows.laneHeight >= READABLE && !pen.order) drawNotes(layout, rows, top, above);
    });
  });
  surface.clipped(0, tracksTop, right + 16, rows.tracksHeight, () => {
    if (lift > 0) {
      surface.box("paper", 0, tracksTop, right + 16, rows.tracksHeight);
      surface.line("rule", [0, tracksTop + 0.5, right + 16, tracksTop + 0.5]);
    }
    for (const track of rows.tracks) drawTrackLabel(layout, rows, track, tracksTop + track.top, pen);
    plot(pen, () => drawTracks(layout, rows, tracksTop, pen));
  });
  if (pen.critical) drawCritical(figure, pen);
  plot(pen, () => {
    if (pen.at !== undefined) drawFuture(pen.at, top, Math.max(0, tracksTop + rows.tracksHeight - top), pen);
    drawFocus(figure, pen);
  });
}

/** Draws within the plot, with a little room for marks at its edges. */
function plot({ surface, scale, clipTop, clipBottom }: Pen, draw: () => void): void {
  surface.clipped(scale.left - 6, clipTop, scale.width + 22, Math.max(0, clipBottom - clipTop), draw);
}

function laneTop({ rows, top }: Figure, lane: number): number {
  return top + rows.band + lane * rows.laneHeight;
}

function drawLit(figure: Figure, { surface, scale }: Pen): void {
  const height = Math.max(2, figure.rows.laneHeight);
  for (const lane of figure.lit) surface.box("lit", 0, laneTop(figure, lane), scale.left + scale.width + 16, height);
}

/** A lane that stands out among many: high enough to be seen. */
function drawLitLane(layout: Layout, rows: Rows, top: number, lane: number, pen: Pen): void {
  const height = Math.max(4, rows.laneHeight);
  const y = top + rows.band + (lane + 0.5) * rows.laneHeight - height / 2;
  pen.surface.box("lit", pen.scale.left - 6, y - 1, pen.scale.width + 22, height + 2);
  drawLane(layout, lane, y, height, pen);
}

function drawLabels(figure: Figure, pen: Pen): void {
  const { layout, rows, top, lit } = figure;
  const { surface, left, gutter, lang } = pen;
  const height = rows.laneHeight;
  const label = (lane: number, color: "ink" | "accent"): void => {
    const middle = laneTop(figure, lane) + height / 2;
    if (color === "accent" && height < READABLE) surface.box("paper", left, middle - 10, gutter - left - 4, 20);
    surface.text(color, fitted(laneName(lang, layout, lane, named(layout, lane)), gutter - left - 16, "code"), left + 4, middle + 4.5, { font: "code" });
  };
  if (height >= READABLE) {
    const [start, end] = lanesBetween(rows, pen.clipTop - top, pen.clipBottom - top);
    for (let lane = start; lane < end; lane += 1) label(lane, lit.includes(lane) ? "accent" : "ink");
    return;
  }
  drawEveryfew(figure, pen, label);
  const [first] = lit;
  if (first !== undefined) label(first, "accent");
}

/** A name says more than its number. */
function named({ run, task }: Layout, lane: number): boolean {
  return /\D/.test(labelOf(run, task[lane] ?? -1));
}

/** Lanes too low for a text each: one at every round number of lanes has its name. */
function drawEveryfew(figure: Figure, { clipTop, clipBottom }: Pen, label: (lane: number, color: "ink") => void): void {
  const { rows, top, layout } = figure;
  const [start, end] = lanesBetween(rows, clipTop - top, clipBottom - top);
  if (end - start < 2) return;
  const marks = ticks({ from: start, to: end - 1 }, Math.max(1, ((end - start) * rows.laneHeight) / 56));
  for (const mark of marks) if (Number.isInteger(mark) && mark < layout.lanes) label(mark, "ink");
}

function drawNotes(layout: Layout, rows: Rows, top: number, pen: Pen): void {
  const [start, end] = lanesBetween(rows, pen.clipTop - top, pen.clipBottom - top);
  for (let lane = start; lane < end; lane += 1) {
    const note = noteOf(pen.lang, layout, lane);
    if (note !== undefined && laneEndOf(layout, lane, false) <= (pen.at ?? Infinity)) drawNote(layout, lane, top + rows.band + lane * rows.laneHeight, rows.laneHeight, note, pen);
  }
}

/** Lines at round times; by order, where the clock moves on. */
function drawGrid(layout: Layout, rows: Rows, top: number, pen: Pen): void {
  const { surface, scale, order, lang } = pen;
  const bottom = Math.min(pen.clipBottom, top + rows.tracksTop);
  const from = Math.max(pen.clipTop, top);
  if (!order) {
    for (const mark of ticks(scale, scale.width / 72)) {
      const x = Math.round(xOf(scale, mark)) + 0.5;
      surface.line("rule", [x, from, x, bottom]);
    }
    return;
  }
  const { atMs } = layout.run.columns;
  let [free, drawn] = [-Infinity, -Infinity];
  for (let event = Math.max(1, Math.floor(scale.from)); event < atMs.length && event <= scale.to; event += 1) {
    if (atMs[event] === atMs[event - 1]) continue;
    const x = Math.round(xOf(scale, event - 0.5)) + 0.5;
    if (x - drawn < 4) continue;
    drawn = x;
    surface.line("rule", [x, from, x, bottom]);
    const text = msIn(lang, atMs[event] ?? 0);
    if (x < free) continue;
    free = x + textWidth(text) + 8;
    surface.text("ink2", text, x + 4, top + 16);
  }
}

function drawTrackLabel(layout: Layout, rows: Rows, track: Track, y: number, { surface, left, gutter, lang, at, order }: Pen): void {
  const { levels, capacity } = layout.holds;
  const name = layout.run.resources[track.index]?.name ?? "";
  let text = say(lang, strings.lockCount, rows.busyLocks.length);
  if (track.kind === "lock") text = say(lang, sentences.lock, name);
  else if (track.kind === "semaphore") {
    const of = capacity[track.index] ?? -1;
    text = of < 0 ? semaphoreName(lang, name) : `${semaphoreName(lang, name)} ${numberIn(lang, of)}`;
    if (at !== undefined) text = say(lang, strings.inUse, usedAt(levels, track.index, at, order), of < 0 ? undefined : of);
  }
  surface.text("ink2", fitted(text, gutter - left - 12), left + 4, y + track.height / 2 + 4.5);
}

/** What has not happened yet is pale. */
function drawFuture(at: number, top: number, height: number, { surface, scale }: Pen): void {
  const x = xOf(scale, at);
  const right = scale.left + scale.width + 16;
  if (x < right) surface.box("future", Math.max(x, scale.left - 6), top, right - Math.max(x, scale.left - 6), height);
  if (x >= scale.left - 1 && x <= right) surface.line("accent", [x, top, x, top + height], { width: 1.5 });
}

function drawFocus(figure: Figure, { surface, scale, order }: Pen): void {
  const { layout, rows, place, top, lift } = figure;
  if (!place) return;
  const { from, to } = reachOf(layout, rows, place, order);
  const [x1, x2] = [Math.max(xOf(scale, from), scale.left - 2), Math.min(xOf(scale, to), scale.left + scale.width + 2)];
  const pad = x2 - x1 < 12 ? 7 : 2;
  const track = place.kind === "level" ? rows.tracks[place.track] : undefined;
  const height = track?.height ?? Math.max(6, rows.laneHeight);
  const y = track ? top + rows.tracksTop - lift + track.top : laneTop(figure, place.kind === "segment" ? place.lane : 0) + (rows.laneHeight - height) / 2;
  surface.frame("accent", x1 - pad, y, x2 - x1 + 2 * pad, height, 4, { width: 2 });
}

/** The lanes of a run whose item is lit; a worker's lane is lit when its own name is. */
export function lanesOfKey(layout: Layout, key: string, index: Map<string, number>): readonly number[] {
  if (index.size === 0) for (let lane = layout.lanes - 1; lane >= 0; lane -= 1) index.set(laneKey(layout, lane), lane);
  const lane = index.get(key);
  return lane === undefined ? [] : [lane];
}
