import { beginOf, Doing, Ending, endOf, Held, type Layout } from "./layout.js";
import type { Stretch } from "./run.js";
import { firstWhere } from "./search.js";

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
 * What a density counts of a run, lane by lane and in order: only what lasts, and ends that have a mark. Most events of a run
 * are neither; without them a run of a million events is summed up in a few milliseconds.
 */
export interface Stretches {
  readonly first: Int32Array;
  readonly kind: Uint8Array;
  readonly from: Float64Array;
  /** Infinity for what never ends; the same as `from` for the mark of an end. */
  readonly to: Float64Array;
}

const known = { time: new WeakMap<Layout, Stretches>(), order: new WeakMap<Layout, Stretches>() };

function stretchesOf(layout: Layout, order: boolean): Stretches {
  const { placed } = layout.run;
  if (placed && !order) return placed.stretches;
  const cache = order ? known.order : known.time;
  let stretches = cache.get(layout);
  if (!stretches) cache.set(layout, (stretches = stretchesIn(layout, order)));
  return stretches;
}

/** Gathers them. */
export function stretchesIn(layout: Omit<Layout, "run">, order: boolean): Stretches {
  const { lanes, doing } = layout;
  const most = doing.reduce((count, does) => (does === Doing.run ? count : count + 1), 0);
  const first = new Int32Array(lanes + 1);
  const kind = new Uint8Array(most);
  const [from, to] = [new Float64Array(most), new Float64Array(most)];
  let count = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    for (let segment = layout.first[lane] ?? 0; segment < (layout.first[lane + 1] ?? 0); segment += 1) {
      const of = kindOf(layout, lane, segment);
      const [begin, finish] = [beginOf(layout, segment, order), endOf(layout, lane, segment, order)];
      const marks = doing[segment] === Doing.end;
      if (of < 0 || (finish <= begin && !marks)) continue;
      kind[count] = of;
      from[count] = begin;
      to[count] = finish;
      count += 1;
    }
    first[lane + 1] = count;
  }
  return { first, kind: kind.subarray(0, count), from: from.subarray(0, count), to: to.subarray(0, count) };
}

/** What a segment counts as; -1 for what a density does not show. */
function kindOf({ doing, held, ending, atOnce }: Omit<Layout, "run">, lane: number, segment: number): number {
  const holding = ((held[segment] ?? 0) & (Held.semaphore | Held.lock)) !== 0;
  switch (doing[segment]) {
    case Doing.wait:
      return holding ? Kind.waitHolding : Kind.wait;
    case Doing.sleep:
      return holding ? Kind.sleepHolding : Kind.sleep;
    case Doing.end:
      return ending[lane] === Ending.refused ? Kind.refused : atOnce[lane] === 1 ? Kind.once : -1;
    default:
      return -1;
  }
}

/**
 * Sums up the lanes from `start` to `end` over a stretch of the axis: as many columns as pixels, a row for each lane or for
 * several. A segment costs the same however long it is, since only its edges are noted.
 */
export function densityOf(
  layout: Layout,
  [start, end]: readonly [number, number],
  shown: Stretch,
  columns: number,
  lanesPerRow: number,
  order: boolean,
  memory = new DensityMemory(),
): Density {
  const rows = Math.ceil((end - start) / lanesPerRow);
  const stride = columns + 2;
  memory.clear(rows * stride);
  const scale = shown.to > shown.from ? columns / (shown.to - shown.from) : 0;
  const { first, kind, from, to } = stretchesOf(layout, order);
  for (let lane = start; lane < end; lane += 1) {
    const base = Math.floor((lane - start) / lanesPerRow) * stride;
    const past = first[lane + 1] ?? 0;
    for (let at = firstEnding(to, first[lane] ?? 0, past, shown.from); at < past; at += 1) {
      const begin = from[at] ?? 0;
      if (begin > shown.to) break;
      const of = kind[at] ?? 0;
      const finish = to[at] ?? 0;
      let x1 = (begin - shown.from) * scale;
      let x2 = finish < shown.to ? (finish - shown.from) * scale : columns;
      if (of >= Kind.once) {
        x1 -= 1;
        x2 = x1 + MARK;
      }
      if (x1 < 0) x1 = 0;
      if (x2 > columns) x2 = columns;
      if (!(x2 > x1)) continue;
      memory.note(base, of, x1, 1);
      memory.note(base, of, x2, -1);
    }
  }
  return { columns, rows, lanesPerRow, stride, changes: memory.changes, changed: memory.changed };
}

/** The first stretch of a lane that does not end before a place. A lane has few: a walk is faster than halving, up to a point. */
function firstEnding(to: Float64Array, first: number, past: number, place: number): number {
  let at = first;
  if (past - first > 16) return firstWhere(first, past, (index) => (to[index] ?? 0) >= place);
  while (at < past && (to[at] ?? 0) < place) at += 1;
  return at;
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
