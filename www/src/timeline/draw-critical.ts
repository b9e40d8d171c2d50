import { say, type Lang } from "../i18n/index.js";
import { drawEndingAgain } from "./draw-lanes.js";
import type { Figure } from "./draw-run.js";
import { msIn } from "./names.js";
import type { Pen } from "./pen.js";
import { READABLE } from "./rows.js";
import type { CriticalLink } from "./run.js";
import { xOf } from "./scale.js";
import { firstWhere } from "./search.js";
import { strings } from "./strings.js";
import { textWidth } from "./surface.js";

/** Marks the critical path: each stretch outlined in its lane, joined to the one before, and the lengths in the band above. */
export function drawCritical({ layout, rows, top, lift }: Figure, pen: Pen): void {
  const links = layout.run.critical ?? [];
  const { surface, scale } = pen;
  const bottom = Math.min(pen.clipBottom, top + rows.tracksTop - lift);
  const [start, end] = linksSeen(links, pen);
  if (start >= end) return;
  surface.clipped(scale.left - 6, pen.clipTop, scale.width + 22, Math.max(0, bottom - pen.clipTop), () => {
    let before: readonly [number, number] | undefined;
    let seen = -Infinity;
    const thin: number[] = [];
    const joints: number[] = [];
    for (let index = Math.max(0, start - 1); index < Math.min(links.length, end + 1); index += 1) {
      const link = links[index];
      const lane = layout.laneOfTask[(link?.task ?? -1) + 1] ?? -1;
      if (!link || lane < 0) continue;
      const [x1, x2] = extent(link, pen);
      const height = Math.max(3, rows.laneHeight - (rows.laneHeight >= 20 ? 2 : 0));
      const y = top + rows.band + (lane + 0.5) * rows.laneHeight - height / 2;
      const middle = y + height / 2;
      const from = before;
      before = [x2, middle];
      // Of stretches that share a pixel one is enough.
      if (x2 - seen < 0.5) continue;
      seen = x2;
      if (from && (Math.abs(from[0] - x1) > 1 || Math.abs(from[1] - middle) > rows.laneHeight / 2)) connect(from, x1, middle, height, pen, joints);
      if (x2 - x1 >= 3 && height >= 6) {
        surface.frame("critical", x1 - 1, y, x2 - x1 + 2, height, 4, { width: 2 });
        if (height >= READABLE) drawEndingAgain(layout, lane, top + rows.band + lane * rows.laneHeight, rows.laneHeight, pen);
      }
      else thin.push(x1, middle, Math.max(x2, x1 + 0.5), middle);
    }
    surface.strokes("critical", joints, { width: 1.5 });
    surface.strokes("critical", thin, { width: 2 });
  });
  if (!pen.order && rows.band >= 20) drawLengths(links, start, end, top, pen);
}

function extent(link: CriticalLink, { scale, order }: Pen): readonly [number, number] {
  return order ? [xOf(scale, link.fromEvent), xOf(scale, link.toEvent)] : [xOf(scale, link.fromMs), xOf(scale, link.toMs)];
}

/** The links touch one another in time, so they are in order at both ends. */
function linksSeen(links: readonly CriticalLink[], { scale, order }: Pen): readonly [number, number] {
  const start = firstWhere(0, links.length, (at) => (order ? (links[at]?.toEvent ?? 0) : (links[at]?.toMs ?? 0)) >= scale.from);
  const end = firstWhere(start, links.length, (at) => (order ? (links[at]?.fromEvent ?? 0) : (links[at]?.fromMs ?? 0)) > scale.to);
  return [start, end];
}

/** From the end of one stretch to the beginning of the next, with a head where it arrives if there is room for one. */
function connect([x, y]: readonly [number, number], toX: number, toY: number, height: number, { surface }: Pen, joints: number[]): void {
  const down = toY > y ? 1 : -1;
  const edge = toY - down * (height / 2);
  if (Math.abs(edge - y) < 2) return;
  const middle = (y + edge) / 2;
  joints.push(x, y, x, middle, x, middle, toX, middle, toX, middle, toX, edge);
  if (height >= 12) surface.line("critical", [toX - 3.5, edge - down * 5, toX, edge, toX + 3.5, edge - down * 5], { width: 1.5 });
}

/** Brackets narrower than this would be a comb. */
const NARROW = 8;

/** The sleeps that make up the total, end to end; as one bracket when they are too many for one each. */
function drawLengths(links: readonly CriticalLink[], start: number, end: number, top: number, pen: Pen): void {
  const { surface, scale, lang } = pen;
  const y = top + 12;
  if (top + 24 < pen.clipTop) return;
  const seen = links.slice(start, end).filter(({ fromMs, toMs }) => toMs > fromMs);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return;
  const width = extent(last, pen)[1] - extent(first, pen)[0];
  const parts = width / seen.length < NARROW ? [{ x1: extent(first, pen)[0], x2: extent(last, pen)[1], text: sumText(lang, seen) }] : seen.map((link) => part(link, pen));
  surface.clipped(scale.left - 6, pen.clipTop, scale.width + 22, Math.max(0, pen.clipBottom - pen.clipTop), () => {
    surface.strokes(
      "critical",
      parts.flatMap(({ x1, x2 }) => [x1 + 0.5, y - 4, x1 + 0.5, y + 4, x1 + 0.5, y, x2 - 0.5, y, x2 - 0.5, y - 4, x2 - 0.5, y + 4]),
    );
    for (const { x1, x2, text } of parts) {
      if (text === undefined || x2 - x1 <= textWidth(text) + 8) continue;
      const middle = (Math.max(x1, scale.left) + Math.min(x2, scale.left + scale.width)) / 2;
      surface.text("ink2", text, middle, y + 4.5, { align: "middle", halo: true });
    }
  });
}

function part(link: CriticalLink, pen: Pen): { x1: number; x2: number; text: string | undefined } {
  const [x1, x2] = extent(link, pen);
  // Where there is no room for a text none is made.
  return { x1, x2, text: x2 - x1 < 28 ? undefined : msIn(pen.lang, link.toMs - link.fromMs) };
}

/** `1,000 × 10 ms` where all are alike, else how many there are. */
function sumText(lang: Lang, links: readonly CriticalLink[]): string {
  const [first] = links;
  const length = first ? first.toMs - first.fromMs : 0;
  const alike = links.every(({ fromMs, toMs }) => Math.abs(toMs - fromMs - length) < 1e-6);
  return alike ? say(lang, strings.alike, links.length, length) : say(lang, strings.stretches, links.length);
}
