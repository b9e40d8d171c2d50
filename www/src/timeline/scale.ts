import type { Axis, Stretch } from "./run.js";

/** Round marks within a stretch, at the most about so many: 20, 30, 40. */
export function ticks({ from, to }: Stretch, about: number): number[] {
  const length = to - from;
  if (!(length > 0) || !Number.isFinite(length)) return [from];
  const step = niceStep(length / Math.max(1, about));
  const marks: number[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + length * 1e-9; index += 1) {
    // Adding zero turns the -0 of a rounded-up start into 0.
    marks.push(rounded(index * step, step) + 0);
  }
  return marks;
}

/** The smallest of 1, 2, 5, 10, 20 ... (and their tenths) that is not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return rounded(step * power, power);
}

/** Removes the noise of adding tenths. */
function rounded(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(12, digits)));
}

/** Maps the shown stretch of an axis to pixels. */
export interface Scale extends Stretch {
  readonly left: number;
  readonly width: number;
}

/** Where a place of the axis stands; beyond the edges it goes on, but never so far that arithmetic fails. */
export function xOf({ from, to, left, width }: Scale, value: number): number {
  const length = to - from;
  if (!(length > 0)) return left;
  const x = ((value - from) / length) * width;
  return left + Math.min(Math.max(x, -FAR), width + FAR);
}

const FAR = 10_000;

/** The place of the axis at a pixel; outside the scale its nearest edge. */
export function valueAt({ from, to, left, width }: Scale, x: number): number {
  return width > 0 ? from + (Math.min(Math.max(x - left, 0), width) / width) * (to - from) : from;
}

/** The least that can be shown: less would be rounding noise. */
export function leastLength(full: Stretch, axis: Axis): number {
  return axis === "order" ? Math.min(4, full.to - full.from) : (full.to - full.from) * 1e-7;
}

/** A stretch moved and cut so that it lies within the full one. */
export function within(wanted: Stretch, full: Stretch, least = 0): Stretch {
  const whole = full.to - full.from;
  const length = Math.min(Math.max(wanted.to - wanted.from, least), whole);
  if (!(length < whole)) return full;
  const middle = (wanted.from + wanted.to) / 2;
  const from = Math.min(Math.max(middle - length / 2, full.from), full.to - length);
  return { from, to: from + length };
}

/** Shows `factor` times less (or more, below 1) around a place that stays where it is. */
export function zoomed(shown: Stretch, full: Stretch, factor: number, at: number, least: number): Stretch {
  const length = Math.max((shown.to - shown.from) / factor, least);
  const share = shown.to > shown.from ? (at - shown.from) / (shown.to - shown.from) : 0.5;
  const from = at - length * share;
  return within({ from, to: from + length }, full, least);
}

/** Goes on along the axis by a share of what is shown. */
export function panned(shown: Stretch, full: Stretch, by: number): Stretch {
  const step = (shown.to - shown.from) * by;
  return within({ from: shown.from + step, to: shown.to + step }, full);
}

/** Whether a stretch is all there is. */
export function isAll(shown: Stretch, full: Stretch): boolean {
  return shown.from <= full.from && shown.to >= full.to;
}

/** Whether two stretches are the same but for the rounding of an address. */
export function near(a: Stretch | undefined, b: Stretch | undefined): boolean {
  if (!a || !b) return a === b;
  const tolerance = Math.max(b.to - b.from, 1e-9) * 1e-2;
  return Math.abs(a.from - b.from) <= tolerance && Math.abs(a.to - b.to) <= tolerance;
}
