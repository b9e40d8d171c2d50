import { Doing, Ending, Held, type Layout } from "./layout.js";
import type { Stretch } from "./run.js";
import { firstReaching } from "./search.js";

/** What a pixel of a density counts, one after another. */
export const Kind = { wait: 0, waitHolding: 1, sleep: 2, sleepHolding: 3, once: 4, refused: 5 } as const;
export const KINDS = 6;

/**
 * How much of each pixel's time its lanes spend in each state, as changes from pixel to pixel: the change of kind `k` at
 * column `x` of row `r` is at `(r * stride + x) * KINDS + k`.
 */
export interface Density {
  readonly columns: number;
  readonly rows: number;
  /** Lanes in a row; the last may have fewer. */
  readonly lanesPerRow: number;
  readonly stride: number;
  readonly changes: Float32Array;
  /** Where anything changes: most pixels are like the one before. */
  readonly changed: Uint8Array;
}

/** How many pixels wide the mark of an end is. */
const MARK = 3;

/**
 * Memory of one drawing for the next one: a density is some megabytes, and there are sixty of them in a second. What was
 * noted is taken back note by note, which is far less than all of it.
 */
export class DensityMemory {
  changes = new Float32Array(0);
  changed = new Uint8Array(0);
  #noted = new Int32Array(1024);
  #count = 0;

  /** Makes room for so many pixels, all of them without a change. */
  clear(pixels: number): void {
    if (this.changed.length < pixels) {
      this.changes = new Float32Array(pixels * KINDS);
      this.changed = new Uint8Array(pixels);
    } else {
      for (let index = 0; index < this.#count; index += 1) {
        const pixel = this.#noted[index] ?? 0;
        this.changed[pixel] = 0;
        this.changes.fill(0, pixel * KINDS, (pixel + 1) * KINDS);
      }
    }
    this.#count = 0;
  }

  /** Notes that from `x` on there is one more (or one less): the pixel of `x` has its part of it. */
  note(base: number, kind: number, x: number, by: 1 | -1): void {
    const whole = Math.floor(x);
    const part = (1 - (x - whole)) * by;
    this.#add(base + whole, kind, part);
    this.#add(base + whole + 1, kind, by - part);
  }

  #add(pixel: number, kind: number, by: number): void {
    const at = pixel * KINDS + kind;
    this.changes[at] = (this.changes[at] ?? 0) + by;
    if (this.changed[pixel] === 1) return;
    this.changed[pixel] = 1;
    if (this.#count === this.#noted.length) {
      const more = new Int32Array(2 * this.#count);
      more.set(this.#noted);
      this.#noted = more;
    }
    this.#noted[this.#count] = pixel;
    this.#count += 1;
  }
}

/**
 * Sums up the lanes from `start` to `end` over a stretch of the axis: as many columns as pixels, a row for each lane or for
 * several. A segment costs the same however long it is, since only its edges are noted.
 */
export function densityOf(
  layout: Layout,
  [start, end]: readonly [number, number],
  { from, to }: Stretch,
  columns: number,
  lanesPerRow: number,
  order: boolean,
  memory = new DensityMemory(),
): Density {
  const rows = Math.ceil((end - start) / lanesPerRow);
  const stride = columns + 2;
  memory.clear(rows * stride);
  const scale = to > from ? columns / (to - from) : 0;
  const { first, event, ms, doing, held, ending, atOnce } = layout;
  const place = order ? event : ms;
  const add = (kind: number, row: number, x1: number, x2: number): void => {
    const [a, b] = [x1 > 0 ? x1 : 0, x2 < columns ? x2 : columns];
    if (!(b > a)) return;
    memory.note(row * stride, kind, a, 1);
    memory.note(row * stride, kind, b, -1);
  };
  for (let lane = start; lane < end; lane += 1) {
    const row = Math.floor((lane - start) / lanesPerRow);
    const past = first[lane + 1] ?? 0;
    for (let segment = firstReaching(layout, lane, from, order); segment < past; segment += 1) {
      const begin = place[segment] ?? 0;
      if (begin > to) break;
      const does = doing[segment];
      if (does === Doing.run) continue;
      const x = (begin - from) * scale;
      if (does === Doing.end) {
        const kind = ending[lane] === Ending.refused ? Kind.refused : atOnce[lane] === 1 ? Kind.once : -1;
        if (kind >= 0) add(kind, row, x - 1, x - 1 + MARK);
        continue;
      }
      const finish = segment + 1 < past ? (place[segment + 1] ?? 0) : Infinity;
      if (finish <= begin) continue;
      const holding = ((held[segment] ?? 0) & (Held.semaphore | Held.lock)) !== 0;
      const kind = does === Doing.wait ? (holding ? Kind.waitHolding : Kind.wait) : holding ? Kind.sleepHolding : Kind.sleep;
      add(kind, row, x, finish < to ? (finish - from) * scale : columns);
    }
  }
  return { columns, rows, lanesPerRow, stride, changes: memory.changes, changed: memory.changed };
}

/** The shares of one kind in a row, column by column: how many lanes are in that state there. */
export function sharesOf({ columns, stride, changes }: Density, row: number, kind: number): Float32Array {
  const shares = new Float32Array(columns);
  let sum = 0;
  for (let x = 0; x < columns; x += 1) {
    sum += changes[(row * stride + x) * KINDS + kind] ?? 0;
    shares[x] = sum;
  }
  return shares;
}
