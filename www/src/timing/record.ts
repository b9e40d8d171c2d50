import type { ProgramTimeline } from "../kit/index.js";
import type { TimelineAnalysis, TimelineColumns, TimelineOutcome, TimelineResource } from "../kit/types.js";
import type { Placed } from "../timeline/index.js";

/** What a run comes to, without the lists as long as the run that no page shows. */
export type Findings = Omit<TimelineAnalysis, "order" | "resources">;

/** A run, all of it that the pages show. */
export interface RunRecord {
  readonly columns: TimelineColumns;
  readonly resources: readonly TimelineResource[];
  readonly items: readonly string[];
  readonly labels: readonly string[];
  readonly answers: readonly string[];
  readonly analysis: Findings;
  readonly outcome: TimelineOutcome | null;
  /** For the chart, where that was worked out beforehand. */
  readonly placed?: Placed;
}

/** A strategy's run of a workload. */
export interface StrategyRun extends RunRecord {
  readonly strategy: string;
}

/** Takes everything out of a timeline that has come to its end. */
export function recordOf(timeline: ProgramTimeline): RunRecord {
  const { order: _order, resources: _resources, ...analysis } = timeline.analysis();
  return {
    columns: timeline.columns(),
    resources: timeline.resources(),
    items: timeline.items(),
    ...timeline.tasks(),
    analysis,
    outcome: timeline.outcome(),
  };
}
