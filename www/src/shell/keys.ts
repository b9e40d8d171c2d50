import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import type { KeyGroup, Page } from "../pages/page.js";
import { pages } from "../pages/registry.js";
import { closeOnBackdrop, dialogStyles } from "../ui/dialog.js";
import { base, buttons } from "../ui/styles.js";
import { strings } from "./strings.js";

const everywhere: KeyGroup = {
  title: strings.keysEverywhere,
  rows: [
    [["/", "Ctrl K"], strings.keySearch],
    [["?"], strings.keyHelp],
    [["Esc"], strings.keyEsc],
  ],
};

/** The key help: what keys do everywhere, then on the page that is shown, then on the others. */
@customElement("specsight-keys")
export class KeysDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    dialogStyles,
    css`
      .body {
        padding: 0 var(--space-6) var(--space-6);
        display: grid;
        gap: var(--space-5);
        max-height: inherit;
        overflow-y: auto;
      }
      .top {
        position: sticky;
        top: 0;
        padding-top: var(--space-5);
        background: var(--paper-raised);
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: var(--text-21);
      }
      h3 {
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
        margin-bottom: var(--space-1);
      }
      dl div {
        display: grid;
        grid-template-columns: 152px 1fr;
        align-items: baseline;
        padding: 6px 0;
        border-top: 1px solid var(--rule);
      }
      kbd {
        font-size: var(--text-13);
        padding: 1px 6px;
        border: 1px solid var(--rule-strong);
        border-radius: 4px;
      }
      .or {
        color: var(--ink-2);
        font-size: var(--text-13);
        margin-inline: 4px;
      }
    `,
  ];

  #i18n = new Localized(this);
  /** The page that is shown: its keys go before those of the others. */
  @property({ attribute: false }) page: Page | undefined;
  @query("dialog") private dialog!: HTMLDialogElement;

  open(): void {
    if (!this.dialog.open) this.dialog.showModal();
  }

  get #groups(): KeyGroup[] {
    const others = pages.filter((page) => page !== this.page);
    return [everywhere, ...[this.page, ...others].flatMap((page) => page?.keys ?? [])];
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`<dialog aria-labelledby="title" @pointerdown=${closeOnBackdrop}>
      <div class="body">
        <div class="top">
          <h2 id="title">${t.t(strings.keysTitle)}</h2>
          <button class="icon-button" type="button" aria-label=${t.t(strings.close)} @click=${() => this.dialog.close()}>×</button>
        </div>
        ${this.#groups.map(
          ({ title, rows }) => html`<section>
            <h3>${t.t(title)}</h3>
            <dl>
              ${rows.map(
                ([keys, meaning]) => html`<div>
                  <dt>${keys.map((key, i) => html`${i ? html`<span class="or">${t.t(strings.or)}</span>` : ""}<kbd>${key}</kbd>`)}</dt>
                  <dd>${t.t(meaning)}</dd>
                </div>`,
              )}
            </dl>
          </section>`,
        )}
      </div>
    </dialog>`;
  }
}
