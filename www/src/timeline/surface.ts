import type { Color, PaintName } from "./palette.js";

/** How a line is drawn. */
export interface LineStyle {
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

/** How a text is set. */
export interface TextStyle {
  readonly align?: "start" | "middle" | "end";
  readonly font?: "text" | "code";
  /** A rim of paper, so that it can be read on top of something. */
  readonly halo?: boolean;
  readonly bold?: boolean;
}

/** Something to draw on: a canvas, or a file. What is drawn never asks which. Positions are in CSS pixels. */
export interface Surface {
  box(paint: PaintName, x: number, y: number, width: number, height: number, radius?: number): void;
  /** An outline that lies within the box. */
  frame(color: Color, x: number, y: number, width: number, height: number, radius: number, style?: LineStyle): void;
  /** Lines through the points x, y, x, y ... */
  line(color: Color, points: readonly number[], style?: LineStyle): void;
  /** Many lines at once, each from x, y to x, y: far cheaper than one by one. */
  strokes(color: Color, ends: readonly number[], style?: LineStyle): void;
  text(color: Color, text: string, x: number, y: number, style?: TextStyle): void;
  /** Draws within a rectangle only. */
  clipped(x: number, y: number, width: number, height: number, draw: () => void): void;
}

/** The size of all text in the chart. */
export const TEXT_SIZE = 13;

/** About how wide a text is: exact for the monospace font, near enough for the other, full width for CJK. */
export function textWidth(text: string, font: TextStyle["font"] = "text"): number {
  let width = 0;
  for (const character of text) width += widthOf(character, font);
  return width;
}

function widthOf(character: string, font: TextStyle["font"]): number {
  if ((character.codePointAt(0) ?? 0) > 0x2e7f) return TEXT_SIZE;
  return font === "code" ? 7.8 : 7;
}

/** A text cut to a width, with an ellipsis where something is missing; empty where not even a character fits. */
export function fitted(text: string, width: number, font: TextStyle["font"] = "text"): string {
  if (textWidth(text, font) <= width) return text;
  let room = width - widthOf("…", font);
  let kept = "";
  for (const character of text) {
    room -= widthOf(character, font);
    if (room < 0) break;
    kept += character;
  }
  return kept === "" ? "" : `${kept}…`;
}
