import type { Timeline } from "../kit/index.js";
import type { TimelineAnalysis, TimelineColumns, TimelineOutcome, TimelineResource } from "../kit/types.js";

/** A strategy's run of a workload, all of it. */
export interface StrategyRun {
  readonly strategy: string;
  readonly columns: TimelineColumns;
  readonly resources: readonly TimelineResource[];
  readonly items: readonly string[];
  readonly labels: readonly string[];
  readonly answers: readonly string[];
  readonly analysis: TimelineAnalysis;
  readonly outcome: TimelineOutcome | null;
}

/** Takes everything out of a timeline that has come to its end. */
export function recordOf(strategy: string, timeline: Timeline): StrategyRun {
  const { labels, answers } = timeline.tasks();
  return {
    strategy,
    columns: timeline.columns(),
    resources: timeline.resources(),
    items: timeline.items(),
    labels,
    answers,
    analysis: timeline.analysis(),
    outcome: timeline.outcome(),
  };
}
