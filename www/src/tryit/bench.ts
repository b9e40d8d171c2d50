import type { Kit, ScenarioStep, SystemInfo } from "../kit/index.js";
import { Track, type Call } from "../story/track.js";

/** A refusal that belongs to a field of the form. */
export type Refusal = Extract<ScenarioStep, { ok: false }>["error"];

/** The reader's own calls on a system: run, take back, make again. No elements in here. */
export class Bench {
  readonly track: Track;
  readonly #base: readonly Call[];
  #undone: Call[] = [];

  /** `base` are the calls that were made before the reader's own: a story up to some step. */
  constructor(kit: Kit, system: SystemInfo, config: unknown[], base: readonly Call[]) {
    this.track = new Track(kit, system, config);
    this.#base = base;
    for (const call of base) this.track.push(call);
  }

  /** The reader's own calls. */
  get own(): readonly Call[] {
    return this.track.calls.slice(this.#base.length);
  }

  get base(): number {
    return this.#base.length;
  }

  /**
   * Makes a call. One whose arguments do not fit is no call at all and leaves no step; one that the system answers with an
   * exception or a deadlock is worth seeing and stays.
   */
  run(call: Call): Refusal | undefined {
    const before = this.track.length;
    const step = this.track.push(call);
    if (!step.ok && ["bad_argument", "bad_item", "unknown_operation", "limit"].includes(step.error.code)) {
      this.track.truncate(before);
      return step.error;
    }
    this.#undone = [];
    return undefined;
  }

  get canUndo(): boolean {
    return this.own.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  undo(): void {
    if (!this.canUndo) return;
    this.#undone.push(...this.track.truncate(this.track.length - 1));
  }

  redo(): void {
    const call = this.#undone.pop();
    if (call) this.track.push(call);
  }

  /** The whole as a Python program, each answer beside its call. */
  python(): string {
    const { track } = this;
    const name = track.length > 0 ? track.step(1).callText.replace(/^await /, "").split(".")[0] : track.system.id;
    const lines = Array.from({ length: track.length }, (_, i) => {
      const step = track.step(i + 1);
      return `${step.callText}  # ${step.ok ? step.returnsText : (step.error.exception ?? step.error.code)}`;
    });
    const body = [`${name} = ${track.constructorText}`, ...lines];
    if (!lines.some((line) => line.startsWith("await "))) return body.join("\n") + "\n";
    return `import asyncio\n\n\nasync def main():\n${body.map((line) => `    ${line}`).join("\n")}\n\n\nasyncio.run(main())\n`;
  }

  free(): void {
    this.track.free();
  }
}
