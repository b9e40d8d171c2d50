import { densityOf, Kind, sharesOf } from "./density.js";
import type { Layout } from "./layout.js";
import type { Palette } from "./palette.js";
import type { Stretch } from "./run.js";
import { isAll } from "./scale.js";

/** The whole of all runs in a strip, with a window on what the chart shows. */
export class Overview {
  readonly #canvas: HTMLCanvasElement;
  #picture: HTMLCanvasElement | undefined;
  #made: readonly unknown[] = [];

  constructor(element: HTMLElement) {
    this.#canvas = element.appendChild(document.createElement("canvas"));
  }

  paint(layouts: readonly Layout[], order: boolean, full: Stretch, shown: Stretch, palette: Palette, ratio: number): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const context = this.#canvas.getContext("2d");
    if (!context || width === 0) return;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== w || this.#canvas.height !== h) [this.#canvas.width, this.#canvas.height] = [w, h];
    const recipe = [order, full.from, full.to, palette, w, h, ...layouts];
    if (!this.#picture || recipe.length !== this.#made.length || recipe.some((part, at) => part !== this.#made[at])) {
      this.#picture = picture(layouts, order, full, palette, w, h);
      this.#made = recipe;
    }
    context.clearRect(0, 0, w, h);
    context.drawImage(this.#picture, 0, 0);
    const whole = isAll(shown, full);
    const length = full.to - full.from;
    if (!(length > 0)) return;
    const x1 = ((shown.from - full.from) / length) * w;
    const x2 = Math.max(((shown.to - full.from) / length) * w, x1 + 2 * ratio);
    context.globalAlpha = 0.7;
    context.fillStyle = palette.paper;
    context.fillRect(0, 0, x1, h);
    context.fillRect(x2, 0, w - x2, h);
    context.globalAlpha = 1;
    context.strokeStyle = whole ? palette.rule : palette.accent;
    context.lineWidth = ratio * (whole ? 1 : 1.5);
    context.strokeRect(x1 + context.lineWidth / 2, context.lineWidth / 2, Math.max(1, x2 - x1 - context.lineWidth), h - context.lineWidth);
  }
}

/** How many lanes sleep (below) and wait (above), column by column; how many return, where none does either. */
function picture(layouts: readonly Layout[], order: boolean, full: Stretch, palette: Palette, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const [asleep, waiting, ended] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  for (const layout of layouts) {
    if (layout.lanes === 0) continue;
    const density = densityOf(layout, [0, layout.lanes], full, width, layout.lanes, order);
    for (const kind of [Kind.sleep, Kind.sleepHolding]) sharesOf(density, 0, kind).forEach((share, x) => (asleep[x] = (asleep[x] ?? 0) + share));
    for (const kind of [Kind.wait, Kind.waitHolding]) sharesOf(density, 0, kind).forEach((share, x) => (waiting[x] = (waiting[x] ?? 0) + share));
    for (const kind of [Kind.once, Kind.refused]) sharesOf(density, 0, kind).forEach((share, x) => (ended[x] = (ended[x] ?? 0) + share));
  }
  // Few sleepers under many who wait must still be seen: each has its half of the strip.
  const half = (counts: Float32Array, base: number, up: number, color: string): void => {
    const most = Math.max(1e-6, ...counts);
    context.fillStyle = color;
    for (let x = 0; x < width; x += 1) {
      const tall = ((counts[x] ?? 0) / most) * (up - 1);
      if (tall > 0) context.fillRect(x, base - Math.max(1, tall), 1, Math.max(1, tall));
    }
  };
  half(waiting, height * 0.45, height * 0.4, palette.wait);
  half(asleep, height, height * 0.5, palette.sleep);
  // Where nobody sleeps or waits, all that can be seen from afar is when who returned.
  if (![...asleep, ...waiting].some((count) => count > 0)) half(ended, height, height * 0.5, palette.ink);
  return canvas;
}
