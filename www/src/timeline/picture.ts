import { say, type Lang } from "../i18n/index.js";
import { CanvasSurface, Textures, type Fonts } from "./canvas-surface.js";
import { DenseBrush } from "./dense.js";
import { drawLegend } from "./draw-legend.js";
import { drawRuler } from "./draw-ruler.js";
import { drawRun, type Figure } from "./draw-run.js";
import type { Layout } from "./layout.js";
import { shownIn } from "./legend.js";
import type { Palette } from "./palette.js";
import type { Pen } from "./pen.js";
import { rowsOf, SINGLE, type Rows } from "./rows.js";
import type { Stretch } from "./run.js";
import type { Scale } from "./scale.js";
import { totalOf } from "./sentences.js";
import { strings } from "./strings.js";
import { SvgSurface } from "./svg-surface.js";
import { fitted, textWidth, type Surface } from "./surface.js";

/** What a chart shows at a moment: all that a picture of it needs. */
export interface Snapshot {
  readonly lang: Lang;
  readonly layouts: readonly Layout[];
  readonly order: boolean;
  readonly shown: Stretch;
  readonly critical: boolean;
  readonly palette: Palette;
  readonly fonts: Fonts;
}

/** How a picture is made. */
export interface PictureOptions {
  readonly title: string;
  readonly width?: number;
}

/** A picture with more lanes than this is no picture any more: nobody could tell one from another. */
export const MOST_LANES = 5000;

const MARGIN = 24;
const GUTTER = 140;
const TITLE = 32;
const RULER = 30;
const HEADER = 30;
const LEGEND = 40;
const EDGE = 16;

interface Plan {
  readonly width: number;
  readonly height: number;
  readonly scale: Scale;
  readonly parts: readonly { readonly layout: Layout; readonly rows: Rows; readonly top: number }[];
}

/** Places everything; lanes are as high as their number lets them be. */
function plan({ layouts, order, shown, critical }: Snapshot, width: number, heightOf: (lanes: number) => number): Plan {
  const lanes = layouts.reduce((sum, layout) => sum + layout.lanes, 0);
  const band = order || (critical && layouts.some(({ run }) => (run.critical?.length ?? 0) > 0));
  let top = MARGIN + TITLE + RULER;
  const parts = layouts.map((layout) => {
    const rows = rowsOf(layout, { laneHeight: heightOf(Math.max(lanes / layouts.length, layout.lanes)), allLocks: false, order, band });
    const part = { layout, rows, top: top + HEADER };
    top += HEADER + rows.height;
    return part;
  });
  const scale = { ...shown, left: MARGIN + GUTTER, width: width - 2 * MARGIN - GUTTER - EDGE };
  return { width, height: top + LEGEND + MARGIN, scale, parts };
}

/** The runs as an SVG file of what is shown now; undefined when there are too many lanes for one. */
export function toSvg(snapshot: Snapshot, { title, width = 1200 }: PictureOptions): string | undefined {
  const lanes = snapshot.layouts.reduce((sum, layout) => sum + layout.lanes, 0);
  if (lanes > MOST_LANES) return undefined;
  const placed = plan(snapshot, width, (count) => (count <= 60 ? 22 : count <= 200 ? 14 : count <= 1000 ? 6 : SINGLE));
  const surface = new SvgSurface(snapshot.palette);
  draw(surface, snapshot, placed, title);
  const description = snapshot.layouts.map((layout) => say(snapshot.lang, strings.tableOf, layout.run.title, totalOf(snapshot.lang, layout)));
  return surface.toString(placed.width, placed.height, title, description.join("; "));
}

/** The same as a PNG, with two pixels for each of the drawing; any number of lanes, as a density if it must be. */
export async function toPng(snapshot: Snapshot, { title, width = 1200 }: PictureOptions): Promise<Blob | undefined> {
  const ratio = 2;
  const placed = plan(snapshot, width, (count) => (count <= 60 ? 22 : count <= 200 ? 14 : Math.min(6, 900 / count)));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(placed.width * ratio), Math.round(placed.height * ratio)];
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.scale(ratio, ratio);
  context.fillStyle = snapshot.palette.paper;
  context.fillRect(0, 0, placed.width, placed.height);
  const surface = new CanvasSurface(context, snapshot.palette, snapshot.fonts, new Textures(snapshot.palette, ratio));
  const brush = new DenseBrush();
  draw(surface, snapshot, placed, title, (figure, pen) => brush.paint(figure, pen, snapshot.palette, context));
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? undefined), "image/png"));
}

function draw(surface: Surface, snapshot: Snapshot, { width, height, scale, parts }: Plan, title: string, dense?: (figure: Figure, pen: Pen) => void): void {
  const { lang, order, critical, layouts } = snapshot;
  surface.text("ink", fitted(title, width - 2 * MARGIN), MARGIN, MARGIN + 14, { bold: true });
  const totals = layouts.map(({ totalMs }) => totalMs);
  const rulerTop = MARGIN + TITLE;
  drawRuler(surface, lang, scale, order, totals, rulerTop);
  surface.line("rule", [MARGIN, rulerTop + RULER - 6, width - MARGIN, rulerTop + RULER - 6]);
  const pen: Pen = { surface, lang, scale, order, left: MARGIN - 4, gutter: MARGIN + GUTTER, lit: undefined, at: undefined, critical, clipTop: 0, clipBottom: height };
  for (const { layout, rows, top } of parts) {
    const name = fitted(layout.run.title, width / 2);
    surface.text("ink", name, MARGIN, top - 10, { bold: true });
    const total = totalOf(lang, layout);
    const at = MARGIN + textWidth(name) * 1.08 + 16;
    surface.text("ink", total, at, top - 10, { bold: true });
    if (layout.run.detail) surface.text("ink2", fitted(layout.run.detail, width / 3), at + textWidth(total) * 1.08 + 16, top - 10);
    const figure: Figure = { layout, rows, top, lift: 0, lit: [], place: undefined };
    const own: Pen = { ...pen, clipTop: top, clipBottom: top + rows.height };
    drawRun(figure, own, dense && rows.laneHeight < SINGLE ? () => dense(figure, own) : undefined);
  }
  drawLegend(surface, lang, shownIn(layouts, order, critical), MARGIN, height - MARGIN - 16, width - 2 * MARGIN);
}
