import { HATCH, WAVE } from "./canvas-surface.js";
import { Kind, KINDS, type Density } from "./density.js";
import { channels, type Palette } from "./palette.js";

/** Where a density is painted, in pixels of its own picture. */
export interface Place {
  readonly width: number;
  readonly height: number;
  /** How high a row of the density is, and how far above the picture the first one begins. */
  readonly rowHeight: number;
  readonly above: number;
  /** Where the textures begin, so that they move along with the lanes. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/** Few of many must still be seen: the root of a share is what is painted. */
const VISIBLE = Float32Array.from({ length: 257 }, (_, share) => (share === 0 ? 0 : Math.max(0.12, Math.sqrt(share / 256))));

/** Paints a density with the colours and textures of the lanes. */
export function paintDensity(density: Density, palette: Palette, place: Place, pixels: ImageData): void {
  const colors = colorsOf(palette);
  const out = new Uint32Array(pixels.data.buffer);
  const { width, height, rowHeight, above } = place;
  const parts = new Float32Array(KINDS);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y + above) / rowHeight);
    // A hair of paper between lanes that are high enough for it.
    const gap = rowHeight >= 5 && Math.floor((y + 1 + above) / rowHeight) !== row;
    const outside = row < 0 || row >= density.rows || gap;
    for (let x = 0; x < width; x += 1) out[y * width + x] = outside ? 0 : pixelOf(density, row, x, y, place, colors, parts);
  }
}

function pixelOf(density: Density, row: number, x: number, y: number, place: Place, colors: Float32Array, parts: Float32Array): number {
  const { rows, stride, shares, lanesPerRow } = density;
  let sum = 0;
  for (let kind = 0; kind < KINDS; kind += 1) {
    const share = shares[(kind * rows + row) * stride + x] ?? 0;
    const part = share > 1e-4 ? (VISIBLE[Math.min(256, Math.ceil((share / lanesPerRow) * 256))] ?? 1) : 0;
    parts[kind] = part;
    sum += part;
  }
  if (sum === 0) return 0;
  const [tx, ty] = [mod(x - place.shiftX, WAVE.width), mod(y - place.shiftY, HATCH)];
  const hatched = (tx + ty) % HATCH < 2;
  const waved = WAVES[tx] === ty;
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let kind = 0; kind < KINDS; kind += 1) {
    const part = (parts[kind] ?? 0) / Math.max(1, sum);
    if (part === 0) continue;
    // Between the lines of the hatch the paper shows; a wave lets through a little of it.
    const waits = kind === Kind.wait || kind === Kind.waitHolding;
    const sleeps = kind === Kind.sleep || kind === Kind.sleepHolding;
    const ink = waits ? part * (hatched ? 1 : 0.16) : sleeps && waved ? part * 0.55 : part;
    red += ink * (colors[3 * kind] ?? 0);
    green += ink * (colors[3 * kind + 1] ?? 0);
    blue += ink * (colors[3 * kind + 2] ?? 0);
    alpha += ink;
  }
  if (alpha === 0) return 0;
  const byte = (value: number): number => Math.min(255, Math.round(value / alpha));
  return ((Math.min(255, Math.round(alpha * 255)) << 24) | (byte(blue) << 16) | (byte(green) << 8) | byte(red)) >>> 0;
}

/** The height of the wave at each place of its tile. */
const WAVES = Int8Array.from({ length: WAVE.width }, (_, x) => Math.round(3 - 1.6 * Math.sin(((x + 0.5) / WAVE.width) * 2 * Math.PI)));

const mod = (value: number, by: number): number => ((Math.floor(value) % by) + by) % by;

function colorsOf(palette: Palette): Float32Array {
  const colors = new Float32Array(3 * KINDS);
  const [wait, hold, sleep] = [channels(palette.wait), channels(palette.hold), channels(palette.sleep)];
  const between = (a: readonly number[], b: readonly number[], share: number): number[] => a.map((value, at) => value * (1 - share) + (b[at] ?? 0) * share);
  colors.set(wait, 3 * Kind.wait);
  colors.set(between(wait, hold, 0.6), 3 * Kind.waitHolding);
  colors.set(sleep, 3 * Kind.sleep);
  // A sleeper that holds something is framed by it: on a pixel the frame is a share of the colour.
  colors.set(between(sleep, hold, 0.4), 3 * Kind.sleepHolding);
  colors.set(channels(palette.ink), 3 * Kind.once);
  colors.set(channels(palette.failed), 3 * Kind.refused);
  return colors;
}
