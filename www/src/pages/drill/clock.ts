/** The time of one question. It runs, is paused and goes on; without a limit it only measures. */
export class Clock {
  readonly #limitMs: number | null;
  readonly #onTick: (secondsLeft: number) => void;
  readonly #onEnd: () => void;
  #spentMs = 0;
  #since: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onTick` is called at every whole second left, `onEnd` once when the limit is reached. */
  constructor(limitMs: number | null, onTick: (secondsLeft: number) => void, onEnd: () => void) {
    this.#limitMs = limitMs;
    this.#onTick = onTick;
    this.#onEnd = onEnd;
  }

  get elapsedMs(): number {
    return this.#spentMs + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  get running(): boolean {
    return this.#since !== undefined;
  }

  run(): void {
    if (this.running) return;
    this.#since = performance.now();
    this.#next();
  }

  /** Stops the time where it is; `run` goes on from there. */
  pause(): void {
    this.#spentMs = this.elapsedMs;
    this.#since = undefined;
    clearTimeout(this.#timer);
  }

  /** Waits for the next whole second, and for the end. Timers may come early or late: what counts is the time itself. */
  #next(): void {
    if (this.#limitMs === null) return;
    const left = this.#limitMs - this.elapsedMs;
    if (left <= 0) {
      this.pause();
      this.#onEnd();
      return;
    }
    this.#onTick(Math.ceil(left / 1000));
    this.#timer = setTimeout(() => this.#next(), left % 1000 || 1000);
  }
}
