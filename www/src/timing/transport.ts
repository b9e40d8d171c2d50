import { LitElement, css, html, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base, buttons } from "../ui/styles.js";
import { speeds, type Player } from "./player.js";
import { strings } from "./strings.js";

const icons = {
  play: svg`<path d="M4 2l9 6-9 6z" />`,
  pause: svg`<path d="M3 2h4v12H3zM9 2h4v12H9z" />`,
  back: svg`<path d="M12 2v12L4 8zM2 2h2v12H2z" />`,
  on: svg`<path d="M4 2v12l8-6zM12 2h2v12h-2z" />`,
  loop: svg`<path d="M4 5h7V2.5L15 6l-4 3.5V7H6v2H4zm8 6H5v2.5L1 10l4-3.5V9h5V7h2z" />`,
};

/**
 * The buttons of a player: back by an event, play or pause, on by an event, loop, speed.
 *
 * @fires transport-toggle - Play or pause was pressed.
 * @fires transport-step - A step was asked for; `detail` is 1 or -1.
 */
@customElement("specsight-timing-transport")
export class TimingTransport extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px;
      }
      .icon-button {
        border-color: transparent;
      }
      svg {
        width: 16px;
        height: 16px;
        fill: currentColor;
      }
      [aria-pressed="true"] {
        background: var(--accent-soft);
        color: var(--accent);
      }
      .speed {
        display: inline-flex;
        align-items: center;
      }
      .speed output {
        min-width: 6ch;
        text-align: center;
        font-size: var(--text-13);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) player: Player | undefined;
  /** What the player is at; the element is drawn anew when these change. */
  @property({ type: Boolean }) playing = false;
  @property({ type: Number }) speed = 1;
  @property({ type: Boolean }) loop = false;

  #i18n = new Localized(this);

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      ${this.#button(t.t(strings.previousEvent), icons.back, () => this.#step(-1))}
      ${this.#button(t.t(this.playing ? strings.pause : strings.play), this.playing ? icons.pause : icons.play, () =>
        this.dispatchEvent(new CustomEvent("transport-toggle")),
      )}
      ${this.#button(t.t(strings.nextEvent), icons.on, () => this.#step(1))}
      <button class="icon-button" type="button" aria-label=${t.t(strings.loop)} title=${t.t(strings.loop)} aria-pressed=${this.loop} @click=${this.#onLoop}>
        <svg viewBox="0 0 16 16" aria-hidden="true">${icons.loop}</svg>
      </button>
      <span class="speed" role="group" aria-label=${t.t(strings.speed)}>
        <button class="icon-button" type="button" aria-label=${t.t(strings.slower)} ?disabled=${this.speed === speeds[0]} @click=${() => this.player?.slower()}>−</button>
        <output title=${t.t(strings.speedHelp)}>${this.speed}×</output>
        <button class="icon-button" type="button" aria-label=${t.t(strings.faster)} ?disabled=${this.speed === speeds.at(-1)} @click=${() => this.player?.faster()}>+</button>
      </span>
    `;
  }

  #button(label: string, icon: unknown, onClick: () => void): TemplateResult {
    return html`<button class="icon-button" type="button" aria-label=${label} title=${label} @click=${onClick}>
      <svg viewBox="0 0 16 16" aria-hidden="true">${icon}</svg>
    </button>`;
  }

  #step(by: 1 | -1): void {
    this.dispatchEvent(new CustomEvent<number>("transport-step", { detail: by }));
  }

  #onLoop = (): void => {
    if (!this.player) return;
    this.player.loop = !this.player.loop;
    this.loop = this.player.loop;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing-transport": TimingTransport;
  }
}
