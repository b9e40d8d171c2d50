import type { ReactiveController, ReactiveControllerHost } from "lit";

/** How long playing through everything takes, in seconds. */
const LENGTH_S = 6;
/** How long each moment stays for readers who asked for less motion. */
const STILL_MS = 700;

export const speeds = [0.5, 1, 2] as const;
export type Speed = (typeof speeds)[number];

/** Moves a cursor along an axis: smoothly, or from moment to moment for readers who asked for less motion. */
export class Player implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onMove: (at: number | undefined, playing: boolean) => void;
  #frame: number | undefined;
  #speed: Speed = 1;

  /** `onMove` gets the new place, undefined at the end, and whether it goes on from there. */
  constructor(host: ReactiveControllerHost, onMove: (at: number | undefined, playing: boolean) => void) {
    this.#host = host;
    this.#onMove = onMove;
    host.addController(this);
  }

  get playing(): boolean {
    return this.#frame !== undefined;
  }

  get speed(): Speed {
    return this.#speed;
  }

  hostDisconnected(): void {
    this.stop();
  }

  faster(): void {
    this.#speed = speeds[(speeds.indexOf(this.#speed) + 1) % speeds.length] ?? 1;
    this.#host.requestUpdate();
  }

  /** Plays from a place to the end; from the start if it is there already. */
  play(from: number | undefined, end: number, moments: readonly number[]): void {
    this.stop();
    if (!(end > 0)) return;
    const start = from === undefined || from >= end ? 0 : from;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.#step(start, end, moments);
    else this.#run(start, end);
    this.#host.requestUpdate();
  }

  #run(start: number, end: number): void {
    let at = start;
    let before: number | undefined;
    const frame = (now: number): void => {
      at += (((now - (before ?? now)) / 1000) * this.#speed * end) / LENGTH_S;
      before = now;
      if (at >= end) return this.#finish();
      this.#frame = requestAnimationFrame(frame);
      this.#onMove(at, true);
    };
    this.#frame = requestAnimationFrame(frame);
  }

  #step(start: number, end: number, moments: readonly number[]): void {
    let shown = -Infinity;
    let at: number | undefined = start;
    const frame = (now: number): void => {
      if (now - shown >= STILL_MS / this.#speed) {
        if (at === undefined || at >= end) return this.#finish();
        shown = now;
        this.#onMove(at, true);
        const current: number = at;
        at = moments.find((moment) => moment > current);
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
