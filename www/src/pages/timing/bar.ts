import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { StrategyInfo } from "../../kit/types.js";
import { fields } from "../../ui/fields.js";
import { base, buttons } from "../../ui/styles.js";
import { MAX_STRATEGIES } from "./settings.js";
import { strings } from "./strings.js";

/**
 * Which strategies are set side by side, and in which order.
 *
 * @fires strategies-change - The reader changed them; `detail` holds their ids.
 */
@customElement("specsight-strategy-bar")
export class StrategyBar extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: block;
        margin-block: var(--space-3);
        padding-block: var(--space-3);
        border-top: 1px solid var(--rule);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      .caption {
        color: var(--ink-2);
        font-size: var(--text-13);
      }
      .chip {
        display: inline-flex;
        border: 1px solid var(--accent);
        border-radius: var(--radius);
        background: var(--accent-soft);
        color: var(--accent);
        font-size: var(--text-13);
      }
      .chip > span {
        align-self: center;
        padding-inline: var(--space-2);
      }
      .chip button {
        min-width: 30px;
        min-height: 32px;
        border: 0;
        border-inline-start: 1px solid color-mix(in srgb, currentColor 30%, transparent);
        background: none;
        cursor: pointer;
      }
      .chip button:hover {
        background: color-mix(in srgb, currentColor 12%, transparent);
      }
      select {
        width: 22ch;
        max-width: 100%;
        font-size: var(--text-13);
      }
      @media (pointer: coarse) {
        .chip button {
          min-width: var(--touch);
          min-height: var(--touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) all: readonly StrategyInfo[] = [];
  @property({ attribute: false }) chosen: readonly string[] = [];

  #i18n = new Localized(this);

  #choose(ids: readonly string[]): void {
    this.dispatchEvent(new CustomEvent<string[]>("strategies-change", { detail: [...ids] }));
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const left = this.all.filter(({ id }) => !this.chosen.includes(id));
    return html`<div class="line" role="group" aria-label=${t.t(strings.strategies)}>
      <span class="caption">${t.t(strings.strategies)}</span>
      ${this.chosen.map((id, index) => this.#chip(id, index))}
      ${this.chosen.length >= MAX_STRATEGIES
        ? html`<span class="caption">${t.t(strings.full)}</span>`
        : html`<select class="field" aria-label=${t.t(strings.add)} @change=${this.#onAdd}>
            <option value="" selected>+ ${t.t(strings.add)}</option>
            ${left.map(({ id, title, mistake }) => html`<option value=${id}>${t.text(title)}${mistake ? ` (${t.t(strings.mistake)})` : ""}</option>`)}
          </select>`}
    </div>`;
  }

  #chip(id: string, index: number): TemplateResult {
    const t = this.#i18n;
    const info = this.all.find((each) => each.id === id);
    const name = info ? t.text(info.title) : id;
    return html`<span class="chip">
      <span>${name}</span>
      ${index > 0
        ? html`<button type="button" aria-label=${t.t(strings.earlier, name)} title=${t.t(strings.earlier, name)} @click=${() => this.#earlier(index)}>
            <span aria-hidden="true">‹</span>
          </button>`
        : nothing}
      <button type="button" aria-label=${t.t(strings.remove, name)} title=${t.t(strings.remove, name)} @click=${() => this.#choose(this.chosen.filter((each) => each !== id))}>
        <span aria-hidden="true">×</span>
      </button>
    </span>`;
  }

  #earlier(index: number): void {
    const next = [...this.chosen];
    const [moved] = next.splice(index, 1);
    if (moved !== undefined) next.splice(index - 1, 0, moved);
    this.#choose(next);
  }

  #onAdd = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    if (select.value !== "") this.#choose([...this.chosen, select.value]);
    select.value = "";
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-strategy-bar": StrategyBar;
  }
}
