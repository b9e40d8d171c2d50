import { svg, nothing, type SVGTemplateResult } from "lit";
import { numberIn, type Lang } from "../../i18n/index.js";
import { stopAt, type Place } from "./cursor.js";
import { BRACES, nestedHolds, type Figure } from "./figure.js";
import { extent, type Lane, type Span, type Track } from "./model.js";
import type { Scale } from "./scale.js";
import { jobOf } from "./sentences.js";
import { criticalChain } from "./why.js";

type Drawing = SVGTemplateResult | typeof nothing;

/** What the drawing depends on besides the run. */
export interface Pen {
  readonly lang: Lang;
  readonly scale: Scale;
  /** The time cursor; undefined shows the whole run. */
  readonly at: number | undefined;
  /** The task that is lit in every run. */
  readonly lit: number | undefined;
  /** Where the cursor of this run stands. */
  readonly place: Place | undefined;
}

/** How much each thing that is held insets what happens within. */
const INSET = 3;

/** The textures: hatched for waiting, waved for sleeping. One copy serves every run. */
export const textures = svg`
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1="0" y1="0" x2="0" y2="6" class="hatch" />
    </pattern>
    <pattern id="wave" width="12" height="6" patternUnits="userSpaceOnUse">
      <path d="M0 3q3 -3 6 0t6 0" class="wave" />
    </pattern>
    <linearGradient id="fade"><stop offset="0.55" stop-color="#fff" /><stop offset="1" stop-color="#000" /></linearGradient>
    <mask id="endless" maskContentUnits="objectBoundingBox"><rect width="1" height="1" fill="url(#fade)" /></mask>
  </defs>
`;

/** A run as a picture; every mark in it is also a row of the table and a sentence of the cursor. */
export function drawRun(figure: Figure, pen: Pen): SVGTemplateResult {
  const { run, places, height } = figure;
  const { scale } = pen;
  const lanes = run.timeline.lanes;
  return svg`
    ${grid(figure, pen)}
    ${figure.axis === "time" ? braces(figure, pen) : instants(figure, pen)}
    ${lanes.map((lane, index) => drawLane(lane, places[index]?.top ?? 0, figure, pen))}
    ${figure.tracks.map((track, index) => drawTrack(track, places[lanes.length + index], figure, pen))}
    ${pen.at === undefined ? nothing : future(scale.x(pen.at), scale.width, height)}
    ${focusRing(figure, pen)}
  `;
}

function grid({ run, axis, height }: Figure, { scale }: Pen): Drawing {
  if (axis === "order") return nothing;
  const marks = [...new Set(run.events.map((event) => event.atMs))];
  return svg`${marks.map((mark) => svg`<line class="grid" x1=${px(scale.x(mark))} x2=${px(scale.x(mark))} y1="4" y2=${height} />`)}`;
}

/** The sleeps that make up the total, end to end. */
function braces({ run }: Figure, { scale, lang }: Pen): Drawing {
  const links = criticalChain(run.timeline);
  return svg`${links.map((link) => {
    const [from, to] = [scale.x(link.fromMs), scale.x(link.toMs)];
    const text = `${numberIn(lang, link.toMs - link.fromMs)} ms`;
    return svg`
      <path class="brace" d=${`M${px(from + 0.5)} 6v8M${px(from + 0.5)} 10H${px(to - 0.5)}M${px(to - 0.5)} 6v8`} />
      ${to - from > 7 * text.length + 8 ? svg`<text class="brace-text" x=${px((from + to) / 2)} y="14">${text}</text>` : nothing}`;
  })}`;
}

/** Where the clock moves between two events. */
function instants({ run, height }: Figure, { scale, lang }: Pen): Drawing {
  const begins = run.events.flatMap((event, index) => (event.atMs === run.events[index - 1]?.atMs ? [] : [index]));
  let free = -Infinity;
  return svg`${begins.map((index) => {
    const x = scale.x(Math.max(0, index - 0.5));
    const text = `${numberIn(lang, run.events[index]?.atMs ?? 0)} ms`;
    const room = x >= free;
    if (room) free = x + 7 * text.length + 8;
    return svg`
      <line class="grid" x1=${px(x)} x2=${px(x)} y1="2" y2=${height} />
      ${room ? svg`<text class="instant" x=${px(x + 4)} y="14">${text}</text>` : nothing}`;
  })}`;
}

