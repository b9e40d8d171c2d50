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

/** What a texture does to a pixel: bits of a mask. */
const HATCHED = 1;
const WAVED = 2;

/** Few of many must still be seen: the root of a share is what is painted. */
const VISIBLE = Float32Array.from({ length: 257 }, (_, share) => (share === 0 ? 0 : Math.max(0.12, Math.sqrt(share / 256))));

/** Less than this share of a lane is the noise of adding. */
const NOISE = 2e-3;

/** Paints a density with the colours and textures of the lanes. */
export function paintDensity(density: Density, palette: Palette, place: Place, pixels: ImageData): void {
  const out = new Uint32Array(pixels.data.buffer);
  const { width, height, rowHeight, above, shiftX, shiftY } = place;
  const pot = new Pot(palette, density.lanesPerRow);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y + above) / rowHeight);
    // A hair of paper between lanes that are high enough for it.
    const gap = rowHeight >= 5 && Math.floor((y + 1 + above) / rowHeight) !== row;
    const begin = y * width;
    if (row < 0 || row >= density.rows || gap) out.fill(0, begin, begin + width);
    else paintRow(density, row, maskOf(y - shiftY), shiftX, out.subarray(begin, begin + width), pot);
  }
}

function paintRow({ stride, changes, changed }: Density, row: number, mask: Uint8Array, shiftX: number, out: Uint32Array, pot: Pot): void {
  const base = row * stride;
  const ahead = changed.subarray(base, base + out.length);
  const { shares, colors } = pot;
  shares.fill(0);
  colors.fill(0);
  let x = 0;
  while (x < out.length) {
    if (ahead[x] === 1) {
      const at = (base + x) * KINDS;
      for (let kind = 0; kind < KINDS; kind += 1) shares[kind] = (shares[kind] ?? 0) + (changes[at + kind] ?? 0);
      pot.mix();
    }
    const next = ahead.indexOf(1, x + 1);
    const stop = next < 0 ? out.length : next;
    fillStretch(out, x, stop, colors, mask, mod(x - shiftX, WAVE.width));
    x = stop;
  }
}

/** Fills pixels that differ in nothing but the texture: one tile of it, then copies. */
function fillStretch(out: Uint32Array, start: number, stop: number, colors: Uint32Array, mask: Uint8Array, texture: number): void {
  const [plain] = colors;
  if (colors.every((color) => color === plain)) {
    out.fill(plain ?? 0, start, stop);
    return;
  }
  let filled = Math.min(stop, start + WAVE.width);
  for (let x = start; x < filled; x += 1) out[x] = colors[mask[(texture + x - start) % WAVE.width] ?? 0] ?? 0;
  while (filled < stop) {
    // A whole number of tiles each time, so that the texture goes on.
    const copied = Math.min(filled - start, stop - filled);
    out.copyWithin(filled, start, start + copied);
    filled += copied;
  }
}

/** Mixes the colour of a pixel from its shares, once for each thing that a texture may do to it. */
class Pot {
  readonly shares = new Float64Array(KINDS);
  readonly colors = new Uint32Array(4);
  readonly #inks: Float32Array;
  readonly #lanes: number;
  readonly #parts = new Float32Array(KINDS);

  constructor(palette: Palette, lanesPerRow: number) {
    this.#inks = inksOf(palette);
    this.#lanes = lanesPerRow;
  }

  mix(): void {
    let sum = 0;
    for (let kind = 0; kind < KINDS; kind += 1) {
      const share = this.shares[kind] ?? 0;
      const part = share > NOISE ? (VISIBLE[Math.min(256, Math.ceil((share / this.#lanes) * 256))] ?? 1) : 0;
      this.#parts[kind] = part;
      sum += part;
    }
    for (let mask = 0; mask < 4; mask += 1) this.colors[mask] = sum === 0 ? 0 : this.#colorOf(mask, Math.max(1, sum));
  }

  #colorOf(mask: number, all: number): number {
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let kind = 0; kind < KINDS; kind += 1) {
      const part = (this.#parts[kind] ?? 0) / all;
      if (part === 0) continue;
      // Between the lines of the hatch the paper shows; a wave lets through a little of it.
      const waits = kind === Kind.wait || kind === Kind.waitHolding;
      const sleeps = kind === Kind.sleep || kind === Kind.sleepHolding;
      const ink = waits ? part * ((mask & HATCHED) !== 0 ? 1 : 0.16) : sleeps && (mask & WAVED) !== 0 ? part * 0.55 : part;
      red += ink * (this.#inks[3 * kind] ?? 0);
      green += ink * (this.#inks[3 * kind + 1] ?? 0);
      blue += ink * (this.#inks[3 * kind + 2] ?? 0);
      alpha += ink;
    }
    if (alpha === 0) return 0;
    const byte = (value: number): number => Math.min(255, Math.round(value / alpha));
    return ((Math.min(255, Math.round(alpha * 255)) << 24) | (byte(blue) << 16) | (byte(green) << 8) | byte(red)) >>> 0;
  }
}

/** The height of the wave at each place of its tile. */
const WAVES = Int8Array.from({ length: WAVE.width }, (_, x) => Math.round(3 - 1.6 * Math.sin(((x + 0.5) / WAVE.width) * 2 * Math.PI)));

/** What the textures do along a line of pixels; both repeat with the wave. */
const MASKS = Array.from({ length: HATCH }, (_, y) =>
  Uint8Array.from({ length: WAVE.width }, (_, x) => ((x + y) % HATCH < 2 ? HATCHED : 0) | (WAVES[x] === y ? WAVED : 0)),
);
const maskOf = (y: number): Uint8Array => MASKS[mod(y, HATCH)] ?? new Uint8Array(WAVE.width);

const mod = (value: number, by: number): number => ((Math.floor(value) % by) + by) % by;

function inksOf(palette: Palette): Float32Array {
  const inks = new Float32Array(3 * KINDS);
  const [wait, hold, sleep] = [channels(palette.wait), channels(palette.hold), channels(palette.sleep)];
  const between = (a: readonly number[], b: readonly number[], share: number): number[] => a.map((value, at) => value * (1 - share) + (b[at] ?? 0) * share);
  inks.set(wait, 3 * Kind.wait);
  inks.set(between(wait, hold, 0.6), 3 * Kind.waitHolding);
  inks.set(sleep, 3 * Kind.sleep);
  // A sleeper that holds something is framed by it: on a pixel the frame is a share of the colour.
  inks.set(between(sleep, hold, 0.4), 3 * Kind.sleepHolding);
  inks.set(channels(palette.ink), 3 * Kind.once);
  inks.set(channels(palette.failed), 3 * Kind.refused);
  return inks;
}
