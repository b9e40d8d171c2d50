import type * as Engines from "../../../pkg/specsight.js";
import type * as LaboratoryPackage from "../../../pkg-laboratory/laboratory.js";

/** The engines, ready to be called. */
export type Kit = typeof Engines;

/** The strategies, the language of programs and the drills, ready to be called. */
export type LaboratoryKit = typeof LaboratoryPackage;

/** A WebAssembly package that is loaded when it is first asked for. */
export class Package<P> {
  readonly #fetch: () => Promise<P & { default(): Promise<unknown> }>;
  #loading: Promise<P> | undefined;
  /** The package once it is there. */
  loaded: P | undefined;

  constructor(fetch: () => Promise<P & { default(): Promise<unknown> }>) {
    this.#fetch = fetch;
  }

  /** Loads it once; later calls give the same promise. A failed load is forgotten, so that a retry can succeed. */
  load(): Promise<P> {
    this.#loading ??= this.#start().catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #start(): Promise<P> {
    const fetched = await this.#fetch();
    await fetched.default();
    return (this.loaded = fetched);
  }
}

export const engines = new Package<Kit>(() => import("../../../pkg/specsight.js"));
export const laboratory = new Package<LaboratoryKit>(() => import("../../../pkg-laboratory/laboratory.js"));
