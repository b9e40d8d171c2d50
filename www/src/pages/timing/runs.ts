import type { TimelineProgress, Workload } from "../../kit/types.js";
import { Laboratory, Refusal, type Problem } from "../../laboratory/index.js";
import type { StrategyRun } from "../../timing/record.js";
import type { Questions } from "./questions.js";
import script from "./worker.js?worker&url";

/** Runs that take no longer are not worth a word. */
const QUIET_MS = 100;

/** What a page draws of the runs while they are computed, and after. */
export interface Bench {
  /** The last runs that came to an end, in the order of the strategies. */
  readonly runs: readonly StrategyRun[];
  /** The workload of those runs. */
  readonly workload: Workload | undefined;
  readonly busy: { readonly strategy: string; readonly progress: TimelineProgress | undefined } | undefined;
  readonly problem: Problem | undefined;
  readonly cancelled: boolean;
}

export const nothingYet: Bench = { runs: [], workload: undefined, busy: undefined, problem: undefined, cancelled: false };

/** Runs strategies one after another, beside the page. A newer question supersedes an older one; what was computed is kept. */
export class Runs {
  readonly #laboratory = new Laboratory<Questions>(script);
  readonly #onChange: (bench: Bench) => void;
  #bench: Bench = nothingYet;
  #running: AbortController | undefined;
  #wanted: readonly string[] | undefined;
  #workloadKey: string | undefined;
  /** Runs by strategy, of the workload that was asked for last. */
  #done = new Map<string, StrategyRun>();
  /** The strategy that is being run. */
  #current: string | undefined;

  constructor(onChange: (bench: Bench) => void) {
    this.#onChange = onChange;
  }

  #set(changes: Partial<Bench>): void {
    this.#bench = { ...this.#bench, ...changes };
    this.#onChange(this.#bench);
  }

  /** Loads what runs them before anything is asked. */
  warm(): void {
    this.#laboratory.warm();
  }

  /** Shows the strategies with a workload. Asking the same again changes nothing. */
  ask(strategies: readonly string[], workload: Workload): void {
    const workloadKey = JSON.stringify(workload);
    const known = workloadKey === this.#workloadKey;
    if (known && strategies.join() === this.#wanted?.join()) return;
    this.#wanted = strategies;
    this.#workloadKey = workloadKey;
    // What is still wanted goes on; the others follow, or not.
    if (known && this.#current !== undefined && strategies.includes(this.#current)) return;
    this.#running?.abort();
    if (!known) this.#done.clear();
    this.#running = new AbortController();
    void this.#compute(workload, this.#running.signal);
  }

  /** Stops computing; the last good runs stay. */
  cancel(): void {
    this.#running?.abort();
    this.#current = undefined;
    this.#set({ busy: undefined, cancelled: this.#bench.busy !== undefined });
  }

  /** Stops computing, for good or until the next question. */
  close(): void {
    this.#running?.abort();
    this.#laboratory.close();
    this.#current = undefined;
    this.#wanted = undefined;
  }

  async #compute(workload: Workload, signal: AbortSignal): Promise<void> {
    this.#set({ problem: undefined, cancelled: false });
    let busy: Bench["busy"];
    const slow = setTimeout(() => this.#set({ busy }), QUIET_MS);
    const tell = (strategy: string, progress?: TimelineProgress): void => {
      busy = { strategy, progress };
      if (this.#bench.busy) this.#set({ busy });
    };
    try {
      for (;;) {
        const strategy = this.#wanted?.find((id) => !this.#done.has(id));
        this.#current = strategy;
        if (strategy === undefined) break;
        tell(strategy);
        const onProgress = (progress: TimelineProgress): void => tell(strategy, progress);
        this.#done.set(strategy, await this.#laboratory.ask("run", { strategy, workload }, { signal, onProgress }));
      }
      this.#set({ runs: (this.#wanted ?? []).flatMap((id) => this.#done.get(id) ?? []), workload, busy: undefined });
    } catch (error) {
      // An older question must not speak over a newer one.
      if (signal.aborted || !(error instanceof Refusal)) return;
      this.#current = undefined;
      this.#set({ problem: error.problem, busy: undefined });
    } finally {
      clearTimeout(slow);
    }
  }
}
