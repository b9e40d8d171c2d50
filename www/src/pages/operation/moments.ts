import type { Axis } from "./model.js";
import type { Run } from "./runs.js";

/** The places of an axis at which something happens in any of the runs, in order, without repetition. */
export function momentsOf(runs: readonly Pick<Run, "events">[], axis: Axis): number[] {
  const all = runs.flatMap(({ events }) => events.map((event, index) => (axis === "time" ? event.atMs : index)));
  return [...new Set([0, ...all])].sort((a, b) => a - b);
}
