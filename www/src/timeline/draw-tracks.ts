import { numberIn } from "../i18n/index.js";
import { laneName } from "./names.js";
import type { Layout } from "./layout.js";
import type { Pen } from "./pen.js";
import type { Rows, Track } from "./rows.js";
import { xOf } from "./scale.js";
import { firstWhere, holdFrom, holdTo, levelAt } from "./search.js";
import { fitted, textWidth } from "./surface.js";

/** Draws the tracks of a run; `top` is where they begin on the surface. */
export function drawTracks(layout: Layout, { tracks }: Rows, top: number, pen: Pen): void {
  for (const track of tracks) {
    const y = top + track.top;
    if (y + track.height < pen.clipTop || y > pen.clipBottom) continue;
    if (track.kind === "lock") drawHolders(layout, track, y, pen);
    else drawSteps(layout, track, y, pen);
  }
}

/** How many there are of what a track counts; undefined if nobody knows, or if it is no limit that was ever near. */
function limitOf({ holds }: Layout, track: Track, peak: number): number | undefined {
  const capacity = track.kind === "semaphore" ? (holds.capacity[track.index] ?? -1) : -1;
  return capacity >= 0 && capacity <= 2 * Math.max(peak, 1) ? capacity : undefined;
}

/** How many are in use, as steps under the line of all there are. */
function drawSteps(layout: Layout, track: Track, top: number, pen: Pen): void {
  const { surface, scale, lang } = pen;
  const peak = layout.holds.levels.peak[track.index] ?? 0;
  const limit = limitOf(layout, track, peak);
  const full = Math.max(1, peak, limit ?? 0);
  const base = top + track.height;
  const y = (used: number): number => base - (used / full) * (track.height - 8);
  const right = scale.left + scale.width;
  if (limit !== undefined) surface.line("ink3", [scale.left, y(limit), right, y(limit)], { dash: [2, 4] });
  surface.line("ruleStrong", [scale.left, base, right, base]);
  const tops: number[] = [];
  const texts: (() => void)[] = [];
  for (const step of stepsOf(layout, track.index, pen)) {
    const [most, usual] = [y(step.most), y(step.least)];
    surface.box("levelMost", step.x1, most, step.x2 - step.x1, usual - most);
    surface.box("level", step.x1, usual, step.x2 - step.x1, base - usual);
    tops.push(step.x1, most, step.x2, most);
    if (step.most !== step.least || step.x2 - step.x1 < 14) continue;
    const text = numberIn(lang, step.most);
    if (step.x2 - step.x1 > 8 * text.length + 6) {
      texts.push(() => surface.text("ink", text, Math.max(step.x1, scale.left) + 6, base - most >= 20 ? base - 6 : most - 4));
    }
  }
  surface.strokes("hold", tops, { width: 2 });
  for (const text of texts) text();
}

/** A stretch of a track on the surface; several levels in one pixel have a least and a most. */
interface Step {
  x1: number;
  x2: number;
  least: number;
  most: number;
}

/** The levels that are seen; what is narrower than a pixel is drawn together. */
function stepsOf(layout: Layout, track: number, { scale, order }: Pen): Step[] {
  const { levels } = layout.holds;
  const last = order ? layout.run.columns.atMs.length - 1 : layout.totalMs;
  const place = order ? levels.event : levels.ms;
  const end = levels.first[track + 1] ?? 0;
  const steps: Step[] = [];
  let level = Math.max(levelAt(levels, track, scale.from, order), levels.first[track] ?? 0);
  for (; level < end; level += 1) {
    const from = place[level] ?? 0;
    if (from > scale.to) break;
    const to = level + 1 < end ? (place[level + 1] ?? 0) : Math.max(last, from);
    if (to <= from) continue;
    const used = levels.used[level] ?? 0;
    const [x1, x2] = [Math.max(xOf(scale, from), scale.left - 1), Math.min(xOf(scale, to), scale.left + scale.width + 1)];
    const step = steps.at(-1);
    if (step && step.least === used && step.most === used && step.x2 >= x1) step.x2 = x2;
    else if (step && (x2 - x1 < 1 || step.x2 - step.x1 < 1) && x2 - step.x1 < 2) {
      step.x2 = x2;
      step.least = Math.min(step.least, used);
      step.most = Math.max(step.most, used);
    } else steps.push({ x1, x2, least: used, most: used });
  }
  return steps;
}

/** Who has the lock. */
function drawHolders(layout: Layout, track: Track, top: number, { surface, scale, order, lang }: Pen): void {
  const { holds } = layout;
  const middle = top + track.height / 2;
  surface.line("ruleStrong", [scale.left, middle, scale.left + scale.width, middle]);
  const end = holds.resourceFirst[track.index + 1] ?? 0;
  // A lock has one holder at a time, so its holds end in the order in which they begin.
  let index = firstWhere(holds.resourceFirst[track.index] ?? 0, end, (at) => holdTo(layout, holds.byResource[at] ?? 0, order) >= scale.from);
  let painted = -Infinity;
  for (; index < end; index += 1) {
    const hold = holds.byResource[index] ?? 0;
    const [from, to] = [holdFrom(layout, hold, order), holdTo(layout, hold, order)];
    if (from > scale.to) break;
    const [x1, x2] = [xOf(scale, from), xOf(scale, to)];
    // Of holds that share a pixel one is enough.
    if (to <= from || x2 < painted + 0.5) continue;
    painted = x2;
    surface.box("lock", x1 + 0.5, top + 1, Math.max(x2 - x1 - 1, 0.5), track.height - 2, 3);
    const [left, right] = [Math.max(x1, scale.left), Math.min(x2, scale.left + scale.width)];
    const text = fitted(laneName(lang, layout, holds.lane[hold] ?? -1, true), right - left - 8);
    if (text === "") continue;
    const room = textWidth(text) + 8;
    surface.box("lockPlain", (left + right - room) / 2, top + 1, room, track.height - 2, 3);
    surface.text("paper", text, (left + right) / 2, middle + 4.5, { align: "middle" });
  }
}
