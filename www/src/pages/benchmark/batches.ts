import type { StrategyInfo, Workload } from "../../kit/types.js";
import { Laboratory } from "../../laboratory/index.js";
import type { Questions } from "../timing/questions.js";
import script from "../timing/worker.js?worker&url";

/** How long a strategy took, from the question to everything that the chart draws. */
export interface Batch {
  readonly strategy: StrategyInfo;
  readonly events: number;
  readonly ms: number;
}

/** A batch as large as anybody will ask for: every item is valid, and has a lock of its own. */
export const batch: Workload = { items: 100_000, sleep: { fixed: 10 }, maxConcurrent: 10, sharedLock: false };

/** Runs every strategy as the page of strategies does, one after another. */
export async function measureBatches(): Promise<Batch[]> {
  const laboratory = new Laboratory<Questions>(script);
  const measured: Batch[] = [];
  try {
    for (const strategy of await laboratory.ask("strategies", null)) {
      const begun = performance.now();
      const { columns } = await laboratory.ask("run", { strategy: strategy.id, workload: batch });
      measured.push({ strategy, events: columns.atMs.length, ms: performance.now() - begun });
    }
  } finally {
    laboratory.close();
  }
  return measured;
}
