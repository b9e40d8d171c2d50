import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import { busyState, wrongState } from "../ui/states.js";
import { Localized } from "../i18n/index.js";
import { strings } from "./strings.js";
import type * as Package from "../../../pkg/specsight.js";

export type * from "./types.js";
export type { Engine, Scenario, Timeline } from "../../../pkg/specsight.js";

/** The engines, ready to be called. */
export type Kit = typeof Package;

let loading: Promise<Kit> | undefined;
let loaded: Kit | undefined;

/** Loads the engines once; later calls give the same promise. A failed load is forgotten, so that a retry can succeed. */
export function loadKit(): Promise<Kit> {
  loading ??= start().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(): Promise<Kit> {
  const kit = await import("../../../pkg/specsight.js");
  await kit.default();
  loaded = kit;
  return kit;
}

let catalogue: ReturnType<Kit["systems"]> | undefined;

/** The catalogue in teaching order, converted once. */
export async function loadSystems(): Promise<ReturnType<Kit["systems"]>> {
  const kit = await loadKit();
  return (catalogue ??= kit.systems());
}

/**
 * Gives an element the engines. `render` draws what waits for them: nothing for the first moment, then a busy line, or the
 * sentence and the button of a failed load.
 */
export class WithKit implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #i18n: Localized;
  readonly #onReady: ((kit: Kit) => void | Promise<void>) | undefined;
  #failed: unknown;

  constructor(host: ReactiveControllerHost & HTMLElement, onReady?: (kit: Kit) => void | Promise<void>) {
    this.#host = host;
    this.#i18n = new Localized(host);
    this.#onReady = onReady;
    host.addController(this);
  }

  /** The engines, or undefined while they load. */
  kit: Kit | undefined = undefined;

  hostConnected(): void {
    if (this.kit === undefined) void this.#load();
  }

  async #load(): Promise<void> {
    this.#failed = undefined;
    try {
      const kit = loaded ?? (await loadKit());
      await this.#onReady?.(kit);
      this.kit = kit;
    } catch (error) {
      this.#failed = error;
    }
    this.#host.requestUpdate();
  }

  render(ready: (kit: Kit) => TemplateResult): TemplateResult {
    if (this.kit) return ready(this.kit);
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
