import type { ErrorCode, StrategyInfo, TimelineProgress, Workload } from "../../kit/types.js";
import type { RunRecord } from "../../timing/record.js";
import type { Form, Writing } from "./draft.js";

/** A strategy as a program that stands alone. */
export interface StandAlone {
  readonly info: StrategyInfo;
  readonly text: string;
  /** How many items are written out, of how many. */
  readonly written: number;
  readonly items: number;
}

/** What the engines can be asked, and what they answer. */
export interface Questions {
  run: { readonly ask: Writing; readonly answer: RunRecord };
  /** The same program in the other form. */
  convert: { readonly ask: Writing & { readonly to: Form }; readonly answer: string };
  strategies: { readonly ask: null; readonly answer: readonly StrategyInfo[] };
  strategy: { readonly ask: { readonly strategy: string; readonly workload: Workload }; readonly answer: StandAlone };
}

export type Kind = keyof Questions;
export type Question = { [K in Kind]: { readonly kind: K; readonly ask: Questions[K]["ask"] } }[Kind];

/** Why there is no answer. */
export interface Problem {
  readonly code: ErrorCode | "not_json" | "too_long" | "unknown_strategy" | "engine";
  /** In the engines' own words. */
  readonly message: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** Of the JSON form: `tasks[0][1].do`. */
  readonly field?: string;
}

/** What the worker says: once that its engines are loaded, then about the question it was asked last. */
export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly progress: TimelineProgress }
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "problem"; readonly problem: Problem };
