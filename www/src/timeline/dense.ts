import { DensityMemory, densityOf } from "./density.js";
import { paintDensity } from "./density-image.js";
import type { Figure } from "./draw-run.js";
import type { Palette } from "./palette.js";
import type { Pen } from "./pen.js";
import { lanesBetween } from "./rows.js";
import type { Scale } from "./scale.js";

/** Paints lanes that are too many to be drawn one by one, with one memory for all drawings. */
export class DenseBrush {
  readonly #memory = new DensityMemory();
  #scratch: HTMLCanvasElement | undefined;
  #pixels: ImageData | undefined;

  paint({ layout, rows, top, lift }: Figure, pen: Pen, palette: Palette, context: CanvasRenderingContext2D): void {
    const { scale, order } = pen;
    const bottom = Math.min(pen.clipBottom, top + rows.tracksTop - lift);
    const lanesPerRow = Math.max(1, Math.round(1 / rows.laneHeight));
    const [start, end] = lanesBetween(rows, pen.clipTop - top, bottom - top);
    // Rows begin at whole numbers of lanes, so that they hold the same lanes while the chart is scrolled.
    const first = start - (start % lanesPerRow);
    const [width, height] = [Math.round(scale.width), Math.round(bottom - pen.clipTop)];
    if (width <= 0 || height <= 0 || end <= first) return;
    const density = densityOf(layout, [first, end], scale, width, lanesPerRow, order, this.#memory);
    const { scratch, pixels } = this.#sheet(width, height);
    paintDensity(
      density,
      palette,
      {
        width,
        height,
        rowHeight: lanesPerRow * rows.laneHeight,
        above: pen.clipTop - (top + rows.band + first * rows.laneHeight),
        shiftX: shiftOf(scale) - scale.left,
        shiftY: top + rows.band - pen.clipTop,
      },
      pixels,
    );
    const sheet = scratch.getContext("2d");
    if (!sheet) return;
    sheet.putImageData(pixels, 0, 0);
    const smooth = context.imageSmoothingEnabled;
    context.imageSmoothingEnabled = false;
    context.globalAlpha = 1;
    context.drawImage(scratch, 0, 0, width, height, scale.left, pen.clipTop, width, height);
    context.imageSmoothingEnabled = smooth;
  }

  /** A picture of that size, the same one as long as the size stays. */
  #sheet(width: number, height: number): { scratch: HTMLCanvasElement; pixels: ImageData } {
    const scratch = (this.#scratch ??= document.createElement("canvas"));
    if (!this.#pixels || scratch.width !== width || scratch.height !== height) {
      scratch.width = width;
      scratch.height = height;
      this.#pixels = new ImageData(width, height);
    }
    return { scratch, pixels: this.#pixels };
  }
}

/** Where the origin of the axis is, less what a texture repeats in: textures hang on it, and so move with the axis. */
export function shiftOf(scale: Scale): number {
  const length = scale.to - scale.from;
  return length > 0 ? scale.left - ((scale.from / length) * scale.width) % 1200 : scale.left;
}
