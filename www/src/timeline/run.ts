import type { TimelineAnalysis, TimelineColumns, TimelineResource } from "../kit/types.js";
import type { Placed } from "./placed.js";

/**
 * What the chart shows: runs as columns. The shapes fit what `Timeline` of the package gives, so a page hands its answers on
 * as they are; older traces go through `fromTrace`.
 */

/** The events of a run, one column each, in the order in which they happened. */
export type RunColumns = Readonly<TimelineColumns>;

/** Something that tasks take and give back. */
export type RunResource = Readonly<TimelineResource>;

/** A stretch of the critical path. */
export type CriticalLink = Readonly<TimelineAnalysis["critical"][number]>;

/** What an event is, as the numbers of the column `what`. */
export const Happening = {
  start: 0,
  wait: 1,
  acquired: 2,
  released: 3,
  sleep: 4,
  wake: 5,
  done: 6,
  got: 7,
  cancelled: 8,
  put: 9,
  joined: 10,
} as const;
export type Happening = (typeof Happening)[keyof typeof Happening];

/** What the lanes are called. */
export type Noun = "item" | "worker" | "task";

/** One run of the chart. */
export interface Run {
  /** Names it in events and in the page's address; unique in a chart. */
  readonly id: string;
  readonly title: string;
  /** A few words beside the title. */
  readonly detail?: string;
  readonly columns: RunColumns;
  readonly resources: readonly RunResource[];
  /** Names of what workers and loops work on. */
  readonly items: readonly string[];
  /** What each task is called, by task; empty for no name. */
  readonly labels: readonly string[];
  /** What each task answered, as Python text, by task; empty for none. */
  readonly answers: readonly string[];
  readonly noun?: Noun;
  readonly critical?: readonly CriticalLink[];
  /** Whether an answer turns the item away. */
  readonly refused?: (answer: string, task: number) => boolean;
  /** Why it did, in the language of the page. */
  readonly reason?: (task: number) => string | undefined;
  /** False while more events are to come: lanes without an end are then not stuck. */
  readonly over?: boolean;
  /** By `placedOf`, when another thread has worked that out already. */
  readonly placed?: Placed;
}

/** The two ways to read a run from left to right: by the clock, or event after event. */
export type Axis = "time" | "order";

/** A stretch of an axis: milliseconds, or positions of events. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
