import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { Localized } from "../i18n/index.js";
import type { Operation, Param, SystemInfo } from "../kit/index.js";
import { spoken } from "../story/sentences.js";
import { errorSentence } from "../story/errors.js";
import type { Call } from "../story/track.js";
import { fields } from "../ui/fields.js";
import { base, buttons } from "../ui/styles.js";
import type { Refusal } from "./bench.js";
import { argumentsOf, draftOf, fieldKind, initialDraft, initialItem, isNumeric, valueOf, type Draft, type ItemDraft } from "./draft.js";
import { formStyles } from "./form-styles.js";
import { strings } from "./strings.js";

/** Where a refusal belongs. */
interface Place {
  param: string;
  item?: number;
  field?: string;
}

/**
 * A form for one call, made from the catalogue.
 *
 * @fires run - the reader wants the call made; `detail` is the call
 */
@customElement("specsight-call-form")
export class CallForm extends LitElement {
  static override styles = [base, buttons, fields, formStyles];

  @property({ attribute: false }) system: SystemInfo | undefined;
  /** Calls to take sensible arguments from. */
  @property({ attribute: false }) examples: readonly Call[] = [];
  /** The time of the last call; new calls start after it. */
  @property({ attribute: false }) clock: number | undefined;
  /** What the engine said to the last call. */
  @property({ attribute: false }) refusal: Refusal | undefined;
  @property({ attribute: false }) operation = "";

  @state() private drafts: Record<string, Draft> = {};
  /** The time of the clock, for systems whose methods take no timestamp. */
  @state() private time = "0";
  @state() private raw: string | undefined;
  @state() private rawBroken = false;

  #i18n = new Localized(this);
  /** Drafts of the other methods, so that looking at one costs nothing of another. */
  #kept = new Map<string, Record<string, Draft>>();

