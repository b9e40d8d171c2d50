import { paints, type Color, type Paint, type PaintName, type Palette } from "./palette.js";
import { TEXT_SIZE, type LineStyle, type Surface, type TextStyle } from "./surface.js";

const FONTS = {
  text: "system-ui, 'PingFang HK', 'Noto Sans HK', 'Microsoft JhengHei', sans-serif",
  code: "'JetBrains Mono', ui-monospace, Menlo, Consolas, monospace",
};

/** Draws into the text of a file, which needs nothing but itself to be shown. */
export class SvgSurface implements Surface {
  readonly #palette: Palette;
  readonly #parts: string[] = [];
  #clips = 0;

  constructor(palette: Palette) {
    this.#palette = palette;
  }

  box(paint: PaintName, x: number, y: number, width: number, height: number, radius = 0): void {
    if (!(width > 0) || !(height > 0)) return;
    const { color, texture, opacity = 1 }: Paint = paints[paint];
    const place = `x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"${radius > 0 ? ` rx="${radius}"` : ""}`;
    const ground = texture === "hatch" ? this.#palette.paper : this.#palette[color];
    this.#parts.push(`<rect ${place} fill="${ground}"${opacity < 1 ? ` fill-opacity="${opacity}"` : ""}/>`);
    if (texture) this.#parts.push(`<rect ${place} fill="url(#${texture})"/>`);
  }

  frame(color: Color, x: number, y: number, width: number, height: number, radius: number, style: LineStyle = {}): void {
    const line = style.width ?? 1;
    if (width <= line || height <= line) return;
    const place = `x="${px(x + line / 2)}" y="${px(y + line / 2)}" width="${px(width - line)}" height="${px(height - line)}" rx="${radius}"`;
    this.#parts.push(`<rect ${place} fill="none" ${this.#stroke(color, style)}/>`);
  }

  line(color: Color, points: readonly number[], style: LineStyle = {}): void {
    const places: string[] = [];
    for (let at = 0; at + 1 < points.length; at += 2) places.push(`${px(points[at] ?? 0)},${px(points[at + 1] ?? 0)}`);
    this.#parts.push(`<polyline points="${places.join(" ")}" fill="none" ${this.#stroke(color, style)}/>`);
  }

  strokes(color: Color, ends: readonly number[], style: LineStyle = {}): void {
    if (ends.length === 0) return;
    let path = "";
    for (let at = 0; at + 3 < ends.length; at += 4) path += `M${px(ends[at] ?? 0)} ${px(ends[at + 1] ?? 0)}L${px(ends[at + 2] ?? 0)} ${px(ends[at + 3] ?? 0)}`;
    this.#parts.push(`<path d="${path}" fill="none" ${this.#stroke(color, style)}/>`);
  }

  #stroke(color: Color, { width = 1, dash = [], opacity = 1 }: LineStyle): string {
    const cap = dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : ` stroke-linecap="round" stroke-linejoin="round"`;
    return `stroke="${this.#palette[color]}" stroke-width="${width}"${cap}${opacity < 1 ? ` stroke-opacity="${opacity}"` : ""}`;
  }

  text(color: Color, text: string, x: number, y: number, { align = "start", font = "text", halo = false, bold = false }: TextStyle = {}): void {
    const rim = halo ? ` paint-order="stroke" stroke="${this.#palette.paper}" stroke-width="4" stroke-linejoin="round"` : "";
    const weight = bold ? ` font-weight="600"` : "";
    const anchor = align === "start" ? "" : ` text-anchor="${align}"`;
    this.#parts.push(`<text x="${px(x)}" y="${px(y)}" class="${font}" fill="${this.#palette[color]}"${anchor}${weight}${rim}>${escaped(text)}</text>`);
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    if (!(width > 0) || !(height > 0)) return;
    this.#clips += 1;
    const id = `clip${this.#clips}`;
    this.#parts.push(
      `<clipPath id="${id}"><rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"/></clipPath><g clip-path="url(#${id})">`,
    );
    draw();
    this.#parts.push("</g>");
  }

  /** The whole file. */
  toString(width: number, height: number, title: string, description: string): string {
    const { paper, wait } = this.#palette;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" role="img" aria-labelledby="title description">`,
      `<title id="title">${escaped(title)}</title><desc id="description">${escaped(description)}</desc>`,
      `<style>text{font-size:${TEXT_SIZE}px;font-variant-numeric:tabular-nums}.text{font-family:${FONTS.text}}.code{font-family:${FONTS.code}}</style>`,
      `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 7L7 -1M-4 4L4 -4M2 10L10 2" stroke="${wait}" stroke-width="1.6"/></pattern>`,
      `<pattern id="wave" width="12" height="6" patternUnits="userSpaceOnUse"><path d="M0 3q3 -3 6 0t6 0" fill="none" stroke="${paper}" stroke-opacity="0.65"/></pattern>`,
      `<pattern id="stripes" width="4" height="4" patternUnits="userSpaceOnUse"><rect x="1" width="1" height="4" fill="${paper}" fill-opacity="0.36"/></pattern></defs>`,
      `<rect width="100%" height="100%" fill="${paper}"/>`,
      ...this.#parts,
      "</svg>\n",
    ].join("\n");
  }
}

/** Tenths of a pixel are enough, and keep the file small. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text that cannot end the element it stands in; what XML forbids is left out. */
export function escaped(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (character) => entities[character] ?? "");
}
