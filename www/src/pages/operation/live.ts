import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { Engine } from "../../kit/index.js";
import type { Operation, SpecsightError, TraceEvent } from "../../kit/types.js";
import "../../timeline/index.js";
import { fromTrace, type Run } from "../../timeline/index.js";
import { base, buttons } from "../../ui/styles.js";
import { filesOfPage } from "./files.js";
import { strings } from "./strings.js";

/** A call that was made outside the engine, and what came of it. */
interface Call {
  readonly file: string;
  readonly startedMs: number;
  readonly ms?: number;
  readonly bytes?: number;
  readonly problem?: string;
}

/** Which parameter of an operation is the async callable; -1 for none. */
export function callablePosition({ params }: Pick<Operation, "params">): number {
  return params.findIndex(({ type }) => type === "async callable");
}

/**
 * Plays an operation for real: its external call is a JavaScript function that fetches files of this page, and the chart
 * grows as the answers come.
 */
@customElement("specsight-live-play")
export class LivePlay extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        margin-top: var(--space-8);
        padding-top: var(--space-5);
        border-top: 1px solid var(--rule);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      .calls {
        overflow-x: auto;
      }
      table {
        border-collapse: collapse;
        font-size: var(--text-13);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: var(--space-1) var(--space-4) var(--space-1) 0;
        border-bottom: 1px solid var(--rule);
        text-align: start;
        font-weight: 400;
        white-space: nowrap;
      }
      th {
        color: var(--ink-2);
      }
      .failed {
        color: var(--removed);
      }
    `,
  ];

  /** Stands where the story stands; it is not changed. */
  @property({ attribute: false }) engine: Engine | undefined;
  @property({ attribute: false }) operation: Operation | undefined;
  @property({ attribute: false }) args: readonly unknown[] = [];
  @property({ attribute: false }) limit: unknown;

  #i18n = new Localized(this);
  #abort: AbortController | undefined;
  #resume: (() => void) | undefined;
  #held: Promise<void> | undefined;
  #events: TraceEvent[] = [];
  @state() private figure: Run | undefined;
  @state() private calls: readonly Call[] = [];
  @state() private running = false;
  @state() private paused = false;
  @state() private said = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("args") && !changed.has("operation")) return;
    this.#stop();
    this.figure = undefined;
    this.calls = [];
    this.said = "";
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <h2>${t.t(strings.liveTitle)}</h2>
      <p>${t.t(strings.liveAbout)}</p>
      <div class="line">
        ${this.running
          ? html`<button class="button" type="button" @click=${this.#togglePause}>${t.t(this.paused ? strings.liveResume : strings.livePause)}</button>
              <button class="button" type="button" @click=${() => this.#stop()}>${t.t(strings.liveStop)}</button>`
          : html`<button class="button primary" type="button" @click=${this.#play}>${t.t(strings.livePlay)}</button>`}
        <span class="small" role="status">${this.running ? t.t(strings.liveCount, this.#answered, this.calls.length) : this.said}</span>
      </div>
      ${this.figure ? html`<specsight-timeline .runs=${[this.figure]}></specsight-timeline>` : nothing}
      ${this.calls.length > 0 ? this.#table() : nothing}
    `;
  }

  get #answered(): number {
    return this.calls.filter(({ ms }) => ms !== undefined).length;
  }

  #table(): TemplateResult {
    const t = this.#i18n;
    return html`<div class="calls" tabindex="0" role="region" aria-label=${t.t(strings.liveCalls)}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t.t(strings.liveFile)}</th>
            <th scope="col">${t.t(strings.liveTook)}</th>
            <th scope="col">${t.t(strings.liveAnswer)}</th>
          </tr>
        </thead>
        <tbody>
          ${this.calls.map(
            ({ file, ms, bytes, problem }) => html`<tr>
              <td><code>${file}</code></td>
              <td>${ms === undefined ? "…" : `${t.number(Math.round(ms * 10) / 10)} ms`}</td>
              <td class=${problem === undefined ? "" : "failed"}>${problem === undefined ? (bytes === undefined ? "" : t.t(strings.liveBytes, bytes)) : `✗ ${problem}`}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #play = async (): Promise<void> => {
    const { engine: base, operation } = this;
    if (!base || !operation || this.running) return;
    const files = filesOfPage();
    const abort = (this.#abort = new AbortController());
    this.#events = [];
    this.calls = [];
    this.said = "";
    this.running = true;
    const args = this.args.map((arg, index) =>
      index === callablePosition(operation) ? () => this.#fetch(files[this.calls.length % files.length], abort.signal) : arg,
    );
    const engine = base.fork();
    try {
      const { returnsText } = await engine.play(operation.name, args, {
        signal: abort.signal,
        gate: () => this.#held,
        onProgress: (events) => {
          this.#events.push(...events);
          if (this.#abort === abort) this.#draw(false);
        },
      });
      if (this.#abort === abort) this.said = this.#i18n.t(strings.liveDone, returnsText);
    } catch (error) {
      if (this.#abort === abort) this.said = (error as SpecsightError).code === "aborted" ? this.#i18n.t(strings.liveStopped) : (error as Error).message;
    } finally {
      engine.free();
      if (this.#abort === abort) {
        this.running = false;
        this.#draw(true);
      }
    }
  };

  /** The external call: fetches a file and gives its size; what is not there raises. */
  async #fetch(file: ReturnType<typeof filesOfPage>[number] | undefined, signal: AbortSignal): Promise<string> {
    const place = this.calls.length;
    const call: Call = { file: file?.name ?? "", startedMs: performance.now() };
    this.calls = [...this.calls, call];
    const settle = (result: Partial<Call>): void => {
      this.calls = this.calls.with(place, { ...call, ms: performance.now() - call.startedMs, ...result });
    };
    try {
      const response = await fetch(file?.url ?? "", { signal });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
      const { byteLength } = await response.arrayBuffer();
      settle({ bytes: byteLength });
      return `${byteLength} bytes`;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      settle({ problem });
      throw new Error(problem, { cause: error });
    }
  }

  #draw(over: boolean): void {
    const permits = typeof this.limit === "number" ? { permits: { permits: this.limit } } : {};
    this.figure = { id: "live", title: this.#i18n.t(strings.liveRun), noun: "item", over, ...fromTrace(this.#events, permits) };
  }

  #togglePause = (): void => {
    if (this.paused) return this.#release();
    this.paused = true;
    this.#held = new Promise((resolve) => (this.#resume = resolve));
  };

  #release(): void {
    this.paused = false;
    this.#held = undefined;
    this.#resume?.();
  }

  #stop(): void {
    this.#release();
    this.#abort?.abort();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-live-play": LivePlay;
  }
}