function drawLane(lane: Lane, top: number, figure: Figure, pen: Pen): SVGTemplateResult {
  const { laneHeight, axis, run } = figure;
  const { scale } = pen;
  const pad = laneHeight >= 20 ? 3 : 1;
  const [y, h] = [top + pad, laneHeight - 2 * pad];
  const holds = nestedHolds(lane, run.timeline.tracks, axis);
  const spans = lane.spans.filter((span) => shown(span, axis));
  return svg`<g class=${pen.lit === lane.task ? "lane lit" : pen.lit === undefined ? "lane" : "lane unlit"}>
    ${pen.lit === lane.task ? svg`<rect class="lit-row" x="-4" y=${top} width=${scale.width + 8} height=${laneHeight} />` : nothing}
    ${holds.map((hold) => {
      const [from, to] = extent(hold, axis);
      return bar(`hold ${hold.track.kind}`, scale.x(from), scale.x(to), y, h, hold.depth);
    })}
    ${spans.map((span) => drawSpan(span, lane, y, h, figure, pen))}
    ${ending(lane, y, h, figure, pen)}
  </g>`;
}

function shown(span: Span, axis: Figure["axis"]): boolean {
  const [from, to] = extent(span, axis);
  return to > from && (axis === "order" || span.doing !== "run");
}

function drawSpan(span: Span, lane: Lane, y: number, h: number, figure: Figure, { scale }: Pen): Drawing {
  const [from, to] = extent(span, figure.axis);
  const [x1, x2] = [scale.x(from), scale.x(to)];
  const depth = span.holds.length;
  if (span.doing === "run") {
    return depth > 0 ? nothing : svg`<line class="running" x1=${px(x1)} x2=${px(x2)} y1=${y + h / 2} y2=${y + h / 2} />`;
  }
  if (span.doing === "wait") {
    const endless = !Number.isFinite(to);
    return svg`<g mask=${endless ? "url(#endless)" : nothing}>${bar("wait-ground", x1, x2, y, h, depth)}${bar("wait", x1, x2, y, h, depth, 0.5)}</g>`;
  }
  const job = h >= 14 ? jobOf(figure.run, lane, span) : undefined;
  const fits = job !== undefined && job.length * 8 + 8 < x2 - x1;
  return svg`
    ${bar("sleep", x1, x2, y, h, depth)}${bar("sleep-wave", x1, x2, y, h, depth)}
    ${fits ? svg`<text class="job" x=${px((x1 + x2) / 2)} y=${y + h / 2 + 4.5}>${job}</text>` : nothing}`;
}

/** A rectangle from x1 to x2, with room left for what it lies within and a hair of paper to its neighbour. */
function bar(kind: string, x1: number, x2: number, y: number, h: number, depth: number, inner = 0): Drawing {
  const inset = Math.min(depth * INSET, h / 3);
  const side = depth * INSET + 0.5 + inner;
  const width = x2 - x1 - 2 * side;
  const height = h - 2 * (inset + inner);
  if (width <= 0 || height <= 0) return nothing;
  return svg`<rect class=${kind} x=${px(x1 + side)} y=${px(y + inset + inner)} width=${px(width)} height=${px(height)} rx=${depth > 0 ? 1.5 : 3} />`;
}

/** A tick for what returned at once, a cap for what is done, a cross for what was refused. */
function ending(lane: Lane, y: number, h: number, figure: Figure, { scale }: Pen): Drawing {
  if (lane.ending === "stuck") return nothing;
  const x = scale.x(figure.axis === "time" ? lane.endMs : lane.endEvent);
  const size = Math.min(4, h / 2 - 1);
  const cross = (at: number): Drawing => {
    const middle = y + h / 2;
    return svg`<path class="cross" d=${`M${px(at - size)} ${px(middle - size)}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`} />`;
  };
  if (lane.atOnce && figure.axis === "time") {
    return svg`<rect class="tick" x=${px(x - 1)} y=${px(y + 1)} width="3" height=${h - 2} rx="1" />${lane.ending === "refused" ? cross(x + 12) : nothing}`;
  }
  return lane.ending === "refused"
    ? cross(Math.min(x + 9, scale.width + 6))
    : svg`<rect class="cap" x=${px(x - 2)} y=${px(y - 1.5)} width="3.5" height=${h + 3} rx="1.75" />`;
}

