import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import { busyState, wrongState } from "../ui/states.js";
import { Localized } from "../i18n/index.js";
import { strings } from "./strings.js";
import type { SystemInfo, Text } from "./types.js";
import { engines, laboratory, type Kit, type LaboratoryKit, type Package } from "./packages.js";

export type * from "./types.js";
export type { Kit, LaboratoryKit } from "./packages.js";
export type { Engine, Scenario, Timeline } from "../../../pkg/specsight.js";
/** A run of a strategy or a program: it has no states to show. */
export type { Timeline as ProgramTimeline } from "../../../pkg-laboratory/laboratory.js";

/** Loads the laboratory once. */
export function loadLaboratory(): Promise<LaboratoryKit> {
  return laboratory.load();
}

/** Loads the engines once. */
export function loadKit(): Promise<Kit> {
  return engines.load();
}

let catalogue: ReturnType<Kit["systems"]> | undefined;

/** The catalogue in teaching order, converted once. */
export async function loadSystems(): Promise<ReturnType<Kit["systems"]>> {
  const kit = await loadKit();
  return (catalogue ??= kit.systems());
}

/**
 * Gives an element a package. `render` draws what waits for it: nothing for the first moment, then a busy line, or the
 * sentence and the button of a failed load.
 */
class WithPackage<P> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #i18n: Localized;
  readonly #package: Package<P>;
  readonly #onReady: ((ready: P) => void | Promise<void>) | undefined;
  #failed: unknown;
  /** The package, or undefined while it loads. */
  protected ready: P | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, from: Package<P>, onReady?: (ready: P) => void | Promise<void>) {
    this.#host = host;
    this.#i18n = new Localized(host);
    this.#package = from;
    this.#onReady = onReady;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.ready === undefined) void this.#load();
  }

  async #load(): Promise<void> {
    this.#failed = undefined;
    try {
      const ready = this.#package.loaded ?? (await this.#package.load());
      await this.#onReady?.(ready);
      this.ready = ready;
    } catch (error) {
      this.#failed = error;
    }
    this.#host.requestUpdate();
  }

  render(ready: (ready: P) => TemplateResult): TemplateResult {
    if (this.ready) return ready(this.ready);
    if (this.#failed === undefined) return busyState(this.#i18n.t(strings.loading));
    const offline = !navigator.onLine;
    return wrongState({
      title: this.#i18n.t(offline ? strings.offline : strings.failed),
      detail: this.#failed instanceof Error ? this.#failed.message : String(this.#failed),
      action: this.#i18n.t(strings.retry),
      onAction: () => {
        void this.#load();
        this.#host.requestUpdate();
      },
    });
  }
}

/** Gives an element the engines. */
export class WithKit extends WithPackage<Kit> {
  constructor(host: ReactiveControllerHost & HTMLElement, onReady?: (kit: Kit) => void | Promise<void>) {
    super(host, engines, onReady);
  }

  /** The engines, or undefined while they load. */
  get kit(): Kit | undefined {
    return this.ready;
  }
}

/** Gives an element the laboratory. */
export class WithLaboratory extends WithPackage<LaboratoryKit> {
  constructor(host: ReactiveControllerHost & HTMLElement, onReady?: (kit: LaboratoryKit) => void | Promise<void>) {
    super(host, laboratory, onReady);
  }

  /** The laboratory, or undefined while it loads. */
  get kit(): LaboratoryKit | undefined {
    return this.ready;
  }
}

/** The titles of the systems there are, by id, for an element that can do without them until they have loaded. */
export class SystemTitles implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #titles: ReadonlyMap<string, Text> = new Map();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get(system: string): Text | undefined {
    return this.#titles.get(system);
  }

  hostConnected(): void {
    if (this.#titles.size > 0) return;
    const known = (systems: SystemInfo[]): void => {
      this.#titles = new Map(systems.map(({ id, title }) => [id, title]));
      this.#host.requestUpdate();
    };
    // Without them the systems go by their ids.
    loadSystems().then(known, () => undefined);
  }
}
