import type { TimelineElement } from "../../timeline/index.js";

/** How fast one kind of moving was. */
export interface Speed {
  readonly fps: number;
  /** Milliseconds from one frame to the next. */
  readonly median: number;
  readonly p99: number;
}

export type View = "whole" | "close" | "scroll";

/** How long each view is moved, after a moment in which the browser compiles what it runs. */
const MILLISECONDS = 2500;
const WARM_UP = 300;

/** Pans and scrolls a chart with the frames of the browser, and tells how long those took. */
export async function measure(chart: TimelineElement, totalMs: number): Promise<Record<View, Speed>> {
  const slide = (share: number) => (at: number): void => {
    const from = (totalMs * (1 - share) * (1 - Math.cos(at * 2 * Math.PI))) / 2;
    chart.window = { from, to: from + totalMs * share };
  };
  const whole = await frames(slide(0.5));
  const close = await frames(slide(0.004));
  chart.resizeLanes(16);
  await chart.updateComplete;
  const scroll = await frames((at) => chart.scrollLanes(at));
  chart.resizeLanes(undefined);
  chart.window = undefined;
  return { whole, close, scroll };
}

/** Moves something with every frame; `move` gets how far it is, from 0 to 1. */
function frames(move: (at: number) => void): Promise<Speed> {
  return new Promise((done) => {
    const times: number[] = [];
    let begun: number | undefined;
    const step = (now: number): void => {
      begun ??= now;
      const past = now - begun - WARM_UP;
      if (past >= 0) times.push(now);
      if (past >= MILLISECONDS) return done(speedOf(times));
      move(Math.abs(past) / MILLISECONDS);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** What a list of moments says about the gaps between them. */
export function speedOf(times: readonly number[]): Speed {
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const all = gaps.reduce((sum, gap) => sum + gap, 0);
  return { fps: all > 0 ? (gaps.length / all) * 1000 : 0, median: at(0.5), p99: at(0.99) };
}
