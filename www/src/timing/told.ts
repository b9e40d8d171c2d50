import type { Workload } from "../kit/types.js";
import type { Noun, Run } from "../timeline/run.js";
import type { RunRecord, StrategyRun } from "./record.js";

/** A run as the chart draws it, with what words say of it. */
export interface Told extends Run, Pick<RunRecord, "analysis" | "outcome"> {
  readonly noun: Noun;
}

/** What a page knows of a run beyond its record. */
export type About = Pick<Told, "id" | "title" | "noun"> & Partial<Pick<Run, "detail" | "refused" | "reason">>;

/** A record with its name. The chart keeps its layout with the run, so it is made once for as long as nothing changes. */
export function told(record: RunRecord, about: About): Told {
  return { ...record, critical: record.analysis.critical, ...about };
}

/** A strategy's run. */
export function toldStrategy(run: StrategyRun, title: string, workload: Workload | undefined): Told {
  const invalid = new Set(workload?.invalid?.map(({ item }) => item));
  const noun = workersOr("item", run);
  return told(run, { id: run.strategy, title, noun, refused: (_answer, task) => noun === "item" && invalid.has(task) });
}

/** Lanes that work through items have names for them; otherwise each lane is one itself. */
export function workersOr(noun: Noun, { items }: RunRecord): Noun {
  return items.length > 0 ? "worker" : noun;
}
