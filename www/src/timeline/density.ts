import { beginOf, Doing, Ending, endOf, Held, type Layout } from "./layout.js";
import type { Stretch } from "./run.js";
import { firstReaching } from "./search.js";

/** What a pixel of a density counts, one after another. */
export const Kind = { wait: 0, waitHolding: 1, sleep: 2, sleepHolding: 3, once: 4, refused: 5 } as const;
export const KINDS = 6;

/** How much of each pixel's time its lanes spend in each state. */
export interface Density {
  readonly columns: number;
  readonly rows: number;
  /** Lanes in a row; the last may have fewer. */
  readonly lanesPerRow: number;
  /** Shares of kind `k` in row `r` begin at `(k * rows + r) * stride`. */
  readonly stride: number;
  readonly shares: Float32Array;
}

/** How many pixels wide the mark of an end is. */
const MARK = 3;

/**
 * Sums up the lanes from `start` to `end` over a stretch of the axis: as many columns as pixels, a row for each lane or for
 * several. A segment costs the same however long it is: only its edges are noted, and summed up in the end.
 */
export function densityOf(
  layout: Layout,
  [start, end]: readonly [number, number],
  { from, to }: Stretch,
  columns: number,
  lanesPerRow: number,
  order: boolean,
): Density {
  const rows = Math.ceil((end - start) / lanesPerRow);
  const stride = columns + 2;
  const shares = new Float32Array(KINDS * rows * stride);
  const scale = to > from ? columns / (to - from) : 0;
  const add = (kind: number, row: number, x1: number, x2: number): void => {
    const base = (kind * rows + row) * stride;
    const [a, b] = [Math.max(x1, 0), Math.min(x2, columns)];
    if (!(b > a)) return;
    step(shares, base, a);
    step(shares, base, b, -1);
  };
  for (let lane = start; lane < end; lane += 1) {
    const row = Math.floor((lane - start) / lanesPerRow);
    const past = layout.first[lane + 1] ?? 0;
    for (let segment = firstReaching(layout, lane, from, order); segment < past; segment += 1) {
      const begin = beginOf(layout, segment, order);
      if (begin > to) break;
      const doing = layout.doing[segment];
      if (doing === Doing.end) {
        const kind = layout.ending[lane] === Ending.refused ? Kind.refused : layout.atOnce[lane] === 1 ? Kind.once : -1;
        if (kind >= 0) add(kind, row, (begin - from) * scale - 1, (begin - from) * scale - 1 + MARK);
        continue;
      }
      if (doing !== Doing.wait && doing !== Doing.sleep) continue;
      const finish = endOf(layout, lane, segment, order);
      if (finish <= begin) continue;
      const holding = ((layout.held[segment] ?? 0) & (Held.semaphore | Held.lock)) !== 0;
      const kind = doing === Doing.wait ? (holding ? Kind.waitHolding : Kind.wait) : holding ? Kind.sleepHolding : Kind.sleep;
      add(kind, row, (begin - from) * scale, Number.isFinite(finish) ? (finish - from) * scale : columns);
    }
  }
  for (let line = 0; line < KINDS * rows; line += 1) {
    let sum = 0;
    for (let at = line * stride, stop = at + columns; at < stop; at += 1) shares[at] = sum += shares[at] ?? 0;
  }
  return { columns, rows, lanesPerRow, stride, shares };
}

/** Notes that from `x` on there is one more (or one less): the pixel of `x` has its part of it. */
function step(shares: Float32Array, base: number, x: number, by = 1): void {
  const pixel = Math.floor(x);
  const part = (1 - (x - pixel)) * by;
  shares[base + pixel] = (shares[base + pixel] ?? 0) + part;
  shares[base + pixel + 1] = (shares[base + pixel + 1] ?? 0) + by - part;
}
