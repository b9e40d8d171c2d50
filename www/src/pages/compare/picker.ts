import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { SystemInfo } from "../../kit/index.js";
import { rank } from "../../shell/rank.js";
import { fields } from "../../ui/fields.js";
import { base } from "../../ui/styles.js";
import { strings } from "./strings.js";

/**
 * Chooses a system by typing a part of its name: a combobox with a list. Fires `pick` with the id; leaving it any other way
 * keeps what was chosen.
 */
@customElement("specsight-system-picker")
export class SystemPicker extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      :host {
        position: relative;
        display: block;
        min-width: 0;
      }
      input {
        width: 100%;
        padding-inline-end: 32px;
        font-weight: 600;
        text-overflow: ellipsis;
      }
      input::placeholder {
        font-weight: 400;
      }
      svg {
        position: absolute;
        inset: 0 10px 0 auto;
        height: 100%;
        width: 14px;
        fill: none;
        stroke: var(--ink-2);
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
        pointer-events: none;
      }
      .list {
        position: absolute;
        z-index: 3;
        inset: calc(100% + var(--space-1)) auto auto 0;
        width: max(100%, 288px);
        max-width: calc(100vw - 2 * var(--space-4));
        max-height: min(360px, 50dvh);
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: var(--space-1);
        border: 1px solid var(--rule);
        border-radius: var(--radius);
        background: var(--paper-raised);
        box-shadow: var(--shadow);
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-4);
        align-items: baseline;
        padding: 6px var(--space-3);
        border-radius: 4px;
        cursor: pointer;
        overflow-wrap: anywhere;
      }
      li[aria-selected="true"] {
        font-weight: 600;
      }
      li.active {
        background: var(--accent-soft);
      }
      li span {
        font-size: var(--text-13);
        font-weight: 400;
        color: var(--ink-2);
      }
      p.list {
        padding: var(--space-3);
      }
      @media (pointer: coarse) {
        li {
          min-height: var(--touch);
          align-items: center;
        }
      }
    `,
  ];

  @property() label = "";
  @property() chosen = "";
  @property({ attribute: false }) systems: readonly SystemInfo[] = [];

  @state() private expanded = false;
  @state() private typed = "";
  @state() private active = 0;
  @query("input") private input!: HTMLInputElement;

  #i18n = new Localized(this);

  override focus(): void {
    this.input.focus();
  }

  get #chosen(): SystemInfo | undefined {
    return this.systems.find((system) => system.id === this.chosen);
  }

  /** All systems until something is typed, then those that fit it, the best first. */
  #found(): SystemInfo[] {
    const entries = this.systems.map((system) => ({
      system,
      kind: "system" as const,
      title: { en: system.title.en, "zh-HK": system.title.zh },
      words: `${system.id} ${system.className} ${system.group} ${system.signals.join(" ")}`,
      href: "",
    }));
    const found = rank(entries, this.typed, this.#i18n.lang) as typeof entries;
    return found.map(({ system }) => system);
  }

  #open = (): void => {
    if (this.expanded) return;
    this.expanded = true;
    this.typed = "";
    this.active = Math.max(0, this.systems.findIndex((system) => system.id === this.chosen));
    this.input.select();
    void this.updateComplete.then(() => this.#show("center"));
  };

  #close = (): void => {
    this.expanded = false;
    this.input.value = this.#shown();
  };

  #shown(): string {
    const chosen = this.#chosen;
    return chosen ? this.#i18n.text(chosen.title) : "";
  }

  #show(block: ScrollLogicalPosition): void {
    this.renderRoot.querySelector(".active")?.scrollIntoView({ block });
  }

  #onInput = (): void => {
    this.expanded = true;
    this.typed = this.input.value;
    this.active = 0;
    void this.updateComplete.then(() => this.#show("nearest"));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const found = this.#found();
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      if (!this.expanded) return this.#open();
      if (found.length > 0) this.active = (this.active + move + found.length) % found.length;
      void this.updateComplete.then(() => this.#show("nearest"));
    } else if (event.key === "Enter" && this.expanded) {
      event.preventDefault();
      const system = found[this.active];
      if (system) this.#pick(system);
    } else if (event.key === "Escape" && this.expanded) {
      event.preventDefault();
      this.#close();
    }
  };

  #pick(system: SystemInfo): void {
    this.expanded = false;
    this.input.value = this.#i18n.text(system.title);
    this.dispatchEvent(new CustomEvent<string>("pick", { detail: system.id }));
  }

  override updated(changed: PropertyValues<this>): void {
    // What stands in the field follows the address and the language, but never what is being typed.
    if (!this.expanded && (changed.has("chosen") || this.input.value !== this.#shown())) this.input.value = this.#shown();
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const found = this.expanded ? this.#found() : [];
    return html`<input
        class="field"
        type="text"
        role="combobox"
        aria-label=${this.label}
        aria-expanded=${this.expanded && found.length > 0 ? "true" : "false"}
        aria-controls="list"
        aria-autocomplete="list"
        aria-activedescendant=${found.length > 0 ? `option-${this.active}` : nothing}
        placeholder=${t.t(strings.choose)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint="done"
        @focus=${() => this.input.select()}
        @click=${this.#open}
        @input=${this.#onInput}
        @keydown=${this.#onKey}
        @blur=${this.#close}
      />
      <svg viewBox="0 0 14 14" aria-hidden="true"><path d="M3 5.5 7 9.5 11 5.5" /></svg>
      <ul id="list" class="list" role="listbox" aria-label=${this.label} ?hidden=${found.length === 0} @mousedown=${keepFocus}>
        ${found.map(
          (system, i) => html`<li
            role="option"
            id="option-${i}"
            class=${i === this.active ? "active" : ""}
            aria-selected=${system.id === this.chosen ? "true" : "false"}
            @pointermove=${() => (this.active = i)}
            @click=${() => this.#pick(system)}
          >
            ${t.text(system.title)}<span lang="en">${system.group}</span>
          </li>`,
        )}
      </ul>
      ${this.expanded && found.length === 0 ? html`<p class="list">${t.t(strings.noMatch, this.typed)}</p>` : nothing}
      <span class="visually-hidden" role="status">${this.expanded ? t.t(strings.options, found.length) : ""}</span>`;
  }
}

/** A press on the list must not take the focus from the field, which would close the list before the click. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-system-picker": SystemPicker;
  }
}
