import { finish, serve } from "../../laboratory/thread.js";
import { placedOf } from "../../timeline/placed.js";
import { recordOf } from "../../timing/record.js";
import { toldStrategy } from "../../timing/told.js";
import type { Questions } from "./questions.js";

serve<Questions>({
  strategies: (kit) => kit.strategies(),
  run: (kit, { strategy, workload }, tell) => {
    const timeline = kit.Timeline.ofStrategy(strategy, workload);
    try {
      finish(timeline, tell);
      const run = { strategy, ...recordOf(timeline) };
      return { ...run, placed: placedOf(toldStrategy(run, "", workload)) };
    } finally {
      timeline.free();
    }
  },
});
