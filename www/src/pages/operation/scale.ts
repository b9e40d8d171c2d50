/** Round marks from 0 to `max`, at the most `about` steps: 0, 10, 20 ... */
export function ticks(max: number, about: number): number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0];
  const step = niceStep(max / Math.max(1, about));
  const marks: number[] = [];
  for (let index = 0; index * step <= max * (1 + 1e-9); index += 1) marks.push(round(index * step, step));
  return marks;
}

/** The smallest of 1, 2, 5, 10, 20 ... (and their tenths) that is not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return round(step * power, power);
}

/** Removes the noise of adding tenths. */
function round(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(12, digits)));
}

/** Maps [0, max] to [0, width] and back. */
export interface Scale {
  readonly max: number;
  readonly width: number;
  x(value: number): number;
  value(x: number): number;
}

/** A scale that never divides by nothing: with `max` 0 everything is at the left edge. */
export function linear(max: number, width: number): Scale {
  return {
    max,
    width,
    x: (value) => (max > 0 ? (Math.min(value, max) / max) * width : 0),
    value: (x) => (width > 0 ? (Math.min(Math.max(x, 0), width) / width) * max : 0),
  };
}
