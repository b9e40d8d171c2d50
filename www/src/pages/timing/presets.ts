import type { Phrase } from "../../i18n/index.js";
import { defaults, type Draft } from "./settings.js";
import { strings } from "./strings.js";

/** A workload that shows something. */
export interface Preset {
  readonly id: string;
  readonly title: Phrase<string>;
  readonly draft: Draft;
  readonly strategies: readonly string[];
}

export const presets: readonly Preset[] = [
  { id: "three-invalid", title: strings.presetInvalid, draft: defaults.draft, strategies: ["fail_fast", "all_sleep"] },
  {
    id: "partial-wave",
    title: strings.presetPartial,
    draft: { ...defaults.draft, items: "7", invalid: "", maxConcurrent: "3" },
    strategies: ["fail_fast", "gather_all"],
  },
  {
    id: "the-slow-one",
    title: strings.presetSlow,
    draft: { ...defaults.draft, items: "6", invalid: "", sleep: "10, 10, 40, 10, 10, 10" },
    strategies: ["fail_fast", "worker_pool", "sequential"],
  },
  {
    id: "lock-across",
    title: strings.presetLock,
    draft: { ...defaults.draft, items: "5", invalid: "4:3" },
    strategies: ["lock_then_semaphore", "lock_across_sleep"],
  },
  {
    id: "deadlock",
    title: strings.presetDeadlock,
    draft: { ...defaults.draft, items: "4", invalid: "" },
    strategies: ["pair_lock_sorted", "pair_lock_unsorted"],
  },
  {
    id: "failing-call",
    title: strings.presetFailing,
    draft: { ...defaults.draft, items: "6", invalid: "3:2", fails: "1, 4" },
    strategies: ["lifecycle", "fail_fast"],
  },
  {
    id: "ten-thousand",
    title: strings.presetMany,
    draft: { ...defaults.draft, items: "10000", invalid: "", sleep: "1..20 @ 7", maxConcurrent: "50" },
    strategies: ["fail_fast", "worker_pool"],
  },
  {
    id: "hundred-thousand",
    title: strings.presetHuge,
    draft: { ...defaults.draft, items: "100000", invalid: "", maxConcurrent: "10" },
    strategies: ["fail_fast"],
  },
];
