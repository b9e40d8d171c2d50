import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base } from "../ui/styles.js";
import { strings } from "./strings.js";
import type { Due, Ruler } from "./times.js";

/** About the width of a letter of a label, in px. */
const letter = 7.4;
const rows = 2;
/** Below this width the legend would meet the word for now. */
const roomForLegend = 760;

interface Flag extends Due {
  /** From 0 to 1. */
  x: number;
  /** The line its label stands on, or undefined where there is no room for one. */
  row: number | undefined;
}

/** Time as a line: now, and every moment the state waits for as a flag, whose edge tells whether the moment itself counts. */
@customElement("specsight-ruler")
export class RulerView extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        height: 76px;
        font: 12px / 16px var(--font-code);
        font-variant-numeric: tabular-nums;
        overflow: hidden;
      }
      .axis {
        position: absolute;
        inset: 46px 0 auto;
        height: 1px;
        background: var(--rule-strong);
      }
      .tick {
        position: absolute;
        top: 43px;
        width: 1px;
        height: 4px;
        background: var(--rule-strong);
      }
      .flag {
        position: absolute;
        top: var(--top);
        bottom: 30px;
        z-index: 1;
        border-inline-start: 1px solid var(--ink-2);
        translate: -0.5px 0;
      }
      .flag .label {
        display: block;
        padding-inline: 4px;
        white-space: nowrap;
        color: var(--ink);
        background: var(--paper);
      }
      .flag.passed {
        border-inline-start-style: dotted;
      }
      .flag.passed .label {
        color: var(--ink-2);
        font-style: italic;
      }
      .flag.left .label {
        translate: -100% 0;
      }
      .edge {
        position: absolute;
        top: 43px;
        width: 7px;
        height: 7px;
        margin-inline-start: -3.5px;
        border: 1px solid var(--ink);
        border-radius: 50%;
        background: var(--paper);
      }
      .edge.after {
        background: var(--ink);
      }
      .now {
        position: absolute;
        top: 4px;
        bottom: 18px;
        width: 2px;
        margin-inline-start: -1px;
        background: var(--accent);
        transition: left var(--motion) var(--ease);
      }
      .now-label {
        position: absolute;
        bottom: 0;
        color: var(--accent);
        white-space: nowrap;
        transition: left var(--motion) var(--ease);
      }
      .now-label.middle {
        translate: -50% 0;
      }
      .now-label.right {
        translate: -100% 0;
      }
      .legend {
        position: absolute;
        bottom: 0;
        inset-inline-end: 0;
        font: 12px / 16px var(--font-text);
        color: var(--ink-2);
      }
      .legend.start {
        inset-inline: 0 auto;
      }
      .legend .edge {
        position: static;
        display: inline-block;
        margin: 0 5px 1px 0;
      }
    `,
  ];

  @property({ attribute: false }) ruler: Ruler | undefined;
  @property({ attribute: false }) dues: readonly Due[] = [];
  @property({ attribute: false }) now: number | undefined;
  @state() private width = 0;

  #i18n = new Localized(this);
  #observer = new ResizeObserver(([entry]) => (this.width = entry?.contentRect.width ?? 0));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  /** The place of a moment, from 0 to 1; one between two known moments stands between them. */
  #x(moment: number): number {
    const { moments } = this.ruler ?? { moments: [] };
    const after = moments.findIndex((each) => each >= moment);
    const index = after < 0 ? moments.length - 1 : moments[after] === moment ? after : after - 0.5;
    return (index + 0.5) / moments.length;
  }

  #label({ what, at }: Due): string {
    return `${what} ${this.#i18n.number(at)}`;
  }

  /** Gives every flag a line for its label where it touches no other; one for which there is no room keeps its pole. */
  #flags(): Flag[] {
    const ends = Array.from({ length: rows }, () => -Infinity);
    return this.dues.map((due) => {
      const x = this.#x(due.at);
      const length = this.#label(due).length * letter + 12;
      const start = x * this.width + length > this.width ? x * this.width - length : x * this.width;
      const row = ends.findIndex((end) => start >= end);
      if (row < 0) return { ...due, x, row: undefined };
      ends[row] = start + length;
      return { ...due, x, row };
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { ruler, now } = this;
    if (!ruler) return nothing;
    const t = this.#i18n;
    const at = now === undefined ? undefined : this.#x(now);
    const nowWords = now === undefined ? "" : t.t(strings.now, t.number(now));
    const half = (nowWords.length * letter) / 2;
    const side = at === undefined || at * this.width < half ? "" : (1 - at) * this.width < half ? "right" : "middle";
    const percent = (x: number): string => `left:${(100 * x).toFixed(3)}%`;
    const spoken = [nowWords || t.t(strings.noTimeYet), ...this.dues.map((due) => (now !== undefined && due.at <= now ? t.t(strings.duePassed, this.#label(due)) : t.t(strings.dueAhead, this.#label(due))))];
    return html`<div role="img" aria-label=${spoken.join("; ")}>
      <div class="axis"></div>
      ${ruler.moments.map((moment) => html`<i class="tick" style=${percent(this.#x(moment))}></i>`)}
      ${this.#flags().map((flag) => {
        const passed = now !== undefined && now >= flag.at;
        const left = flag.x * this.width + this.#label(flag).length * letter + 12 > this.width;
        return html`<span class="flag ${passed ? "passed" : ""} ${left ? "left" : ""}" style="${percent(flag.x)};--top:${flag.row === 1 ? 20 : flag.row === 0 ? 2 : 36}px"
            >${flag.row === undefined ? nothing : html`<span class="label">${this.#label(flag)}</span>`}</span
          >${ruler.edge ? html`<i class="edge ${ruler.edge}" style=${percent(flag.x)}></i>` : nothing}`;
      })}
      ${at === undefined ? nothing : html`<i class="now" style=${percent(at)}></i><span class="now-label ${side}" style=${percent(at)}>${nowWords}</span>`}
      <span class="legend ${at !== undefined && at > 0.5 ? "start" : ""}" ?hidden=${this.width < roomForLegend}
        >${ruler.edge
          ? html`<i class="edge ${ruler.edge}"></i>${t.t(ruler.edge === "after" ? strings.edgeAfter : strings.edgeBefore)}`
          : t.t(strings.notToScale)}</span
      >
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-ruler": RulerView;
  }
}
