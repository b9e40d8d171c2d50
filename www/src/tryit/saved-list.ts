import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { href, navigate } from "../router/index.js";
import { closeOnBackdrop, dialogStyles } from "../ui/dialog.js";
import { fields } from "../ui/fields.js";
import { base, buttons } from "../ui/styles.js";
import { scenarios, type SavedScenario } from "./saved.js";
import { strings } from "./strings.js";

type Entry = { id: string; value: SavedScenario };

/** The dialog of kept scenarios: save the present one, open, delete, undo the deletion. */
@customElement("specsight-saved")
export class SavedList extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    dialogStyles,
    css`
      .body {
        display: grid;
        gap: var(--space-5);
        padding: var(--space-5) var(--space-6) var(--space-6);
        max-height: inherit;
        overflow-y: auto;
      }
      .top,
      form {
        display: flex;
        align-items: end;
        justify-content: space-between;
        gap: var(--space-3);
      }
      form label {
        flex: 1;
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-13);
      }
      h2 {
        font-size: var(--text-21);
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        border-top: 1px solid var(--rule);
      }
      li a {
        flex: 1;
        min-width: 0;
        padding: var(--space-2) 0;
        overflow-wrap: anywhere;
      }
      .undo {
        display: flex;
        align-items: center;
        justify-content: space-between;
        font-size: var(--text-13);
      }
    `,
  ];

  @property() system = "";
  @state() private entries: Entry[] = [];
  @state() private deleted: Entry | undefined;
  @state() private offer: { from: number; calls: string; count: number } | undefined;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input") private input!: HTMLInputElement | null;

  #i18n = new Localized(this);

  /** Opens the dialog, with the present scenario to save. */
  open(present: { system: string; from: number; calls: string; count: number }): void {
    this.system = present.system;
    this.offer = present.count > 0 ? present : undefined;
    this.deleted = undefined;
    void this.#refresh();
    this.dialog.showModal();
  }

  async #refresh(): Promise<void> {
    this.entries = (await scenarios.all()).filter(({ value }) => value.system === this.system);
  }

  #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { offer } = this;
    if (!offer) return;
    const name = this.input?.value.trim() || this.#i18n.t(strings.defaultName, offer.count);
    await scenarios.put(crypto.randomUUID(), { system: this.system, name, from: offer.from, calls: offer.calls });
    this.offer = undefined;
    await this.#refresh();
  };

  async #delete(entry: Entry): Promise<void> {
    await scenarios.remove(entry.id);
    this.deleted = entry;
    await this.#refresh();
  }

  #undo = async (): Promise<void> => {
    if (!this.deleted) return;
    await scenarios.put(this.deleted.id, this.deleted.value);
    this.deleted = undefined;
    await this.#refresh();
  };

  #go(event: Event, entry: Entry): void {
    event.preventDefault();
    this.dialog.close();
    navigate(this.#href(entry));
  }

  #href({ value }: Entry): string {
    return href(`/systems/${value.system}/try`, { from: value.from || null, calls: value.calls });
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`<dialog aria-labelledby="title" @pointerdown=${closeOnBackdrop}>
      <div class="body">
        <div class="top">
          <h2 id="title">${t.t(strings.savedTitle)}</h2>
          <button class="icon-button" type="button" aria-label=${t.t(strings.close)} @click=${() => this.dialog.close()}>×</button>
        </div>
        ${this.offer
          ? html`<form @submit=${this.#save}>
              <label>${t.t(strings.saveAs)}<input class="field" maxlength="80" placeholder=${t.t(strings.defaultName, this.offer.count)} /></label>
              <button class="button primary" type="submit">${t.t(strings.save)}</button>
            </form>`
          : nothing}
        ${this.deleted
          ? html`<p class="undo" role="status">
              ${t.t(strings.deleted, this.deleted.value.name)}<button class="button plain" type="button" @click=${this.#undo}>${t.t(strings.undo)}</button>
            </p>`
          : nothing}
        ${this.entries.length === 0
          ? html`<p class="quiet">${t.t(strings.savedNone)}</p>`
          : html`<ul>
              ${this.entries.map(
                (entry) => html`<li>
                  <a href=${this.#href(entry)} @click=${(event: Event) => this.#go(event, entry)}>${entry.value.name}</a>
                  <button class="icon-button" type="button" aria-label=${t.t(strings.delete, entry.value.name)} @click=${() => this.#delete(entry)}>×</button>
                </li>`,
              )}
            </ul>`}
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-saved": SavedList;
  }
}