function drawTrack(track: Track, place: { top: number; height: number } | undefined, figure: Figure, pen: Pen): Drawing {
  if (!place) return nothing;
  return track.kind === "semaphore" ? permits(track, place.top, place.height, figure, pen) : holders(track, place.top, place.height, figure, pen);
}

/** How many permits are in use, as steps under the line of all permits. */
function permits(track: Track, top: number, height: number, figure: Figure, { scale, lang }: Pen): Drawing {
  const peak = Math.max(1, ...track.levels.map((level) => level.used));
  const full = track.capacity !== undefined && track.capacity <= 2 * peak ? Math.max(peak, track.capacity) : peak;
  const base = top + height;
  const y = (used: number): number => base - (used / full) * (height - 8);
  const end = figure.axis === "time" ? Math.min(figure.run.timeline.totalMs, scale.max) : figure.run.timeline.length - 1;
  const steps: { from: number; to: number; used: number }[] = [];
  track.levels.forEach((level, index) => {
    const at = (l: typeof level): number => (figure.axis === "time" ? l.atMs : l.atEvent);
    const next = track.levels[index + 1];
    const [from, to, used] = [at(level), next ? at(next) : end, level.used];
    if (to <= from) return;
    const last = steps.at(-1);
    if (last?.used === used && last.to === from) last.to = to;
    else steps.push({ from, to, used });
  });
  const cap = track.capacity !== undefined && track.capacity === full ? track.capacity : undefined;
  return svg`
    ${cap === undefined ? nothing : svg`<line class="capacity" x1="0" x2=${px(scale.width)} y1=${y(cap)} y2=${y(cap)} />`}
    <line class="ground" x1="0" x2=${px(scale.width)} y1=${base} y2=${base} />
    ${steps.map(({ from, to, used }) => {
      const [x1, x2] = [scale.x(from), scale.x(to)];
      return svg`
        <rect class="level" x=${px(x1)} y=${px(y(used))} width=${px(Math.max(0, x2 - x1))} height=${px(base - y(used))} />
        <path class="level-line" d=${`M${px(x1)} ${px(y(used))}H${px(x2)}`} />
        ${x2 - x1 > 14 ? svg`<text class="level-text" x=${px(x1 + 6)} y=${px(base - y(used) >= 20 ? base - 6 : y(used) - 4)}>${numberIn(lang, used)}</text>` : nothing}`;
    })}`;
}

/** Who has the lock. */
function holders(track: Track, top: number, height: number, figure: Figure, { scale }: Pen): Drawing {
  return svg`
    <line class="ground" x1="0" x2=${px(scale.width)} y1=${top + height / 2} y2=${top + height / 2} />
    ${track.holds.map((hold) => {
      const [from, to] = extent(hold, figure.axis);
      const [x1, x2] = [scale.x(from), scale.x(to)];
      return svg`
        ${bar("hold lock", x1, x2, top + 1, height - 2, 0)}
        ${x2 - x1 > 14 ? svg`<text class="holder" x=${px((x1 + x2) / 2)} y=${top + height / 2 + 4.5}>${hold.task < 0 ? "" : hold.task}</text>` : nothing}`;
    })}`;
}

/** What has not happened yet is pale. */
function future(x: number, width: number, height: number): Drawing {
  return svg`
    <rect class="future" x=${px(x)} y=${BRACES - 2} width=${px(Math.max(0, width - x + 16))} height=${height - BRACES + 2} />
    <line class="now" x1=${px(x)} x2=${px(x)} y1="0" y2=${height} />`;
}

function focusRing({ rows, places }: Figure, { place, scale }: Pen): Drawing {
  const stop = stopAt(rows, place);
  const row = place && places[place.row];
  if (!stop || !row) return nothing;
  const [from, to] = [scale.x(stop.from), scale.x(stop.to)];
  const pad = to - from < 12 ? 7 : 2;
  return svg`<rect class="focus" x=${px(from - pad)} y=${row.top} width=${px(to - from + 2 * pad)} height=${row.height} rx="4" />`;
}

/** Tenths of a pixel are enough, and keep the drawing small. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}