  get #operation(): Operation | undefined {
    return this.system?.operations.find((each) => each.name === this.operation) ?? this.system?.operations[0];
  }

  get #usesClock(): boolean {
    return !this.system?.operations.some((each) => each.params.some((param) => param.name === "timestamp"));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("system")) {
      this.#kept.clear();
      this.operation ||= this.system?.operations[0]?.name ?? "";
      this.#fill();
    } else if (changed.has("clock") && this.raw === undefined) {
      this.#moveTime();
    }
  }

  /** Fills the fields: what was typed before, else the arguments of an example, else something of the right type. */
  #fill(): void {
    const operation = this.#operation;
    if (!operation) return;
    const example = this.examples.findLast((call) => call.operation === operation.name);
    const kept = this.#kept.get(operation.name);
    this.drafts =
      kept ??
      Object.fromEntries(
        operation.params.map((param, i) => [
          param.name,
          example && i < example.args.length ? draftOf(param, example.args[i]) : initialDraft(param),
        ]),
      );
    this.#moveTime();
  }

  #moveTime(): void {
    const { clock } = this;
    this.time = String(clock ?? 0);
    const has = this.#operation?.params.some((param) => param.name === "timestamp");
    if (clock !== undefined && has) this.drafts = { ...this.drafts, timestamp: String(clock + 1) };
  }

  #choose = (event: Event): void => {
    if (this.#operation) this.#kept.set(this.#operation.name, this.drafts);
    this.operation = (event.currentTarget as HTMLSelectElement).value;
    this.raw = undefined;
    this.refusal = undefined;
    this.#fill();
  };

  #set(name: string, draft: Draft): void {
    this.drafts = { ...this.drafts, [name]: draft };
    this.refusal = undefined;
  }

  #toggleRaw = (): void => {
    const operation = this.#operation;
    if (!operation) return;
    if (this.raw === undefined) {
      this.raw = JSON.stringify(argumentsOf(operation, this.drafts), (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
    } else {
      const args = this.#rawArguments();
      if (args) {
        this.drafts = Object.fromEntries(
          operation.params.map((param, i) => [param.name, i < args.length ? draftOf(param, args[i]) : (this.drafts[param.name] ?? initialDraft(param))]),
        );
      }
      this.raw = undefined;
    }
    this.rawBroken = false;
    this.refusal = undefined;
  };

  #rawArguments(): unknown[] | undefined {
    try {
      const value: unknown = JSON.parse(this.raw ?? "");
      return Array.isArray(value) ? (value as unknown[]) : undefined;
    } catch {
      return undefined;
    }
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const operation = this.#operation;
    if (!operation) return;
    const args = this.raw === undefined ? argumentsOf(operation, this.drafts) : this.#rawArguments();
    this.rawBroken = args === undefined;
    if (args === undefined) return;
    const time = valueOf("int", this.time);
    const clock = this.#usesClock && typeof time === "number" && time >= 0 ? { clock: time } : {};
    this.dispatchEvent(new CustomEvent<Call>("run", { detail: { operation: operation.name, args, ...clock } }));
  };

  /** Where the refusal is shown: at the argument, at the field of an item, or (undefined) under the form. */
  #place(operation: Operation): Place | undefined {
    const { refusal } = this;
    if (!refusal || refusal.index === undefined || this.raw !== undefined) return undefined;
    if (refusal.code === "bad_argument") {
      const param = operation.params[refusal.index];
      return param && { param: param.name };
    }
    if (refusal.code !== "bad_item") return undefined;
    const lists = operation.params.filter((param) => fieldKind(param) === "items" || fieldKind(param) === "list");
    const param = lists.find((each) => refusal.message.includes(`\`${each.name}\``)) ?? lists[0];
    return param && { param: param.name, item: refusal.index, ...(refusal.field === undefined ? {} : { field: refusal.field }) };
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("refusal") && this.refusal) this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const { system } = this;
    const operation = this.#operation;
    if (!system || !operation) return nothing;
    const t = this.#i18n;
    const place = this.#place(operation);
    const levels = [...new Set(system.operations.map((each) => each.level))];
    return html`<form novalidate @submit=${this.#submit}>
      <div class="line">
        <label class="cell">
          <span class="label">${t.t(strings.method)}</span>
          <select class="field code" @change=${this.#choose}>
            ${levels.map(
              (level) => html`<optgroup label=${t.t(strings.levelGroup, level)}>
                ${system.operations
                  .filter((each) => each.level === level)
                  .map((each) => html`<option value=${each.name} ?selected=${each.name === operation.name}>${each.name}</option>`)}
              </optgroup>`,
            )}
          </select>
        </label>
        ${this.#usesClock ? this.#input({ name: t.t(strings.clock), type: "ms" }, this.time, "a-clock", false, (text) => (this.time = text)) : nothing}
        ${this.raw === undefined ? operation.params.map((param) => this.#param(param, place)) : this.#rawField()}
        <div class="go">
          <button class="button primary" type="submit">${t.t(strings.run)}</button>
          <button class="button plain small" type="button" @click=${this.#toggleRaw}>${t.t(this.raw === undefined ? strings.asJson : strings.asFields)}</button>
        </div>
      </div>
      ${this.refusal && !place ? html`<p class="error" role="alert">${this.#said(this.refusal)}</p>` : nothing}
    </form>`;
  }

  #rawField(): TemplateResult {
    const t = this.#i18n;
    return html`<label class="cell wide">
      <span class="label">${t.t(strings.asJson)}</span>
      <textarea
        class="field code"
        rows="3"
        spellcheck="false"
        aria-invalid=${this.rawBroken ? "true" : nothing}
        aria-describedby=${this.rawBroken ? "raw-error" : nothing}
        .value=${live(this.raw ?? "")}
        @input=${(event: Event) => (this.raw = (event.currentTarget as HTMLTextAreaElement).value)}
      ></textarea>
      ${this.rawBroken ? html`<span class="error" id="raw-error">${t.t(strings.notJson)}</span>` : nothing}
    </label>`;
  }

  #said(refusal: Refusal): TemplateResult {
    return html`${errorSentence(this.#i18n.lang, refusal)} <span lang="en">${spoken(refusal.message)}</span> <code>${refusal.code}</code>`;
  }

  #param(param: Param, place: Place | undefined): TemplateResult {
    const draft = this.drafts[param.name] ?? initialDraft(param);
    const here = place?.param === param.name ? place : undefined;
    if (Array.isArray(draft)) return this.#list(param, draft, here);
    return this.#input(param, draft, `a-${param.name}`, here !== undefined, (text) => this.#set(param.name, text));
  }

  #error(id: string): TemplateResult | typeof nothing {
    return this.refusal ? html`<span class="error" id=${id}>${this.#said(this.refusal)}</span>` : nothing;
  }

  /**
   * One field with its label and, if it was refused, the sentence why. Within an item the sentence stands under the whole
   * row, so that no field moves.
   */
  #input(param: Param, text: string, id: string, refused: boolean, onInput: (text: string) => void, inItem = false): TemplateResult {
    const t = this.#i18n;
    const described = refused ? `${id}-error` : undefined;
    const kind = fieldKind(param);
    const onChange = (event: Event): void => onInput((event.currentTarget as HTMLInputElement).value);
    const control =
      kind === "bool"
        ? html`<select id=${id} class="field code" aria-invalid=${refused ? "true" : nothing} aria-describedby=${ifDefined(described)} @change=${onChange}>
            ${["True", "False", ...(param.optional ? [""] : [])].map((each) => html`<option value=${each} ?selected=${each === text}>${each || "None"}</option>`)}
          </select>`
        : html`<input
            id=${id}
            class="field code"
            type="text"
            inputmode=${isNumeric(param.type) && param.name !== "value" ? "numeric" : "text"}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            style="--chars:${Math.min(40, Math.max(text.length, param.name.length, 5))}"
            aria-invalid=${refused ? "true" : nothing}
            aria-describedby=${ifDefined(described)}
            .value=${live(text)}
            @input=${onChange}
          />`;
    return html`<div class="cell ${kind === "json" && text.length > 40 ? "wide" : ""}">
      <label class="label" for=${id}>${param.name} <span class="type">${param.type}${param.optional ? `, ${t.t(strings.optional)}` : ""}</span></label>
      ${control} ${refused && !inItem ? this.#error(`${id}-error`) : nothing}
    </div>`;
  }

  #list(param: Param, draft: string[] | ItemDraft[], place: Place | undefined): TemplateResult {
    const t = this.#i18n;
    const set = (index: number, value: string | ItemDraft): void =>
      this.#set(param.name, draft.map((each, i) => (i === index ? value : each)) as Draft);
    const remove = (index: number): void => this.#set(param.name, draft.filter((_, i) => i !== index) as Draft);
    const add = (): void => {
      const last = draft.at(-1);
      const next = last === undefined ? (param.items ? initialItem(param.items, 0) : "a") : structuredClone(last);
      this.#set(param.name, [...draft, next] as Draft);
    };
    const whole = place && place.item === undefined;
    return html`<fieldset class="cell list" aria-describedby=${whole ? `a-${param.name}-error` : nothing}>
      <legend class="label">${param.name} <span class="type">${param.type}</span></legend>
      ${draft.map((each, i) => {
        const here = place?.item === i ? place : undefined;
        return html`<div class="item" role="group" aria-label=${t.t(strings.item, i)}>
          <span class="number" aria-hidden="true">${i}</span>
          ${typeof each === "string"
            ? this.#element(param, each, i, here !== undefined, (text) => set(i, text))
            : this.#item(param, each, i, here, (value) => set(i, value))}
          <button class="icon-button" type="button" aria-label=${t.t(strings.removeItem, i)} title=${t.t(strings.removeItem, i)} @click=${() => remove(i)}>×</button>
        </div>`;
      })}
      <button class="button plain small" type="button" @click=${add}>+ ${t.t(strings.addItem)}</button>
      ${whole && this.refusal ? html`<span class="error" id="a-${param.name}-error" role="alert">${this.#said(this.refusal)}</span>` : nothing}
    </fieldset>`;
  }

  #element(param: Param, text: string, index: number, refused: boolean, onInput: (text: string) => void): TemplateResult {
    const id = `a-${param.name}-${index}`;
    return html`<div class="cell">
      <input
        id=${id}
        class="field code"
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-label="${param.name} ${index}"
        aria-invalid=${refused ? "true" : nothing}
        aria-describedby=${refused ? `${id}-error` : nothing}
        .value=${live(text)}
        @input=${(event: Event) => onInput((event.currentTarget as HTMLInputElement).value)}
      />
      ${refused ? this.#error(`${id}-error`) : nothing}
    </div>`;
  }

  #item(param: Param, draft: ItemDraft, index: number, place: Place | undefined, onChange: (draft: ItemDraft) => void): TemplateResult {
    const t = this.#i18n;
    const shapes = param.items ?? [];
    const shape = shapes[draft.shape];
    const tag = shape?.tag;
    const id = `a-${param.name}-${index}`;
    const known = shape?.fields.some((field) => field.name === place?.field) ?? false;
    // A word typed for "any other" may be one that is known; a change of form keeps the fields both have.
    const reshape = (event: Event): void => {
      const next = initialItem(shapes, Number((event.currentTarget as HTMLSelectElement).value));
      for (const name of Object.keys(next.values)) next.values[name] = draft.values[name] ?? next.values[name] ?? "";
      onChange({ ...next, tag: next.tag || "other" });
    };
    return html`
      ${tag
        ? html`<label class="cell">
            <span class="label">${tag.key}</span>
            <select class="field code" @change=${reshape}>
              ${shapes.map((each, i) => html`<option value=${i} ?selected=${i === draft.shape}>${each.tag?.value ?? t.t(strings.anyOther)}</option>`)}
            </select>
          </label>`
        : nothing}
      ${tag && tag.value === null
        ? this.#input({ name: tag.key, type: "str" }, draft.tag, `${id}-tag`, place?.field === tag.key, (text) => onChange({ ...draft, tag: text }), true)
        : nothing}
      ${shape?.fields.map((field) =>
        this.#input(
          field,
          draft.values[field.name] ?? "",
          `${id}-${field.name}`,
          place?.field === field.name,
          (text) => onChange({ ...draft, values: { ...draft.values, [field.name]: text } }),
          true,
        ),
      )}
      ${place ? this.#error(`${id}-${known ? place.field : "tag"}-error`) : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-call-form": CallForm;
  }
}
