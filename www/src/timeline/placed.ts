import { stretchesIn, type Stretches } from "./density.js";
import { layOut, type Layout } from "./layout.js";
import type { Run } from "./run.js";

/** What is worked out of a run before it is first drawn; another thread can do it, and hand it over. */
export interface Placed {
  /** Without the run, whose functions could not leave their thread. */
  readonly layout: Omit<Layout, "run">;
  readonly stretches: Stretches;
}

/** Works that out. */
export function placedOf(run: Run): Placed {
  const { run: _run, ...layout } = layOut(run);
  return { layout, stretches: stretchesIn(layout, false) };
}
