import type { TimelineProgress } from "../../kit/types.js";
import { Refusal, type Problem } from "../../laboratory/index.js";
import type { RunRecord } from "../../timing/record.js";
import { sameWriting, type Writing } from "./draft.js";
import type { ProgramLaboratory } from "./questions.js";

/** How long the reader must rest from typing until the text is run. */
const REST_MS = 250;
/** A run that takes no longer is not worth a word. */
const QUIET_MS = 300;

/** A text and its run. */
export interface Ran {
  readonly writing: Writing;
  readonly run: RunRecord;
}

/** What is known of the text that is run. */
export interface Bench {
  /** The last one that came to an end. */
  readonly own: Ran | undefined;
  readonly pinned: Ran | undefined;
  readonly busy: { readonly progress: TimelineProgress | undefined } | undefined;
  readonly problem: { readonly writing: Writing; readonly problem: Problem } | undefined;
  readonly cancelled: boolean;
}

export const idle: Bench = { own: undefined, pinned: undefined, busy: undefined, problem: undefined, cancelled: false };

/** Runs what is typed, a moment after it was; the last good run stays until there is a newer one. */
export class Runner {
  readonly #laboratory: ProgramLaboratory;
  readonly #onChange: (bench: Bench) => void;
  #bench: Bench = idle;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  #pinning: AbortController | undefined;

  constructor(laboratory: ProgramLaboratory, onChange: (bench: Bench) => void) {
    this.#laboratory = laboratory;
    this.#onChange = onChange;
  }

  #set(changes: Partial<Bench>): void {
    this.#bench = { ...this.#bench, ...changes };
    this.#onChange(this.#bench);
  }

  /** Forgets everything: another program is shown. */
  clear(): void {
    this.stop();
    this.#set(idle);
  }

  /** Stops computing; what is there stays. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#running?.abort();
    this.#pinning?.abort();
  }

  cancel(): void {
    this.stop();
    this.#set({ busy: undefined, cancelled: true });
  }

  /** Runs a text once the reader rests. */
  soon(writing: Writing): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.now(writing), REST_MS);
  }

  async now(writing: Writing): Promise<void> {
    clearTimeout(this.#rest);
    this.#running?.abort();
    if (sameWriting(this.#bench.own?.writing, writing)) return this.#set({ problem: undefined, busy: undefined, cancelled: false });
    const running = (this.#running = new AbortController());
    let progress: TimelineProgress | undefined;
    const slow = setTimeout(() => this.#set({ busy: { progress } }), QUIET_MS);
    try {
      const run = await this.#laboratory.ask("run", writing, {
        signal: running.signal,
        onProgress: (now) => {
          progress = now;
          if (this.#bench.busy) this.#set({ busy: { progress } });
        },
      });
      this.#set({ own: { writing, run }, problem: undefined, busy: undefined, cancelled: false });
    } catch (error) {
      // An older text must not speak over a newer one.
      if (running.signal.aborted || !(error instanceof Refusal)) return;
      this.#set({ problem: { writing, problem: error.problem }, busy: undefined, cancelled: false });
    } finally {
      clearTimeout(slow);
    }
  }

  /** Keeps a text's run beside; undefined keeps none. */
  async pin(writing: Writing | undefined): Promise<void> {
    this.#pinning?.abort();
    if (!writing) return this.#set({ pinned: undefined });
    if (sameWriting(this.#bench.pinned?.writing, writing)) return;
    if (sameWriting(this.#bench.own?.writing, writing)) return this.#set({ pinned: this.#bench.own });
    const pinning = (this.#pinning = new AbortController());
    try {
      this.#set({ pinned: { writing, run: await this.#laboratory.ask("run", writing, { signal: pinning.signal }) } });
    } catch (error) {
      // A text that was pinned did run; one in a link may not, and then there is nothing to compare with.
      if (!pinning.signal.aborted && error instanceof Refusal) this.#set({ pinned: undefined });
    }
  }
}
