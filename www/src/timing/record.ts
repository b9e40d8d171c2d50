import type { ProgramTimeline } from "../kit/index.js";
import type { TimelineAnalysis, TimelineColumns, TimelineOutcome, TimelineResource } from "../kit/types.js";

/** A run, all of it. */
export interface RunRecord {
  readonly columns: TimelineColumns;
  readonly resources: readonly TimelineResource[];
  readonly items: readonly string[];
  readonly labels: readonly string[];
  readonly answers: readonly string[];
  readonly analysis: TimelineAnalysis;
  readonly outcome: TimelineOutcome | null;
}

/** A strategy's run of a workload. */
export interface StrategyRun extends RunRecord {
  readonly strategy: string;
}

/** Takes everything out of a timeline that has come to its end. */
export function recordOf(timeline: ProgramTimeline): RunRecord {
  return {
    columns: timeline.columns(),
    resources: timeline.resources(),
    items: timeline.items(),
    ...timeline.tasks(),
    analysis: timeline.analysis(),
    outcome: timeline.outcome(),
  };
}
