import { numberIn, say, type Lang } from "../i18n/index.js";
import { CanvasSurface, type Fonts } from "./canvas-surface.js";
import { msIn } from "./names.js";
import type { Palette } from "./palette.js";
import { ticks, xOf, type Scale } from "./scale.js";
import { strings } from "./strings.js";
import { textWidth, type Surface } from "./surface.js";

/** How high the drawing of the ruler is. */
const HEIGHT = 26;

/** Paints the ruler on a canvas of its own, which stays in sight. */
export function paintRuler(canvas: HTMLCanvasElement, width: number, ratio: number, palette: Palette, fonts: Fonts, draw: (surface: Surface) => void): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const [w, h] = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    [canvas.width, canvas.height] = [w, h];
    Object.assign(canvas.style, { width: `${width}px`, height: `${HEIGHT}px` });
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, HEIGHT);
  draw(new CanvasSurface(context, palette, fonts));
}

/** Draws the ruler: round marks, and the totals of the runs, which go before them where there is no room for both. */
export function drawRuler(surface: Surface, lang: Lang, scale: Scale, order: boolean, totals: readonly number[], top: number): void {
  const right = scale.left + scale.width;
  const taken: [number, number][] = [];
  const fits = (x: number, width: number): boolean => taken.every(([from, to]) => x - width / 2 > to || x + width / 2 < from);
  const put = (value: number, text: string, bold: boolean): void => {
    const width = textWidth(text) + (bold ? 6 : 2);
    const x = Math.min(Math.max(xOf(scale, value), scale.left + width / 2), right + 12 - width / 2);
    if (!fits(x, width + 8)) return;
    taken.push([x - width / 2, x + width / 2]);
    surface.text(bold ? "ink" : "ink2", text, x, top + 19, { align: "middle", bold });
  };
  if (!order) {
    for (const total of [...new Set(totals)].sort((a, b) => b - a)) {
      if (!Number.isFinite(total) || total < scale.from || total > scale.to || total === 0) continue;
      const x = xOf(scale, total);
      surface.line("ink", [x, top, x, top + 7], { width: 2 });
      put(total, msIn(lang, total), true);
    }
  }
  if (order) put(scale.to, say(lang, strings.orderAxis), false);
  const marks = ticks(scale, scale.width / 72).filter((mark) => !order || Number.isInteger(mark));
  for (const mark of marks) {
    const x = Math.round(xOf(scale, mark)) + 0.5;
    surface.line("ink3", [x, top, x, top + 5]);
    put(mark, numberIn(lang, mark), false);
  }
}
