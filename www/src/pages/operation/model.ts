import type { TraceEvent } from "../../kit/types.js";

/**
 * A timeline as lanes and tracks: what a chart, a table or a sentence is made from. It holds times and event positions, no
 * pixels, so any renderer can draw it.
 */

/** What a task does between two of its events. On virtual time only waits and sleeps take any. */
export type Doing = "run" | "wait" | "sleep";

/** A stretch of a lane in which the task does one thing. */
export interface Span {
  readonly doing: Doing;
  readonly fromMs: number;
  /** Infinity for a wait that never ends. */
  readonly toMs: number;
  /** Positions in the list of events; they order what happens within one instant. */
  readonly fromEvent: number;
  readonly toEvent: number;
  /** The event that began it, and what that was about. */
  readonly by: TraceEvent["what"];
  readonly about: string | undefined;
  /** What a wait is for. */
  readonly resource?: string;
  /** What the task holds meanwhile, in the order of taking. */
  readonly holds: readonly string[];
}

/** How a lane ends: answered, refused (its answer is a refusal), or waiting for ever. */
export type Ending = "done" | "refused" | "stuck";

/** One task from start to end. */
export interface Lane {
  readonly task: number;
  /** The item as the trace names it; empty if it does not. */
  readonly label: string;
  readonly spans: readonly Span[];
  readonly startMs: number;
  readonly endMs: number;
  readonly startEvent: number;
  readonly endEvent: number;
  /** The answer as Python, if the trace gives one. */
  readonly answer: string | undefined;
  readonly ending: Ending;
  /** It ended in the instant it began, without a sleep and without asking for a permit. */
  readonly atOnce: boolean;
  readonly sleptMs: number;
  readonly waitedMs: number;
}

/** From here on, so many have the resource; who they are is in the holds. */
export interface Level {
  readonly atMs: number;
  readonly atEvent: number;
  readonly used: number;
}

/** A stretch in which one task has the resource. */
export interface Hold {
  readonly task: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromEvent: number;
  readonly toEvent: number;
}

/** One lock or semaphore over time. */
export interface Track {
  /** `semaphore:permits`, `lock:alice`. */
  readonly resource: string;
  readonly kind: "semaphore" | "lock";
  readonly name: string;
  /** How many may hold it; undefined when nothing in the trace shows the limit. */
  readonly capacity: number | undefined;
  readonly levels: readonly Level[];
  readonly holds: readonly Hold[];
  /** How many tasks did not get it at once. */
  readonly contended: number;
}

/** A whole run. */
export interface Timeline {
  readonly lanes: readonly Lane[];
  /** Semaphores first, then locks, each in the order of first use. */
  readonly tracks: readonly Track[];
  /** Infinity when some task waits for ever. */
  readonly totalMs: number;
  /** How many events there are. */
  readonly length: number;
}

/** The two ways to read a timeline from left to right: by the clock, or event after event. */
export type Axis = "time" | "order";
