import type { Level, Operation, SystemInfo } from "../../kit/types.js";
import { findingsOf, type Both, type Difference, type Findings } from "./differences.js";
import { meaningsOf } from "./meaning.js";
import { pairUp, type Renames } from "./pairing.js";
import { timestampOf } from "./shape.js";

export const levels: readonly Level[] = [1, 2, 3, 4, 5, 6];

/** A line of a comparison: two methods of equal meaning, or one without its like. */
export type Row = ({ kind: "pair" } & Both<Operation> & Findings) | { kind: "left" | "right"; operation: Operation };

/** The methods of a level; two that stand at different levels are at the lower one. */
export interface LevelRows {
  level: Level;
  rows: readonly Row[];
}

type TimestampDifference = Extract<Difference, { kind: "timestamp" }>;

/** A difference that most pairs have: it is the systems' and not the methods', and its pairs do not repeat it. */
export interface Usual {
  difference: TimestampDifference;
  /** How many pairs have it. */
  pairs: number;
}

/** Two systems side by side. */
export interface Comparison extends Both<SystemInfo> {
  timestamp: Usual | undefined;
  levels: readonly LevelRows[];
}

/** Sets two systems side by side: every method once, pairs first. Swapping the sides mirrors the comparison. */
export function compare(left: SystemInfo, right: SystemInfo, renames: Renames = new Map()): Comparison {
  const pairs = pairUp(meaningsOf(left), meaningsOf(right), renames);
  const paired = new Set(pairs.flat().map((meaning) => meaning.operation));
  const timestamp = usualTimestamp(pairs.map(([l, r]) => ({ left: l.operation, right: r.operation })));
  const placed: { level: Level; row: Row }[] = pairs.map(([l, r]) => {
    const { differences, shared } = findingsOf(l, r);
    return {
      level: l.operation.level < r.operation.level ? l.operation.level : r.operation.level,
      row: { kind: "pair", left: l.operation, right: r.operation, differences: differences.filter((each) => !isUsual(each, timestamp)), shared },
    };
  });
  for (const kind of ["left", "right"] as const) {
    for (const operation of { left, right }[kind].operations) {
      if (!paired.has(operation)) placed.push({ level: operation.level, row: { kind, operation } });
    }
  }
  return {
    left,
    right,
    timestamp,
    levels: levels.map((level) => ({ level, rows: placed.flatMap((each) => (each.level === level ? [each.row] : [])) })),
  };
}

/** Where more than half of the pairs, and more than one, take the time of the call on either side, if not in the same place. */
function usualTimestamp(pairs: readonly Both<Operation>[]): Usual | undefined {
  const places = pairs.map((pair): TimestampDifference => ({ kind: "timestamp", left: timestampOf(pair.left), right: timestampOf(pair.right) }));
  const like = (difference: TimestampDifference): number => places.filter(({ left, right }) => left === difference.left && right === difference.right).length;
  const difference = places.find((each) => each.left !== each.right && like(each) > 1 && 2 * like(each) > places.length);
  return difference && { difference, pairs: like(difference) };
}

function isUsual(difference: Difference, usual: Usual | undefined): boolean {
  return difference.kind === "timestamp" && difference.left === usual?.difference.left && difference.right === usual.difference.right;
}

/** Whether a line shows a difference; a method without its like is one. */
export function differs(row: Row): boolean {
  return row.kind !== "pair" || row.differences.length > 0;
}

/** How many methods there are of each sort. */
export interface Counts {
  pairs: number;
  differing: number;
  /** What they usually differ in is not counted. */
  besides: boolean;
  left: number;
  right: number;
}

export function countsOf(comparison: Comparison): Counts {
  const rows = comparison.levels.flatMap((level) => level.rows);
  const count = (test: (row: Row) => boolean): number => rows.filter(test).length;
  return {
    pairs: count((row) => row.kind === "pair"),
    differing: count((row) => row.kind === "pair" && differs(row)),
    besides: comparison.timestamp !== undefined,
    left: count((row) => row.kind === "left"),
    right: count((row) => row.kind === "right"),
  };
}
