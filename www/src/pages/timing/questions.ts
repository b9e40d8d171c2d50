import type { StrategyInfo, Workload } from "../../kit/types.js";
import type { StrategyRun } from "../../timing/record.js";

/** What the strategies' thread can be asked, and what it answers. */
export interface Questions {
  strategies: { readonly ask: null; readonly answer: readonly StrategyInfo[] };
  run: { readonly ask: { readonly strategy: string; readonly workload: Workload }; readonly answer: StrategyRun };
}
