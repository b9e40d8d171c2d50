import type { Level, Operation, SystemInfo } from "../../kit/types.js";
import { findingsOf, type Both, type Findings } from "./differences.js";
import { meaningsOf } from "./meaning.js";
import { pairUp, type Renames } from "./pairing.js";

export const levels: readonly Level[] = [1, 2, 3, 4, 5, 6];

/** A line of a comparison: two methods of equal meaning, or one without its like. */
export type Row = ({ kind: "pair" } & Both<Operation> & Findings) | { kind: "left" | "right"; operation: Operation };

/** The methods of a level; two that stand at different levels are at the lower one. */
export interface LevelRows {
  level: Level;
  rows: readonly Row[];
}

/** Two systems side by side. */
export interface Comparison extends Both<SystemInfo> {
  levels: readonly LevelRows[];
}

/** Sets two systems side by side: every method once, pairs first. Swapping the sides mirrors the comparison. */
export function compare(left: SystemInfo, right: SystemInfo, renames: Renames = new Map()): Comparison {
  const pairs = pairUp(meaningsOf(left), meaningsOf(right), renames);
  const paired = new Set(pairs.flat().map((meaning) => meaning.operation));
  const placed: { level: Level; row: Row }[] = pairs.map(([l, r]) => ({
    level: l.operation.level < r.operation.level ? l.operation.level : r.operation.level,
    row: { kind: "pair", left: l.operation, right: r.operation, ...findingsOf(l, r) },
  }));
  for (const kind of ["left", "right"] as const) {
    for (const operation of { left, right }[kind].operations) {
      if (!paired.has(operation)) placed.push({ level: operation.level, row: { kind, operation } });
    }
  }
  return {
    left,
    right,
    levels: levels.map((level) => ({ level, rows: placed.flatMap((each) => (each.level === level ? [each.row] : [])) })),
  };
}

/** Whether a line shows a difference; a method without its like is one. */
export function differs(row: Row): boolean {
  return row.kind !== "pair" || row.differences.length > 0;
}

/** How many methods there are of each sort. */
export interface Counts {
  pairs: number;
  differing: number;
  left: number;
  right: number;
}

export function countsOf(comparison: Comparison): Counts {
  const rows = comparison.levels.flatMap((level) => level.rows);
  const count = (test: (row: Row) => boolean): number => rows.filter(test).length;
  return {
    pairs: count((row) => row.kind === "pair"),
    differing: count((row) => row.kind === "pair" && differs(row)),
    left: count((row) => row.kind === "left"),
    right: count((row) => row.kind === "right"),
  };
}
