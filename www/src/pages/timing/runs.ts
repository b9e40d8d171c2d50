import type { LaboratoryKit, ProgramTimeline } from "../../kit/index.js";
import type { SpecsightError, TimelineProgress, Workload } from "../../kit/types.js";
import { recordOf, type StrategyRun } from "../../timing/record.js";
import { runSliced } from "../../timing/sliced.js";

/** What a page draws of the runs while they are computed, and after. */
export interface Bench {
  /** The last runs that came to an end, in the order of the strategies. */
  readonly runs: readonly StrategyRun[];
  /** The workload of those runs. */
  readonly workload: Workload | undefined;
  readonly busy: { readonly strategy: string; readonly progress: TimelineProgress | undefined } | undefined;
  readonly error: SpecsightError | undefined;
  readonly cancelled: boolean;
}

export const nothingYet: Bench = { runs: [], workload: undefined, busy: undefined, error: undefined, cancelled: false };

/** Runs strategies one after another, in slices. A newer question supersedes an older one; what was computed is kept. */
export class Runs {
  readonly #onChange: (bench: Bench) => void;
  #bench: Bench = nothingYet;
  #running: AbortController | undefined;
  #asked: string | undefined;
  /** Runs by strategy, of the workload that was asked for last. */
  #done = new Map<string, StrategyRun>();
  #workloadKey: string | undefined;

  constructor(onChange: (bench: Bench) => void) {
    this.#onChange = onChange;
  }

  #set(changes: Partial<Bench>): void {
    this.#bench = { ...this.#bench, ...changes };
    this.#onChange(this.#bench);
  }

  /** Shows the strategies with a workload. Asking the same again changes nothing. */
  ask(kit: LaboratoryKit, strategies: readonly string[], workload: Workload): void {
    const workloadKey = JSON.stringify(workload);
    const asked = JSON.stringify([strategies, workloadKey]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#running?.abort();
    if (workloadKey !== this.#workloadKey) this.#done.clear();
    this.#workloadKey = workloadKey;
    this.#running = new AbortController();
    void this.#compute(kit, strategies, workload, this.#running.signal);
  }

  /** Stops computing; the last good runs stay. */
  cancel(): void {
    this.#running?.abort();
    this.#set({ busy: undefined, cancelled: this.#bench.busy !== undefined });
  }

  /** Stops computing, for good or until the next question. */
  close(): void {
    this.#running?.abort();
    this.#asked = undefined;
  }

  async #compute(kit: LaboratoryKit, strategies: readonly string[], workload: Workload, signal: AbortSignal): Promise<void> {
    this.#set({ error: undefined, cancelled: false });
    for (const strategy of strategies) {
      if (this.#done.has(strategy)) continue;
      let timeline: ProgramTimeline | undefined;
      try {
        timeline = kit.Timeline.ofStrategy(strategy, workload);
        await runSliced(timeline, { signal, onProgress: (progress) => this.#set({ busy: { strategy, progress } }) });
        this.#done.set(strategy, { strategy, ...recordOf(timeline) });
      } catch (error) {
        // An older question must not speak over a newer one.
        if (signal.aborted) return;
        this.#set({ error: error as SpecsightError, busy: undefined });
        return;
      } finally {
        timeline?.free();
      }
    }
    this.#set({ runs: strategies.flatMap((strategy) => this.#done.get(strategy) ?? []), workload, busy: undefined });
  }
}
