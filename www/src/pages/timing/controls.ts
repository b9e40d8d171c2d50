import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized, type Phrase } from "../../i18n/index.js";
import type { Workload } from "../../kit/types.js";
import { fields } from "../../ui/fields.js";
import { controlsStyles, stepper } from "../../timing/controls.js";
import { base, buttons } from "../../ui/styles.js";
import { ownControlsStyles } from "./controls-styles.js";
import { presets } from "./presets.js";
import { defaults, invalidText, type Draft, type Field } from "./settings.js";
import { strings } from "./strings.js";

/** So many items have a switch each; beyond, the text is the place to choose. */
const MAX_SWITCHES = 32;

/** What is wrong with the workload: at which field, if at one. */
export interface Trouble {
  readonly field: Field | undefined;
  readonly sentence: string;
}

/**
 * The workload as a line of controls.
 *
 * @fires draft-change - The reader changed something; `detail` is what is new of the draft.
 * @fires preset-choose - The reader chose a preset; `detail` is its id.
 */
@customElement("specsight-workload")
export class WorkloadControls extends LitElement {
  static override styles = [base, buttons, fields, controlsStyles, ownControlsStyles];

  @property({ attribute: false }) draft: Draft = defaults.draft;
  /** The draft as it is read; undefined while it cannot be. */
  @property({ attribute: false }) workload: Workload | undefined;
  @property({ attribute: false }) trouble: Trouble | undefined;
  /** Whether a strategy that is shown takes locks, or makes external calls. */
  @property({ type: Boolean }) locks = false;
  @property({ type: Boolean }) calls = false;

  #i18n = new Localized(this);

  #change(changes: Partial<Draft>): void {
    this.dispatchEvent(new CustomEvent<Partial<Draft>>("draft-change", { detail: changes }));
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    const preset = presets.find(({ draft }) => JSON.stringify(draft) === JSON.stringify(this.draft));
    return html`<div class="line" role="group" aria-label=${t.t(strings.workload)}>
        <label class="part">
          <span>${t.t(strings.preset)}</span>
          <select class="field" @change=${this.#onPreset}>
            ${preset ? nothing : html`<option selected disabled value="">${t.t(strings.ownPreset)}</option>`}
            ${presets.map((each) => html`<option value=${each.id} ?selected=${each === preset}>${t.t(each.title)}</option>`)}
          </select>
        </label>
        ${this.#stepper("items", strings.items)}
        ${this.#stepper("maxConcurrent", { en: "max_concurrent", "zh-HK": "max_concurrent" }, true)}
        <div class="part">
          <label for="sleep">${t.t(strings.sleep)}</label>
          ${this.#text("sleep", 14)}
          ${this.workload && "seed" in this.workload.sleep
            ? html`<button class="button small-button" type="button" @click=${this.#reroll}>${t.t(strings.reroll)}</button>`
            : nothing}
        </div>
        ${this.locks ? this.#lock() : nothing}
        ${this.calls
          ? html`<div class="part"><label for="fails">${t.t(strings.fails)}</label>${this.#text("fails", 8)}</div>`
          : nothing}
      </div>
      <div class="line">${this.#invalid()}</div>
      <p class="error" role="status">${this.trouble?.sentence ?? ""}</p>`;
  }

  #onPreset = (event: Event): void => {
    this.dispatchEvent(new CustomEvent<string>("preset-choose", { detail: (event.target as HTMLSelectElement).value }));
  };

  #text(field: "sleep" | "invalid" | "fails", width: number): TemplateResult {
    const help = { sleep: strings.sleepHelp, invalid: strings.invalidHelp, fails: strings.failsHelp }[field];
    return html`<input
        id=${field}
        class="field text"
        style="width: ${width}ch"
        autocomplete="off"
        spellcheck="false"
        aria-invalid=${this.trouble?.field === field}
        aria-describedby="${field}-help"
        title=${this.#i18n.t(help)}
        .value=${this.draft[field]}
        @change=${(event: Event) => this.#change({ [field]: (event.target as HTMLInputElement).value.trim() })}
      /><span id="${field}-help" class="visually-hidden">${this.#i18n.t(help)}</span>`;
  }

  #stepper(field: "items" | "maxConcurrent", label: Phrase<string>, code = false): TemplateResult {
    const t = this.#i18n;
    const name = t.t(label);
    const value = /^-?\d{1,9}$/.test(this.draft[field]) ? Number(this.draft[field]) : undefined;
    return html`<div class="part">
      <label for=${field}>${code ? html`<code>${name}</code>` : name}</label>
      ${stepper(t.lang, {
        id: field,
        name,
        value: this.draft[field],
        invalid: this.trouble?.field === field,
        canFall: value !== undefined && value > 0,
        canRise: value !== undefined,
        onType: (text) => this.#change({ [field]: text }),
        onStep: (by) => this.#change({ [field]: String((value ?? 0) + by) }),
      })}
    </div>`;
  }

  #lock(): TemplateResult {
    const t = this.#i18n;
    const choice = (value: Draft["lock"], label: Phrase<string>): TemplateResult =>
      html`<label class="choice"
        ><input type="radio" name="lock" .checked=${this.draft.lock === value} @change=${() => this.#change({ lock: value })} />${t.t(label)}</label
      >`;
    return html`<fieldset class="part">
      <legend>${t.t(strings.lock)}</legend>
      ${choice("shared", strings.lockShared)}${choice("own", strings.lockOwn)}
    </fieldset>`;
  }

  #invalid(): TemplateResult {
    const t = this.#i18n;
    const items = this.workload?.items ?? 0;
    const checks = new Map(this.workload?.invalid?.map(({ item, check }) => [item, check]));
    const words = t.t(strings.checks).split("|");
    return html`<div class="part wide">
      <label for="invalid">${t.t(strings.invalid)}</label>
      ${this.#text("invalid", 14)}
      ${items > 0 && items <= MAX_SWITCHES
        ? html`<div class="switches" role="group" aria-label=${t.t(strings.invalid)}>
            ${Array.from({ length: items }, (_, item) => {
              const check = checks.get(item) ?? 0;
              return html`<button
                type="button"
                class=${check > 0 ? "invalid" : ""}
                title=${words[check] ?? ""}
                aria-label=${t.t(strings.makeInvalid, item + 1, check)}
                @click=${() => this.#turn(item, check)}
              >
                ${item + 1}${check > 1 ? html`<sup>${check}</sup>` : nothing}
              </button>`;
            })}
          </div>`
        : nothing}
    </div>`;
  }

  /** Valid, then each check in turn, then valid again. */
  #turn(item: number, check: number): void {
    const others = (this.workload?.invalid ?? []).filter((each) => each.item !== item);
    const next = (check + 1) % 4;
    const invalid = next === 0 ? others : [...others, { item, check: next as 1 | 2 | 3 }];
    this.#change({ invalid: invalidText(invalid.sort((a, b) => a.item - b.item)) });
  }

  #reroll = (): void => {
    const sleep = this.workload?.sleep;
    if (!sleep || !("seed" in sleep)) return;
    // The next seed is another roll, and one that can be gone back to.
    this.#change({ sleep: `${sleep.from}..${sleep.to} @ ${sleep.seed + 1}` });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-workload": WorkloadControls;
  }
}
