import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Virtual milliseconds for each real one. Sleeps are short: a hundredth of real time is for looking closely. */
export const speeds = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000] as const;
export type Speed = (typeof speeds)[number];

/** How long playing through everything takes at the speed that is chosen at first, in milliseconds. */
const READING_MS = 6000;
/** How long each moment stays for readers who asked for less motion. */
const STILL_MS = 700;

/** The listed speed at which so much virtual time takes about as long as reading does. */
export function readingSpeed(totalMs: number): Speed {
  const wanted = Math.log(Math.max(totalMs, 1e-3) / READING_MS);
  return speeds.reduce((best, speed) => (Math.abs(Math.log(speed) - wanted) < Math.abs(Math.log(best) - wanted) ? speed : best));
}

/** The first of ascending moments after a time. */
function after(moments: ArrayLike<number>, at: number): number | undefined {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return moments[low];
}

/** Moves a cursor along virtual time: smoothly, or from moment to moment for readers who asked for less motion. */
export class Player implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onMove: (atMs: number | undefined, playing: boolean) => void;
  #frame: number | undefined;
  #chosen: Speed | undefined;
  #totalMs = 0;
  #moments: ArrayLike<number> = [];
  /** Begins anew when it comes to the end. */
  loop = false;

  /** `onMove` gets the new place, undefined at the end, and whether it goes on from there. */
  constructor(host: ReactiveControllerHost, onMove: (atMs: number | undefined, playing: boolean) => void) {
    this.#host = host;
    this.#onMove = onMove;
    host.addController(this);
  }

  get playing(): boolean {
    return this.#frame !== undefined;
  }

  get speed(): Speed {
    return this.#chosen ?? readingSpeed(this.#totalMs);
  }

  set speed(speed: Speed) {
    this.#chosen = speed;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Takes what there is to play: its length, and the times at which something happens, ascending. */
  load(totalMs: number, moments: ArrayLike<number>): void {
    if (totalMs !== this.#totalMs) this.stop();
    this.#totalMs = totalMs;
    this.#moments = moments;
  }

  faster(): void {
    this.speed = speeds[Math.min(speeds.indexOf(this.speed) + 1, speeds.length - 1)] ?? this.speed;
  }

  slower(): void {
    this.speed = speeds[Math.max(speeds.indexOf(this.speed) - 1, 0)] ?? this.speed;
  }

  /** Plays from a place to the end; from the start if it is there already. */
  play(fromMs: number | undefined): void {
    this.stop();
    if (!(this.#totalMs > 0)) return;
    const start = fromMs === undefined || fromMs >= this.#totalMs ? 0 : fromMs;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.#step(start);
    else this.#run(start);
    this.#host.requestUpdate();
  }

  toggle(fromMs: number | undefined): void {
    if (this.playing) this.stop();
    else this.play(fromMs);
  }

  #run(start: number): void {
    let at = start;
    let before: number | undefined;
    const frame = (now: number): void => {
      at += (now - (before ?? now)) * this.speed;
      before = now;
      if (at >= this.#totalMs) {
        if (!this.loop) return this.#finish();
        at = 0;
      }
      this.#frame = requestAnimationFrame(frame);
      this.#onMove(at, true);
    };
    this.#frame = requestAnimationFrame(frame);
  }

  #step(start: number): void {
    let shown = -Infinity;
    let at: number | undefined = start;
    const frame = (now: number): void => {
      if (now - shown >= STILL_MS) {
        if (at === undefined || at >= this.#totalMs) {
          if (!this.loop) return this.#finish();
          at = 0;
        }
        shown = now;
        this.#onMove(at, true);
        at = after(this.#moments, at);
      }
      this.#frame = requestAnimationFrame(frame);
    };
    this.#frame = requestAnimationFrame(frame);
  }

  #finish(): void {
    this.#frame = undefined;
    this.#onMove(undefined, false);
    this.#host.requestUpdate();
  }

  stop(): void {
    if (this.#frame === undefined) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#host.requestUpdate();
  }
}
