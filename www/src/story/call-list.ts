import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base } from "../ui/styles.js";
import { strings } from "./strings.js";
import type { Track } from "./track.js";

/** Rows beyond the edge of the window, so that a quick scroll meets no gap. */
const spare = 6;

/**
 * The calls of a track, one row each. Only the rows in sight exist, whatever the number of calls.
 *
 * @fires seek - a row was chosen; `detail` is its position
 */
@customElement("specsight-calls")
export class CallList extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        --row: 30px;
        display: block;
        position: relative;
        overflow-y: auto;
        overscroll-behavior: contain;
        scrollbar-width: thin;
        contain: strict;
      }
      ol {
        position: relative;
      }
      li {
        position: absolute;
        inset-inline: 0;
        height: var(--row);
      }
      button {
        display: grid;
        grid-template-columns: 2ch minmax(0, 1fr) fit-content(45%);
        align-items: center;
        gap: var(--space-2);
        width: 100%;
        height: 100%;
        padding: 0 var(--space-2);
        border: 0;
        border-radius: 4px;
        background: none;
        text-align: start;
        font: var(--text-13) / 1 var(--font-code);
        font-variant-ligatures: none;
        cursor: pointer;
      }
      button:hover {
        background: var(--paper-sunk);
      }
      button[aria-current] {
        background: var(--accent-soft);
        color: var(--accent);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      .level,
      .result {
        color: var(--ink-2);
      }
      [aria-current] .level,
      [aria-current] .result {
        color: inherit;
      }
      .name,
      .result {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        line-height: 1.4;
      }
      .ahead .name,
      .ahead .result,
      .ahead .level {
        color: var(--ink-2);
      }
      .failed .result {
        color: var(--removed);
      }
      .own .level {
        color: var(--accent);
      }
      @media (pointer: coarse) {
        :host {
          --row: 44px;
        }
      }
    `,
  ];

  @property({ attribute: false }) track: Track | undefined;
  /** Changes with the track's content, which is not seen by comparing the object. */
  @property({ type: Number }) length = 0;
  @property({ type: Number }) position = 0;
  @state() private top = 0;
  @state() private height = 0;

  #i18n = new Localized(this);
  #row = 30;
  #observer = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("scroll", this.#onScroll, { passive: true });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("scroll", this.#onScroll);
    this.#observer.disconnect();
  }

  #onScroll = (): void => {
    this.top = this.scrollTop;
  };

  #measure(): void {
    this.height = this.clientHeight;
    this.#row = Number.parseFloat(getComputedStyle(this).getPropertyValue("--row")) || 30;
    this.#reveal();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("position") || changed.has("length")) this.#reveal();
  }

  /** Keeps the current row in sight, with a neighbour on each side. */
  #reveal(): void {
    const at = this.position * this.#row;
    if (this.height === 0) return;
    if (at < this.scrollTop + this.#row) this.scrollTop = at - this.#row;
    else if (at + 2 * this.#row > this.scrollTop + this.height) this.scrollTop = at + 2 * this.#row - this.height;
    this.top = this.scrollTop;
  }

  override render(): TemplateResult {
    const total = this.length + 1;
    const from = Math.max(0, Math.floor(this.top / this.#row) - spare);
    const to = Math.min(total, Math.ceil((this.top + this.height) / this.#row) + spare);
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, i) => this.#line(from + i, total));
    return html`<ol aria-label=${this.#i18n.t(strings.calls)} style="height:${total * this.#row}px">
      ${rows}
    </ol>`;
  }

  #line(position: number, total: number): TemplateResult {
    const current = position === this.position;
    const place = `top:${position * this.#row}px`;
    const seek = (): void => void this.dispatchEvent(new CustomEvent("seek", { detail: position }));
    if (position === 0 || !this.track) {
      return html`<li style=${place} aria-setsize=${total} aria-posinset="1">
        <button type="button" tabindex=${current ? 0 : -1} aria-current=${current ? "step" : nothing} @click=${seek}>
          <span class="level"></span><span class="name">${this.#i18n.t(strings.fresh)}</span>
        </button>
      </li>`;
    }
    const step = this.track.step(position);
    const level = this.track.operation(step.operation)?.level;
    const result = step.ok ? step.returnsText : (step.error.exception ?? step.error.code);
    const classes = `${position > this.position ? "ahead" : ""} ${step.ok ? "" : "failed"}`;
    return html`<li class=${classes} style=${place} aria-setsize=${total} aria-posinset=${position + 1}>
      <button type="button" tabindex=${current ? 0 : -1} aria-current=${current ? "step" : nothing} @click=${seek}>
        <span class="level">${level ? `L${level}` : ""}</span><span class="name">${step.operation}</span><span class="result">${result}</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-calls": CallList;
  }
}
