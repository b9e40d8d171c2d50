import { expect, test } from "@playwright/test";
import { dice, layouts, segmentsOf } from "./timeline-runs.js";
import { DensityMemory, densityOf, Kind, KINDS, sharesOf } from "../../src/timeline/density.js";
import { paintDensity } from "../../src/timeline/density-image.js";
import { beginOf, Doing, endOf, layOut, type Layout } from "../../src/timeline/layout.js";
import { tokens, type Palette } from "../../src/timeline/palette.js";
import { placedOf } from "../../src/timeline/placed.js";
import type { Stretch } from "../../src/timeline/run.js";

/** How long lanes wait and sleep within a stretch, counted segment by segment. */
function counted(layout: Layout, lanes: readonly number[], { from, to }: Stretch, order: boolean): number[] {
  const sums = Array<number>(KINDS).fill(0);
  for (const lane of lanes) {
    for (const segment of segmentsOf(layout, lane)) {
      const doing = layout.doing[segment];
      if (doing !== Doing.wait && doing !== Doing.sleep) continue;
      const holding = ((layout.held[segment] ?? 0) & 3) !== 0;
      const kind = doing === Doing.wait ? (holding ? Kind.waitHolding : Kind.wait) : holding ? Kind.sleepHolding : Kind.sleep;
      const length = Math.min(endOf(layout, lane, segment, order), to) - Math.max(beginOf(layout, segment, order), from);
      sums[kind] = (sums[kind] ?? 0) + Math.max(0, length);
    }
  }
  return sums;
}

const range = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, index) => start + index);
const LASTING = [Kind.wait, Kind.waitHolding, Kind.sleep, Kind.sleepHolding];

test("a density counts what the segments count, in every row, window and resolution", () => {
  const memory = new DensityMemory();
  const roll = dice(7);
  for (const layout of layouts) {
    for (const order of [false, true]) {
      const length = order ? layout.run.columns.atMs.length : layout.lastMs;
      if (!(length > 0)) continue;
      const from = (roll(50) / 100) * length;
      const shown = { from, to: from + ((1 + roll(99)) / 100) * length };
      const [columns, lanesPerRow] = [1 + roll(300), 1 + roll(4)];
      const density = densityOf(layout, [0, layout.lanes], shown, columns, lanesPerRow, order, memory);
      const perPixel = (shown.to - shown.from) / columns;
      const off: string[] = [];
      for (let row = 0; row < density.rows; row += 1) {
        const wanted = counted(layout, range(row * lanesPerRow, Math.min(layout.lanes, (row + 1) * lanesPerRow)), shown, order);
        for (const kind of LASTING) {
          const drawn = sharesOf(density, row, kind).reduce((sum, share) => sum + share, 0) * perPixel;
          if (Math.abs(drawn - (wanted[kind] ?? 0)) > 1e-4 * length * Math.max(1, lanesPerRow)) off.push(`row ${row} kind ${kind}: ${drawn} for ${wanted[kind]}`);
        }
      }
      expect(off).toEqual([]);
    }
  }
});

test("no pixel has more than all of its lanes, or less than none", () => {
  for (const layout of layouts) {
    if (!(layout.lastMs > 0)) continue;
    const density = densityOf(layout, [0, layout.lanes], { from: 0, to: layout.lastMs }, 97, 3, false);
    for (let row = 0; row < density.rows; row += 1) {
      const kinds = LASTING.map((kind) => sharesOf(density, row, kind));
      const sums = Array.from(kinds[0] ?? [], (_, x) => kinds.reduce((sum, shares) => sum + (shares[x] ?? 0), 0));
      expect(sums.filter((sum) => sum < -1e-3 || sum > 3 + 1e-3)).toEqual([]);
    }
  }
});

test("memory that was used before changes nothing", () => {
  const memory = new DensityMemory();
  for (const layout of layouts.slice(0, 60)) {
    if (!(layout.lastMs > 0)) continue;
    const ask = (own?: DensityMemory) => densityOf(layout, [0, layout.lanes], { from: 0, to: layout.lastMs }, 50, 1, false, own);
    const [used, fresh] = [ask(memory), ask()];
    expect([...used.changes.subarray(0, fresh.changes.length)]).toEqual([...fresh.changes]);
    expect([...used.changed.subarray(0, fresh.changed.length)]).toEqual([...fresh.changed]);
  }
});

const palette = Object.fromEntries(Object.keys(tokens).map((name, index) => [name, `rgb(${10 + 20 * index}, ${index}, ${250 - 20 * index})`])) as unknown as Palette;

function painted(layout: Layout, width: number, height: number, rowHeight: number, shift: number): Uint32Array {
  const density = densityOf(layout, [0, layout.lanes], { from: 0, to: layout.lastMs }, width, 1, false);
  const data = new Uint8ClampedArray(4 * width * height);
  const place = { width, height, rowHeight, above: 0, shiftX: shift, shiftY: shift };
  paintDensity(density, palette, place, { data, width, height } as ImageData);
  return new Uint32Array(data.buffer);
}

test("a run that another thread placed has the same layout and density", () => {
  for (const layout of layouts) {
    const placed = structuredClone(placedOf(layout.run));
    const handed = layOut({ ...layout.run, placed });
    expect({ ...handed, run: undefined }).toEqual({ ...layout, run: undefined });
    const whole = { from: 0, to: layout.lastMs };
    expect(densityOf(handed, [0, handed.lanes], whole, 200, 1, false)).toEqual(densityOf(layout, [0, layout.lanes], whole, 200, 1, false));
  }
});

test("pixels are painted where something lasts, and nowhere else", () => {
  for (const layout of layouts.slice(60, 100)) {
    if (!(layout.lastMs > 0) || layout.atOnce.includes(1) || layout.ending.includes(1)) continue;
    const width = 64;
    const pixels = painted(layout, width, layout.lanes, 1, 0);
    const density = densityOf(layout, [0, layout.lanes], { from: 0, to: layout.lastMs }, width, 1, false);
    for (let lane = 0; lane < layout.lanes; lane += 1) {
      const kinds = LASTING.map((kind) => sharesOf(density, lane, kind));
      const lasting = Array.from(kinds[0] ?? [], (_, x) => kinds.some((shares) => (shares[x] ?? 0) > 2e-3));
      expect(Array.from(pixels.subarray(lane * width, (lane + 1) * width), (pixel) => pixel !== 0)).toEqual(lasting);
    }
  }
});

test("textures repeat, so that they move along with the lanes", () => {
  const layout = layouts.find(({ lastMs, lanes }) => lastMs > 20 && lanes > 4) as Layout;
  expect(painted(layout, 80, 40, 5, 12)).toEqual(painted(layout, 80, 40, 5, 0));
  expect(painted(layout, 80, 40, 5, 5)).not.toEqual(painted(layout, 80, 40, 5, 0));
});
