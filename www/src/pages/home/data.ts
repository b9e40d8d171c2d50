import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { exportAll, importAll } from "../../storage/index.js";
import { download } from "../../ui/download.js";
import { base } from "../../ui/styles.js";
import { strings } from "./strings.js";

/** What the reader keeps here, to take away as a file and to bring back. */
@customElement("specsight-data")
export class DataLine extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
        align-items: baseline;
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      button {
        padding: var(--space-1) 0;
        border: 0;
        background: none;
        color: var(--accent);
        cursor: pointer;
      }
      button:hover {
        text-decoration: underline;
      }
      @media (pointer: coarse) {
        button {
          min-height: var(--touch);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  @state() private said = "";
  @query("input") private input!: HTMLInputElement;

  #save = async (): Promise<void> => {
    download("specsight.json", await exportAll());
  };

  #load = async (): Promise<void> => {
    const file = this.input.files?.[0];
    this.input.value = "";
    if (!file) return;
    const t = this.#i18n;
    try {
      this.said = t.t(strings.dataLoaded, t.number(await importAll(await file.text())));
    } catch {
      this.said = t.t(strings.dataBad);
    }
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <span>${t.t(strings.data)}</span>
      <button type="button" @click=${this.#save}>${t.t(strings.dataSave)}</button>
      <button type="button" @click=${() => this.input.click()}>${t.t(strings.dataLoad)}</button>
      <input type="file" accept="application/json" aria-label=${t.t(strings.dataLoad)} hidden @change=${this.#load} />
      <span role="status">${this.said}</span>
    `;
  }
}
