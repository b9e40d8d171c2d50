import { beginOf, Doing, Ending, endOf, Held, type Layout } from "./layout.js";
import { itemOf } from "./names.js";
import type { Pen } from "./pen.js";
import { lanesBetween, READABLE, type Rows } from "./rows.js";
import { xOf } from "./scale.js";
import { Happening } from "./run.js";
import { firstReaching, firstWhere, holdFrom, holdTo } from "./search.js";
import { fitted, textWidth, type Surface } from "./surface.js";

/** How much each thing that is held insets what happens within. */
const INSET = 3;

/** Draws the lanes that are seen one by one. `top` is the top of the run on the surface. */
export function drawLanes(layout: Layout, rows: Rows, top: number, pen: Pen): void {
  const [start, end] = lanesBetween(rows, pen.clipTop - top, pen.clipBottom - top);
  for (let lane = start; lane < end; lane += 1) drawLane(layout, lane, top + rows.band + lane * rows.laneHeight, rows.laneHeight, pen);
}

/** How many segments would be drawn, at the most `most`. */
export function segmentsSeen(layout: Layout, rows: Rows, top: number, pen: Pen, most: number): number {
  const [start, end] = lanesBetween(rows, pen.clipTop - top, pen.clipBottom - top);
  let seen = 0;
  for (let lane = start; lane < end && seen < most; lane += 1) {
    const first = firstReaching(layout, lane, pen.scale.from, pen.order);
    const past = firstWhere(first, layout.first[lane + 1] ?? 0, (segment) => beginOf(layout, segment, pen.order) > pen.scale.to);
    seen += past - first;
  }
  return seen;
}

/** Draws how a lane ends once more, where something was drawn over it. */
export function drawEndingAgain(layout: Layout, lane: number, top: number, laneHeight: number, pen: Pen): void {
  drawEnding(layout, lane, boxOf(top, laneHeight), pen);
}

/** Draws one lane; also used on top of a density, to make a single lane stand out. */
export function drawLane(layout: Layout, lane: number, top: number, laneHeight: number, pen: Pen): void {
  const box = boxOf(top, laneHeight);
  if (box.h >= 4) drawHolds(layout, lane, box, pen);
  drawSegments(layout, lane, box, pen);
  drawEnding(layout, lane, box, pen);
}

interface Box {
  readonly y: number;
  readonly h: number;
  /** How much each hold insets. */
  readonly inset: number;
}

function boxOf(top: number, laneHeight: number): Box {
  const pad = laneHeight >= 20 ? 3 : laneHeight >= 6 ? 1 : 0;
  return { y: top + pad, h: laneHeight - 2 * pad, inset: laneHeight >= READABLE ? INSET : laneHeight >= 6 ? 1 : 0 };
}

function drawHolds(layout: Layout, lane: number, { y, h, inset }: Box, { surface, scale, order }: Pen): void {
  const { holds, run } = layout;
  const end = holds.laneFirst[lane + 1] ?? 0;
  for (let index = holds.laneFirst[lane] ?? 0; index < end; index += 1) {
    const hold = holds.byLane[index] ?? 0;
    const [from, to] = [holdFrom(layout, hold, order), holdTo(layout, hold, order)];
    if (from > scale.to) break;
    if (to < scale.from || to <= from) continue;
    const depth = holds.depth[hold] ?? 0;
    const within = Math.min(depth * inset, h / 3);
    const lock = run.resources[holds.resource[hold] ?? -1]?.kind === "lock";
    const x1 = xOf(scale, from) + depth * inset + 0.5;
    const x2 = xOf(scale, to) - depth * inset - 0.5;
    surface.box(lock ? "lock" : "hold", x1, y + within, Math.max(x2 - x1, 0.5), h - 2 * within, depth > 0 ? 1.5 : 3);
  }
}

