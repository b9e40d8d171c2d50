import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { StrategyInfo } from "../../kit/types.js";
import "../../share/copy.js";
import { fields } from "../../ui/fields.js";
import { base, buttons } from "../../ui/styles.js";
import { barStyles } from "./bar-styles.js";
import { MAX_NAME, type Form } from "./draft.js";
import type { Entry } from "./drafts.js";
import { examples } from "./examples.js";
import { strings } from "./strings.js";

/** What can be done with the program that is shown. */
export type BarAction = "new" | "duplicate" | "delete";

/**
 * Which program is shown: its name, the others, and what can be done with it.
 *
 * @fires bar-open - Another one was chosen; `detail` is its origin: `draft=..`, `example=..`, `strategy=..`.
 * @fires bar-rename - `detail` is the new name.
 * @fires bar-action - `detail` is a `BarAction`.
 * @fires bar-import - `detail` is a `File`.
 * @fires bar-save - `detail` is the form to save as.
 */
@customElement("specsight-program-bar")
export class ProgramBar extends LitElement {
  static override styles = [base, buttons, fields, barStyles];

  @property() name = "";
  /** Of the program that is shown, as in `bar-open`. */
  @property() origin = "";
  @property({ attribute: false }) entries: readonly Entry[] = [];
  @property({ attribute: false }) strategies: readonly StrategyInfo[] = [];
  @property({ attribute: false }) json: () => Promise<string> = () => Promise.resolve("");
  @query("details") private menu!: HTMLDetailsElement;
  @query('input[type="file"]') private chooser!: HTMLInputElement;

  #i18n = new Localized(this);

  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this.menu)) this.menu.open = false;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#outside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#outside);
  }

  #tell<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail }));
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const kept = this.origin.startsWith("draft=");
    const action = (detail: BarAction, label: string, disabled = false): TemplateResult =>
      html`<button class="button" type="button" ?disabled=${disabled} @click=${() => this.#tell("bar-action", detail)}>${label}</button>`;
    return html`<div class="bar" role="group" aria-label=${t.t(strings.program)}>
      <label class="part grow">
        <span>${t.t(strings.name)}</span>
        <input class="field" maxlength=${MAX_NAME} .value=${this.name} @change=${this.#onName} />
      </label>
      <label class="part grow">
        <span>${t.t(strings.open)}</span>
        ${this.#chooser()}
      </label>
      <div class="part">
        ${action("new", t.t(strings.new))} ${action("duplicate", t.t(strings.duplicate))} ${action("delete", t.t(strings.delete), !kept)} ${this.#files()}
      </div>
    </div>`;
  }

  #chooser(): TemplateResult {
    const t = this.#i18n;
    // A strategy is the same whatever its workload is.
    const [shown] = this.origin.split("&");
    const option = (value: string, label: string): TemplateResult => html`<option value=${value} .selected=${value === shown}>${label}</option>`;
    const listed = /^(draft|example|strategy)=/.test(this.origin);
    return html`<select class="field" @change=${this.#onOpen}>
      ${listed ? nothing : html`<option value="" selected>${this.name} (${t.t(strings.notListed)})</option>`}
      ${this.entries.length > 0
        ? html`<optgroup label=${t.t(strings.ownOnes)}>${this.entries.map(({ id, draft }) => option(`draft=${id}`, draft.name))}</optgroup>`
        : nothing}
      <optgroup label=${t.t(strings.examples)}>${examples.map(({ id, title }) => option(`example=${id}`, t.t(title)))}</optgroup>
      <optgroup label=${t.t(strings.strategies)}>${this.strategies.map(({ id, title }) => option(`strategy=${id}`, t.text(title)))}</optgroup>
    </select>`;
  }

  #files(): TemplateResult {
    const t = this.#i18n;
    const save = (form: Form, label: string): TemplateResult =>
      html`<button class="button plain" type="button" @click=${() => this.#pick(() => this.#tell("bar-save", form))}>${label}</button>`;
    return html`<details @keydown=${this.#onMenuKey}>
      <summary class="button">${t.t(strings.file)}</summary>
      <div class="menu">
        <button class="button plain" type="button" @click=${() => this.#pick(() => this.chooser.click())}>${t.t(strings.import)}</button>
        <small>${t.t(strings.importHelp)}</small>
        ${save("json", t.t(strings.saveJson))} ${save("python", t.t(strings.savePython))}
        <specsight-copy label=${t.t(strings.copyJson)} .text=${this.json}></specsight-copy>
      </div>
      <input type="file" accept=".json,.py,.txt,application/json,text/x-python,text/plain" hidden aria-label=${t.t(strings.import)} @change=${this.#onFile} />
    </details>`;
  }

  #pick(then: () => void): void {
    this.menu.open = false;
    then();
  }

  #onMenuKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.menu.open) return;
    this.menu.open = false;
    this.menu.querySelector("summary")?.focus();
    event.stopPropagation();
  };

  #onName = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const name = input.value.trim();
    if (name === "" || name === this.name) input.value = this.name;
    else this.#tell("bar-rename", name);
  };

  #onOpen = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    if (value !== "") this.#tell("bar-open", value);
  };

  #onFile = (): void => {
    const [file] = this.chooser.files ?? [];
    this.chooser.value = "";
    if (file) this.#tell("bar-import", file);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-program-bar": ProgramBar;
  }
}
