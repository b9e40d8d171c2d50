import type { Lang } from "../i18n/index.js";
import { CanvasSurface, Textures, type Fonts } from "./canvas-surface.js";
import { DenseBrush, shiftOf } from "./dense.js";
import { segmentsSeen } from "./draw-lanes.js";
import { drawRun, type Figure } from "./draw-run.js";
import type { Palette } from "./palette.js";
import type { Pen } from "./pen.js";
import { liftOf, SINGLE } from "./rows.js";
import type { Scale } from "./scale.js";
import { xOf } from "./scale.js";
import type { Brush, Stage, Strip } from "./stage.js";

/** More segments than this are drawn as a density. */
const MOST_SEGMENTS = 4000;

/** Where a run is on the canvas: the top of its rows, and what of it can be seen. */
export interface Window {
  readonly top: number;
  readonly clipTop: number;
  readonly clipBottom: number;
  /** Whether the tracks stand at the lower edge while the lanes go on below. */
  readonly lifted: boolean;
}

/** Paints what is seen of a stage on a canvas, in CSS pixels whatever the resolution. */
export class Painter {
  readonly #canvas: HTMLCanvasElement;
  #palette: Palette | undefined;
  #fonts: Fonts = { text: "sans-serif", code: "monospace" };
  #textures: Textures | undefined;
  #ratio = 1;
  #width = 0;
  #height = 0;
  readonly #dense = new DenseBrush();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  get palette(): Palette | undefined {
    return this.#palette;
  }

  get fonts(): Fonts {
    return this.#fonts;
  }

  dress(palette: Palette, fonts: Fonts): void {
    this.#palette = palette;
    this.#fonts = fonts;
    this.#textures = new Textures(palette, this.#ratio);
  }

  /** Sets the size; the canvas has as many pixels as the screen. */
  resize(width: number, height: number, ratio: number): void {
    if (width === this.#width && height === this.#height && ratio === this.#ratio) return;
    [this.#width, this.#height] = [width, height];
    this.#canvas.width = Math.max(1, Math.round(width * ratio));
    this.#canvas.height = Math.max(1, Math.round(height * ratio));
    if (ratio !== this.#ratio && this.#palette) this.#textures = new Textures(this.#palette, ratio);
    this.#ratio = ratio;
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** Paints every run that is in sight. */
  paint(stage: Stage, windows: readonly (Window | undefined)[], scale: Scale, gutter: number, lang: Lang): void {
    const context = this.#canvas.getContext("2d");
    if (!context || !this.#palette || !this.#textures) return;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.clearRect(0, 0, this.#width, this.#height);
    const surface = new CanvasSurface(context, this.#palette, this.#fonts, this.#textures);
    const { lit, at, order, critical } = stage;
    stage.strips.forEach((strip, index) => {
      const window = windows[index];
      if (!window || strip.folded || window.clipBottom <= window.clipTop) return;
      const pen: Pen = { surface, lang, scale, order, left: 0, gutter, lit, at, critical, clipTop: window.clipTop, clipBottom: window.clipBottom };
      this.#textures?.moveTo(shiftOf(scale), window.top + strip.rows.band);
      this.#paintRun(stage, strip, window, pen, context);
    });
    if (stage.cursor) drawCursorLine(stage.cursor.at, pen0(surface, lang, scale, order, gutter, this.#height));
    if (stage.brush) drawBrush(stage.brush, surface, scale, this.#height);
  }

  #paintRun(stage: Stage, strip: Strip, { top, clipBottom, lifted }: Window, pen: Pen, context: CanvasRenderingContext2D): void {
    const { layout, rows } = strip;
    const lift = lifted ? liftOf(rows, clipBottom - top) : 0;
    const place = stage.cursor?.run === layout.run.id ? stage.cursor.place : undefined;
    const figure: Figure = { layout, rows, top, lift, lit: stage.litLanes(strip), place };
    const dense = rows.laneHeight < SINGLE || segmentsSeen(layout, rows, top, pen, MOST_SEGMENTS) >= MOST_SEGMENTS;
    drawRun(figure, pen, dense ? () => this.#palette && this.#dense.paint(figure, pen, this.#palette, context) : undefined);
  }
}

function pen0(surface: CanvasSurface, lang: Lang, scale: Scale, order: boolean, gutter: number, height: number): Pen {
  return { surface, lang, scale, order, left: 0, gutter, lit: undefined, at: undefined, critical: false, clipTop: 0, clipBottom: height };
}

/** One line through all runs, at the moment the cursor stands at. */
function drawCursorLine(at: number, { surface, scale, clipBottom }: Pen): void {
  const x = Math.round(xOf(scale, at)) + 0.5;
  if (x >= scale.left && x <= scale.left + scale.width) surface.line("accent", [x, 0, x, clipBottom], { opacity: 0.45, dash: [3, 3] });
}

function drawBrush({ from, to, fromY, toY }: Brush, surface: CanvasSurface, scale: Scale, height: number): void {
  const [x1, x2] = [xOf(scale, Math.min(from, to)), xOf(scale, Math.max(from, to))];
  if (fromY !== undefined && toY !== undefined) {
    const y = Math.min(fromY, toY);
    surface.box("brush", x1, y, Math.max(1, x2 - x1), Math.abs(toY - fromY));
    surface.frame("accent", x1, y, Math.max(1, x2 - x1), Math.abs(toY - fromY), 0);
    return;
  }
  surface.box("brush", x1, 0, Math.max(1, x2 - x1), height);
  surface.line("accent", [x1, 0, x1, height]);
  surface.line("accent", [x2, 0, x2, height]);
}
