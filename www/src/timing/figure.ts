import type { Workload } from "../kit/types.js";
import type { Run } from "../timeline/run.js";
import type { StrategyRun } from "./record.js";

/** A strategy's run as the chart draws it. */
export function chartRun(run: StrategyRun, title: string, workload: Workload | undefined): Run {
  const invalid = new Set(workload?.invalid?.map(({ item }) => item));
  // Lanes that work through items have names for them; otherwise each lane is an item.
  const noun = run.items.length > 0 ? "worker" : "item";
  return {
    id: run.strategy,
    title,
    columns: run.columns,
    resources: run.resources,
    items: run.items,
    labels: run.labels,
    answers: run.answers,
    noun,
    critical: run.analysis.critical,
    refused: (_answer, task) => noun === "item" && invalid.has(task),
  };
}
