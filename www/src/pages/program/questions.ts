import type { StrategyInfo, Workload } from "../../kit/types.js";
import type { Laboratory } from "../../laboratory/index.js";
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

export type ProgramLaboratory = Laboratory<Questions>;