function drawSegments(layout: Layout, lane: number, box: Box, pen: Pen): void {
  const { scale, order } = pen;
  const end = layout.first[lane + 1] ?? 0;
  const narrow = new Narrow(box, pen);
  // What is held goes on from one segment to the next: there the frame around them has no side.
  let before: Piece | undefined;
  const finish = (next: Piece | undefined): void => {
    if (!before) return;
    const joinsNext = next !== undefined && next.x1 - before.x2 < 0.5 && next.depth >= before.depth;
    drawSegment(layout, before, joinsNext, box, pen);
  };
  for (let segment = firstReaching(layout, lane, scale.from, order); segment < end; segment += 1) {
    const from = beginOf(layout, segment, order);
    if (from > scale.to) break;
    const to = endOf(layout, lane, segment, order);
    const doing = layout.doing[segment] ?? 0;
    if (to <= from || to < scale.from || doing === Doing.end) continue;
    const [x1, x2] = [xOf(scale, from), xOf(scale, to)];
    if (x2 - x1 < 1) {
      finish(undefined);
      before = undefined;
      narrow.add(doing, x1, x2);
      continue;
    }
    narrow.flush();
    const depth = (layout.held[segment] ?? 0) >> Held.count;
    const piece: Piece = { segment, doing, x1, x2, depth, joined: before !== undefined && x1 - before.x2 < 0.5 && before.depth >= depth };
    finish(piece);
    before = piece;
  }
  finish(undefined);
  narrow.flush();
  drawCuts(layout, lane, box, pen);
}

/** Marks where the time was over: what the lane did was cut short there. */
function drawCuts(layout: Layout, lane: number, { y, h }: Box, { surface, scale, order }: Pen): void {
  const { what } = layout.run.columns;
  if (h < 8 || !layout.cut) return;
  for (let segment = firstReaching(layout, lane, scale.from, order); segment < (layout.first[lane + 1] ?? 0); segment += 1) {
    const at = beginOf(layout, segment, order);
    if (at > scale.to) break;
    if (at >= scale.from && what[layout.event[segment] ?? -1] === Happening.cancelled) drawCut(surface, xOf(scale, at), y, h);
  }
}

/** Two strokes across, as if cut off there. */
export function drawCut(surface: Surface, x: number, y: number, h: number): void {
  for (const left of [x - 5, x - 1]) {
    surface.line("paper", [left, y + h, left + 5, y], { width: 5 });
    surface.line("failed", [left, y + h + 1, left + 5, y - 1], { width: 2 });
  }
}

/** A segment on the surface. */
interface Piece {
  readonly segment: number;
  readonly doing: number;
  readonly x1: number;
  readonly x2: number;
  readonly depth: number;
  /** Whether what is held was held before it, too. */
  readonly joined: boolean;
}

function drawSegment(layout: Layout, { segment, doing, x1, x2, depth, joined }: Piece, joinsNext: boolean, box: Box, pen: Pen): void {
  const { surface } = pen;
  if (doing === Doing.run) {
    // By the clock running takes no time; by order it is a line, unless what is held shows already.
    if (pen.order && depth === 0 && box.h >= 4) surface.line("ink2", [x1, box.y + box.h / 2, x2, box.y + box.h / 2], { width: 2 });
    return;
  }
  const inset = box.h >= 4 ? Math.min(depth * box.inset, box.h / 3) : 0;
  const [left, right] = [joined ? 0 : inset, joinsNext ? 0 : inset];
  const [x, y, w, h] = [x1 + left + 0.5, box.y + inset, x2 - x1 - left - right - 1, box.h - 2 * inset];
  const radius = depth > 0 ? 1.5 : 3;
  if (doing === Doing.wait) {
    surface.box("wait", x, y, w, h, radius);
    if (h >= 5) surface.frame("wait", x, y, w, h, radius);
    return;
  }
  surface.box("sleep", x, y, Math.max(w, 0.5), h, radius);
  const name = itemOf(layout, segment);
  if (pen.lit !== undefined && name !== "" && name === pen.lit) surface.frame("accent", x, box.y, w, box.h, radius, { width: 2 });
  if (h >= 12 && name !== "") {
    const [from, to] = [Math.max(x1, pen.scale.left), Math.min(x2, scaleRight(pen))];
    const text = fitted(name, to - from - 8, "code");
    if (text !== "") surface.text("ink", text, (from + to) / 2, box.y + box.h / 2 + 4.5, { align: "middle", font: "code", halo: true });
  }
}

