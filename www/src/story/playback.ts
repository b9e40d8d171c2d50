/** Where one is on a track, and whether it runs by itself. No elements in here: views listen and draw. */
export class Playback {
  #position = 0;
  #length = 0;
  #playing = false;
  #speed = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #dwell: (position: number) => number;

  /** `dwell` gives how long a position is read at speed 1, in ms. */
  constructor(dwell: (position: number) => number) {
    this.#dwell = dwell;
  }

  get position(): number {
    return this.#position;
  }
  get length(): number {
    return this.#length;
  }
  get playing(): boolean {
    return this.#playing;
  }
  get speed(): number {
    return this.#speed;
  }

  /** Takes a track of another length, at a position in it. */
  load(length: number, position: number): void {
    this.#length = length;
    this.#position = this.#within(position);
    this.#tell();
  }

  /** Goes to a position; one outside the track is the nearest end. */
  seek(position: number): void {
    const to = this.#within(position);
    if (to === this.#position) return;
    this.#position = to;
    if (this.#playing) this.#schedule();
    this.#tell();
  }

  step(by: number): void {
    this.pause();
    this.seek(this.#position + by);
  }

  /** Plays on, or from the start when at the end. */
  play(): void {
    if (this.#length === 0 || this.#playing) return;
    if (this.#position === this.#length) this.#position = 0;
    this.#playing = true;
    this.#schedule();
    this.#tell();
  }

  pause(): void {
    clearTimeout(this.#timer);
    if (!this.#playing) return;
    this.#playing = false;
    this.#tell();
  }

  toggle(): void {
    if (this.#playing) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    if (this.#playing) this.#schedule();
    this.#tell();
  }

  /** Calls `listener` on every change until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #within(position: number): number {
    return Math.max(0, Math.min(this.#length, Number.isFinite(position) ? Math.trunc(position) : position > 0 ? this.#length : 0));
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#position < this.#length) this.seek(this.#position + 1);
      if (this.#position === this.#length) this.pause();
    }, this.#dwell(this.#position) / this.#speed);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
