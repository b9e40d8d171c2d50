import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { Localized, type Phrase } from "../i18n/index.js";
import type { SearchEntry } from "../pages/page.js";
import { pages } from "../pages/registry.js";
import { href, navigate } from "../router/index.js";
import { closeOnBackdrop, dialogStyles } from "../ui/dialog.js";
import { base } from "../ui/styles.js";
import { rank } from "./rank.js";
import { strings } from "./strings.js";

const kinds: Record<SearchEntry["kind"], Phrase<string>> = {
  page: strings.kindPage,
  system: strings.kindSystem,
  method: strings.kindMethod,
  pattern: strings.kindPattern,
  puzzle: strings.kindPuzzle,
  deck: strings.kindDeck,
};

const shownAtMost = 40;

/** The search over everything that has an address. */
@customElement("specsight-search")
export class SearchDialog extends LitElement {
  static override styles = [
    base,
    dialogStyles,
    css`
      .frame {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        max-height: inherit;
      }
      input {
        width: 100%;
        height: 56px;
        padding: 0 var(--space-5);
        border: 0;
        border-bottom: 1px solid var(--rule);
        background: transparent;
        font-size: var(--text-17);
      }
      input::placeholder {
        color: var(--ink-2);
        opacity: 1;
      }
      input:focus-visible {
        outline: none;
        border-bottom-color: var(--accent);
        box-shadow: 0 1px 0 var(--accent);
        border-radius: 0;
      }
      ul {
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: var(--space-2);
        height: 384px;
        max-height: 60dvh;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-4);
        align-items: baseline;
        padding: var(--space-2) var(--space-3);
        border-radius: 4px;
        cursor: pointer;
      }
      li[aria-selected="true"] {
        background: var(--accent-soft);
      }
      .title {
        overflow-wrap: anywhere;
      }
      .method {
        font-family: var(--font-code);
      }
      .kind,
      .detail {
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      .detail {
        grid-column: 1 / -1;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .none {
        padding: var(--space-4) var(--space-5);
        height: 384px;
        max-height: 60dvh;
        color: var(--ink-2);
      }
      .foot {
        display: flex;
        justify-content: space-between;
        gap: var(--space-4);
        padding: var(--space-2) var(--space-5);
        border-top: 1px solid var(--rule);
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      .foot span + span {
        margin-inline-start: var(--space-4);
      }
      @media (pointer: coarse) {
        .hints {
          display: none;
        }
        li {
          min-height: var(--touch);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input") private input!: HTMLInputElement;
  @state() private entries: SearchEntry[] = [];
  @state() private partial = false;
  @state() private words = "";
  @state() private active = 0;

  open(): void {
    if (this.dialog.open) return;
    this.words = this.input.value = "";
    this.active = 0;
    this.dialog.showModal();
    void this.#gather();
  }

  /** Asks every page for what can be found there; a page that cannot answer now does not take the others with it. */
  async #gather(): Promise<void> {
    const own = pages
      .filter((page) => page.section)
      .map((page): SearchEntry => ({ kind: "page", title: page.title, href: href(page.section?.path ?? "/") }));
    if (this.entries.length === 0) this.entries = own;
    const answers = await Promise.allSettled(pages.map(async (page) => (await page.search?.()) ?? []));
    this.partial = answers.some((answer) => answer.status === "rejected");
    this.entries = [...own, ...answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []))];
  }

  #found(): SearchEntry[] {
    return rank(this.entries, this.words, this.#i18n.lang).slice(0, shownAtMost);
  }

  #onInput = (): void => {
    this.words = this.input.value;
    this.active = 0;
  };

  #onKey = (event: KeyboardEvent): void => {
    const found = this.#found();
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move !== undefined && found.length > 0) {
      event.preventDefault();
      this.active = (this.active + move + found.length) % found.length;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
      );
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const entry = found[this.active];
      if (entry) this.#go(entry);
    }
  };

  #go(entry: SearchEntry): void {
    this.dialog.close();
    navigate(entry.href);
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const found = this.#found();
    return html`<dialog aria-label=${t.t(strings.search)} @pointerdown=${closeOnBackdrop}>
      <div class="frame">
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="results"
          aria-autocomplete="list"
          aria-activedescendant=${found.length > 0 ? `result-${this.active}` : nothing}
          aria-label=${t.t(strings.searchLabel)}
          placeholder=${t.t(strings.searchLabel)}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="go"
          autofocus
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        />
        <ul id="results" role="listbox" aria-label=${t.t(strings.search)} ?hidden=${found.length === 0}>
          ${found.map(
            (entry, i) => html`<li
              role="option"
              id="result-${i}"
              aria-selected=${i === this.active ? "true" : "false"}
              @pointermove=${() => (this.active = i)}
              @click=${() => this.#go(entry)}
            >
              <span class="title ${entry.kind}">${t.t(entry.title)}</span>
              <span class="kind">${t.t(kinds[entry.kind])}</span>
              ${entry.detail ? html`<span class="detail">${t.t(entry.detail)}</span>` : nothing}
            </li>`,
          )}
        </ul>
        ${found.length === 0 ? html`<p class="none">${t.t(strings.searchNone, this.words)}</p>` : nothing}
        <div class="foot">
          <span role="status">${this.partial ? t.t(strings.searchPartial) : t.t(strings.searchCount, found.length)}</span>
          <span class="hints" aria-hidden="true"
            ><span><kbd>↑↓</kbd> ${t.t(strings.searchMove)}</span><span><kbd>↵</kbd> ${t.t(strings.searchOpen)}</span></span
          >
        </div>
      </div>
    </dialog>`;
  }
}
