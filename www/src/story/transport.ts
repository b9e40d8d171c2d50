import { LitElement, css, html, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base, buttons } from "../ui/styles.js";
import type { Playback } from "./playback.js";
import { strings } from "./strings.js";

const icons = {
  first: svg`<path d="M5 4v12M15 4.5 8 10l7 5.5z" />`,
  previous: svg`<path d="M12.5 4.5 6 10l6.5 5.5" />`,
  next: svg`<path d="M7.5 4.5 14 10l-6.5 5.5" />`,
  last: svg`<path d="M15 4v12M5 4.5l7 5.5-7 5.5z" />`,
  play: svg`<path d="M6.5 4v12l9-6z" fill="currentColor" />`,
  pause: svg`<path d="M7 4.5v11M13 4.5v11" stroke-width="2.5" />`,
};

const speeds = [0.5, 1, 2, 4];

/** The bar under a story: to the ends, one back, play, one on; a slider; where one is; how fast. */
@customElement("specsight-transport")
export class Transport extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .row {
        display: flex;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        min-height: 56px;
      }
      .buttons {
        display: flex;
      }
      svg {
        width: 20px;
        height: 20px;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .play {
        color: var(--accent);
      }
      input {
        flex: 1 1 160px;
        min-width: 0;
        height: 36px;
        margin: 0;
        background: none;
        appearance: none;
        cursor: pointer;
      }
      input::-webkit-slider-runnable-track {
        height: 2px;
        border-radius: 1px;
        background: linear-gradient(to right, var(--accent) var(--done), var(--rule-strong) var(--done));
      }
      input::-moz-range-track {
        height: 2px;
        background: var(--rule-strong);
      }
      input::-moz-range-progress {
        height: 2px;
        background: var(--accent);
      }
      input::-webkit-slider-thumb {
        appearance: none;
        width: 16px;
        height: 16px;
        margin-top: -7px;
        border: 2px solid var(--accent);
        border-radius: 50%;
        background: var(--paper);
      }
      input::-moz-range-thumb {
        box-sizing: border-box;
        width: 16px;
        height: 16px;
        border: 2px solid var(--accent);
        border-radius: 50%;
        background: var(--paper);
      }
      .where,
      .clock {
        font: var(--text-13) / 1 var(--font-code);
        font-variant-numeric: tabular-nums;
        color: var(--ink-2);
        white-space: nowrap;
      }
      .where {
        text-align: end;
      }
      .where.short {
        display: none;
      }
      .clock {
        min-width: 15ch;
        text-align: end;
      }
      select {
        height: 36px;
        padding: 0 var(--space-2);
        border: 1px solid transparent;
        border-radius: var(--radius);
        background: transparent;
        font: var(--text-13) / 1 var(--font-code);
        cursor: pointer;
      }
      select:hover {
        background: var(--paper-sunk);
      }
      select option {
        background: var(--paper-raised);
        color: var(--ink);
      }
      @container (max-width: 640px) {
        .row {
          flex-wrap: wrap;
          gap: 0 var(--space-2);
          padding-block: var(--space-1);
        }
        input {
          order: -1;
          flex: 1 0 100%;
          height: 32px;
        }
        .where,
        .clock {
          display: none;
        }
        .where.short {
          display: block;
          margin-inline-start: auto;
        }
        select {
          padding: 0;
          height: var(--touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) playback: Playback | undefined;
  /** The time at this position, as text. */
  @property() clock = "";

  #i18n = new Localized(this);
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.playback?.watch(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("playback")) return;
    this.#stop?.();
    this.#stop = this.playback?.watch(() => this.requestUpdate());
  }

  #onSlide = (event: Event): void => {
    this.playback?.pause();
    this.playback?.seek(Number((event.currentTarget as HTMLInputElement).value));
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    const { position = 0, length = 0, playing = false, speed = 1 } = this.playback ?? {};
    const button = (name: keyof typeof icons, label: string, act: () => void, disabled = false, extra = ""): TemplateResult =>
      html`<button class="icon-button ${extra}" type="button" aria-label=${label} title=${label} ?disabled=${disabled} @click=${act}>
        <svg viewBox="0 0 20 20" aria-hidden="true">${icons[name]}</svg>
      </button>`;
    const where = t.t(strings.stepOf, t.number(position), t.number(length));
    // The words keep the width of the longest, so that the slider does not breathe while playing.
    const widest = t.t(strings.stepOf, t.number(length), t.number(length)).length + (t.lang === "zh-HK" ? 6 : 0);
    return html`<div class="row">
      <div class="buttons">
        ${button("first", t.t(strings.first), () => this.playback?.step(-Infinity), position === 0)}
        ${button("previous", t.t(strings.previous), () => this.playback?.step(-1), position === 0)}
        ${button(playing ? "pause" : "play", t.t(playing ? strings.pause : strings.play), () => this.playback?.toggle(), length === 0, "play")}
        ${button("next", t.t(strings.next), () => this.playback?.step(1), position === length)}
        ${button("last", t.t(strings.last), () => this.playback?.step(Infinity), position === length)}
      </div>
      <input
        type="range"
        min="0"
        max=${length}
        step="1"
        .value=${String(position)}
        style="--done:${length ? (100 * position) / length : 0}%"
        aria-label=${t.t(strings.position)}
        aria-valuetext=${where}
        @input=${this.#onSlide}
      />
      <span class="where" style="min-width:${widest}ch">${where}</span>
      <span class="where short" aria-hidden="true">${t.number(position)} / ${t.number(length)}</span>
      <span class="clock">${this.clock}</span>
      <select aria-label=${t.t(strings.speed)} @change=${(event: Event) => this.playback?.setSpeed(Number((event.currentTarget as HTMLSelectElement).value))}>
        ${speeds.map((each) => html`<option value=${each} ?selected=${each === speed}>${each}×</option>`)}
      </select>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-transport": Transport;
  }
}
