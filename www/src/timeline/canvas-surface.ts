import { paints, type Color, type Paint, type PaintName, type Palette, type Texture } from "./palette.js";
import { TEXT_SIZE, type LineStyle, type Surface, type TextStyle } from "./surface.js";

/** The fonts of the page, for a canvas, which knows no custom properties. */
export interface Fonts {
  readonly text: string;
  readonly code: string;
}

/** Draws on a canvas. One is made for each drawing; textures are kept from drawing to drawing in `Textures`. */
export class CanvasSurface implements Surface {
  readonly #context: CanvasRenderingContext2D;
  readonly #palette: Palette;
  readonly #fonts: Fonts;
  readonly #textures: Textures | undefined;
  #paint: PaintName | undefined;

  constructor(context: CanvasRenderingContext2D, palette: Palette, fonts: Fonts, textures?: Textures) {
    this.#context = context;
    this.#palette = palette;
    this.#fonts = fonts;
    this.#textures = textures;
  }

  box(paint: PaintName, x: number, y: number, width: number, height: number, radius = 0): void {
    if (!(width > 0) || !(height > 0)) return;
    const context = this.#context;
    const { color, texture, opacity = 1 }: Paint = paints[paint];
    const round = radius > 0 && width > 2 * radius && height > 2 * radius;
    if (round) {
      context.beginPath();
      context.roundRect(x, y, width, height, radius);
    }
    // Patterns lie on a ground of their own: paper under the hatch, the colour itself under the wave.
    if (this.#paint !== paint) {
      context.globalAlpha = opacity;
      context.fillStyle = texture === "hatch" ? this.#palette.paper : this.#palette[color];
      this.#paint = texture ? undefined : paint;
    }
    if (round) context.fill();
    else context.fillRect(x, y, width, height);
    if (!texture) return;
    context.fillStyle = this.#textures?.of(texture) ?? this.#palette[color];
    if (round) context.fill();
    else context.fillRect(x, y, width, height);
  }

  frame(color: Color, x: number, y: number, width: number, height: number, radius: number, style: LineStyle = {}): void {
    const context = this.#context;
    const line = style.width ?? 1;
    if (width <= line || height <= line) return;
    this.#stroke(color, style);
    context.beginPath();
    context.roundRect(x + line / 2, y + line / 2, width - line, height - line, Math.min(radius, (width - line) / 2, (height - line) / 2));
    context.stroke();
  }

  line(color: Color, points: readonly number[], style: LineStyle = {}): void {
    const context = this.#context;
    this.#stroke(color, style);
    context.beginPath();
    for (let at = 0; at + 1 < points.length; at += 2) {
      if (at === 0) context.moveTo(points[at] ?? 0, points[at + 1] ?? 0);
      else context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
    }
    context.stroke();
  }

  strokes(color: Color, ends: readonly number[], style: LineStyle = {}): void {
    if (ends.length === 0) return;
    const context = this.#context;
    this.#stroke(color, style);
    context.lineCap = "butt";
    context.beginPath();
    for (let at = 0; at + 3 < ends.length; at += 4) {
      context.moveTo(ends[at] ?? 0, ends[at + 1] ?? 0);
      context.lineTo(ends[at + 2] ?? 0, ends[at + 3] ?? 0);
    }
    context.stroke();
  }

  #stroke(color: Color, { width = 1, dash = [], opacity = 1 }: LineStyle): void {
    const context = this.#context;
    this.#paint = undefined;
    context.globalAlpha = opacity;
    context.strokeStyle = this.#palette[color];
    context.lineWidth = width;
    context.lineCap = dash.length > 0 ? "butt" : "round";
    context.lineJoin = "round";
    context.setLineDash(dash as number[]);
  }

  text(color: Color, text: string, x: number, y: number, { align = "start", font = "text", halo = false, bold = false }: TextStyle = {}): void {
    const context = this.#context;
    this.#paint = undefined;
    context.globalAlpha = 1;
    context.font = `${bold ? "600 " : ""}${TEXT_SIZE}px ${this.#fonts[font]}`;
    context.textAlign = align === "middle" ? "center" : align;
    context.textBaseline = "alphabetic";
    if (halo) {
      context.strokeStyle = this.#palette.paper;
      context.lineWidth = 4;
      context.globalAlpha = 0.8;
      context.lineJoin = "round";
      context.setLineDash([]);
      context.strokeText(text, x, y);
      context.globalAlpha = 1;
    }
    context.fillStyle = this.#palette[color];
    context.fillText(text, x, y);
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    this.#paint = undefined;
    draw();
    context.restore();
    this.#paint = undefined;
  }
}

/** How large a tile of each texture is. */
export const HATCH = 6;
export const WAVE = { width: 12, height: 6 };
const STRIPES = 4;

/** The textures of one palette and one resolution. */
export class Textures {
  readonly #ratio: number;
  readonly #hatch: CanvasPattern | null;
  readonly #wave: CanvasPattern | null;
  readonly #stripes: CanvasPattern | null;

  constructor(palette: Palette, ratio: number) {
    this.#ratio = ratio;
    this.#hatch = this.#tile(HATCH, HATCH, (context) => {
      context.strokeStyle = palette.wait;
      context.lineWidth = 1.6;
      // Three lines, so that the tile goes on over its corners.
      for (const shift of [-HATCH, 0, HATCH]) {
        context.moveTo(shift - 1, HATCH + 1);
        context.lineTo(shift + HATCH + 1, -1);
      }
      context.stroke();
    });
    this.#wave = this.#tile(WAVE.width, WAVE.height, (context) => {
      context.strokeStyle = palette.paper;
      context.globalAlpha = 0.65;
      context.lineWidth = 1;
      context.moveTo(-6, 3);
      for (const x of [-6, 0, 6, 12]) context.quadraticCurveTo(x + 3, x % 12 === 0 ? 0 : 6, x + 6, 3);
      context.stroke();
    });
    this.#stripes = this.#tile(STRIPES, STRIPES, (context) => {
      context.fillStyle = palette.paper;
      context.globalAlpha = 0.36;
      context.fillRect(1, 0, 1, STRIPES);
    });
  }

  of(texture: Texture): CanvasPattern | null {
    return { hatch: this.#hatch, wave: this.#wave, stripes: this.#stripes }[texture];
  }

  /** Moves the textures along with what they fill: otherwise they would swim while the chart is panned. */
  moveTo(x: number, y: number): void {
    this.#place(this.#hatch, HATCH, HATCH, x, y);
    this.#place(this.#wave, WAVE.width, WAVE.height, x, y);
    this.#place(this.#stripes, STRIPES, STRIPES, x, y);
  }

  #place(pattern: CanvasPattern | null, width: number, height: number, x: number, y: number): void {
    // A tile has a whole number of device pixels, which need not be its size times the ratio.
    const scale = (size: number): number => size / Math.round(size * this.#ratio);
    pattern?.setTransform(new DOMMatrix([scale(width), 0, 0, scale(height), x % width, y % height]));
  }

  #tile(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): CanvasPattern | null {
    const tile = document.createElement("canvas");
    tile.width = Math.round(width * this.#ratio);
    tile.height = Math.round(height * this.#ratio);
    const context = tile.getContext("2d");
    if (!context) return null;
    context.scale(tile.width / width, tile.height / height);
    context.beginPath();
    draw(context);
    return context.createPattern(tile, "repeat");
  }
}
