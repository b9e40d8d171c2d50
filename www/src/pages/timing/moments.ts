import type { StrategyRun } from "../../timing/record.js";

/** The times at which anything happens in any of the runs, ascending, each once. */
export function momentsOf(runs: readonly Pick<StrategyRun, "columns">[]): Float64Array {
  const all = new Float64Array(runs.reduce((sum, { columns }) => sum + columns.atMs.length, 0));
  let at = 0;
  for (const { columns } of runs) {
    all.set(columns.atMs, at);
    at += columns.atMs.length;
  }
  all.sort();
  return all.filter((ms, index) => index === 0 || ms !== all[index - 1]);
}