function scaleRight({ scale }: Pen): number {
  return scale.left + scale.width;
}

/** Gathers what is narrower than a pixel, and draws each pixel divided by how long what was done in it. */
class Narrow {
  readonly #box: Box;
  readonly #pen: Pen;
  #pixel = NaN;
  #wait = 0;
  #sleep = 0;

  constructor(box: Box, pen: Pen) {
    this.#box = box;
    this.#pen = pen;
  }

  add(doing: number, x1: number, x2: number): void {
    const pixel = Math.floor(x1);
    if (pixel !== this.#pixel) this.flush();
    this.#pixel = pixel;
    if (doing === Doing.wait) this.#wait += x2 - x1;
    else if (doing === Doing.sleep) this.#sleep += x2 - x1;
  }

  flush(): void {
    const all = this.#wait + this.#sleep;
    if (all > 0) {
      const { y, h } = this.#box;
      const slept = (this.#sleep / all) * h;
      this.#pen.surface.box("sleep", this.#pixel, y, 1, slept);
      this.#pen.surface.box("wait", this.#pixel, y + slept, 1, h - slept);
    }
    this.#wait = this.#sleep = 0;
    this.#pixel = NaN;
  }
}

/** A tick for what returned at once, a cap for what is done, a cross for what was refused. */
function drawEnding(layout: Layout, lane: number, { y, h }: Box, { surface, scale, order }: Pen): void {
  const ending = layout.ending[lane];
  if (ending === Ending.stuck && h >= 12) surface.text("ink", "∞", scale.left + scale.width + 8, y + h / 2 + 4.5, { align: "end", halo: true, bold: true });
  if (ending === Ending.stuck || ending === Ending.open || h < 2) return;
  const at = beginOf(layout, (layout.first[lane + 1] ?? 0) - 1, order);
  if (at < scale.from || at > scale.to) return;
  const x = xOf(scale, at);
  const size = Math.min(4, h / 2);
  const cross = (middle: number): void => {
    const c = y + h / 2;
    surface.line("failed", [middle - size, c - size, middle + size, c + size], { width: 2 });
    surface.line("failed", [middle - size, c + size, middle + size, c - size], { width: 2 });
  };
  const refused = ending === Ending.refused;
  if (layout.atOnce[lane] === 1 && !order) {
    surface.box("tick", x - 1, y + (h > 8 ? 1 : 0), 3, h - (h > 8 ? 2 : 0), 1);
    if (refused) cross(x + 12);
  } else if (refused) cross(Math.min(x + 9, scale.left + scale.width + 8));
  else surface.box("cap", x - 2, y - (h > 8 ? 1.5 : 0), 3.5, h + (h > 8 ? 3 : 0), 1.75);
}

/** What is written beside a lane that ended at once, or in vain. */
export function drawNote(layout: Layout, lane: number, top: number, laneHeight: number, text: string, { surface, scale }: Pen): void {
  const at = layout.ms[(layout.first[lane + 1] ?? 0) - 1] ?? 0;
  const x = xOf(scale, at) + (layout.ending[lane] === Ending.refused ? 22 : 10);
  const room = scale.left + scale.width - x;
  if (x < scale.left || room < Math.min(textWidth(text), 60)) return;
  surface.text("ink2", fitted(text, room), x, top + laneHeight / 2 + 4.5, { halo: true });
}
