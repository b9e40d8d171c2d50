import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { Refusal, type Problem } from "../../laboratory/index.js";
import { spoken } from "../../story/sentences.js";
import { base, buttons } from "../../ui/styles.js";
import { sameWriting, type Form, type Writing } from "./draft.js";
import "./editor.js";
import type { ProgramEditor } from "./editor.js";
import type { Fault, LineMark } from "./editor-marks.js";
import { paneStyles } from "./pane-styles.js";
import type { ProgramLaboratory } from "./questions.js";
import { strings } from "./strings.js";

const forms: readonly Form[] = ["python", "json"];

/**
 * A program as Python and as JSON. One of the two is what the reader wrote, the other is made from it.
 *
 * @fires pane-change - The reader wrote something; `detail` is the writing.
 * @fires pane-show - The reader wants the other form; `detail` is it.
 * @fires pane-run - Ctrl-Enter was pressed.
 * @fires pane-import - A file was dropped; `detail` is a `File`.
 */
@customElement("specsight-program-pane")
export class ProgramPane extends LitElement {
  static override styles = [base, buttons, paneStyles];

  @property() name = "";
  /** The form that is shown. */
  @property() form: Form = "python";
  @property({ attribute: false }) laboratory: ProgramLaboratory | undefined;
  /** Where tasks stand in the Python text. */
  @property({ attribute: false }) lines: readonly LineMark[] = [];
  /** What is wrong with the writing. */
  @property({ attribute: false }) fault: (Fault & { readonly unplaced?: boolean }) | undefined;
  @state() private writing: Writing = { form: "python", text: "" };
  /** How it stands with the form that is made from the other one. */
  @state() private made: "yes" | "busy" | Problem = "yes";
  @state() private dropping = false;

  #i18n = new Localized(this);
  #converting: AbortController | undefined;
  /** What the other form was made from. */
  #madeFrom: Writing | undefined;

  @query('[data-form="python"]') private python!: ProgramEditor;
  @query('[data-form="json"]') private json!: ProgramEditor;

  /** Shows another program. */
  async load(writing: Writing): Promise<void> {
    this.writing = writing;
    this.#madeFrom = undefined;
    await this.updateComplete;
    this.#editor(writing.form).load(writing.text);
    this.#editor(other(writing.form)).load("");
    this.requestUpdate();
  }

  /** Puts another text in the place of the shown one, so that it can be undone. */
  rewrite(writing: Writing): void {
    this.writing = writing;
    this.#editor(writing.form).rewrite(writing.text);
  }

  goTo(): void {
    if (!this.fault) return;
    if (this.form === this.writing.form) this.#editor(this.form).goTo(this.fault);
    else this.#show(this.writing.form);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#converting?.abort();
  }

  #editor(form: Form): ProgramEditor {
    return form === "python" ? this.python : this.json;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("form") || changed.has("writing") || changed.has("fault")) void this.#convert();
  }

  /** Makes the form that is shown, if it is not the one that was written. */
  async #convert(): Promise<void> {
    this.#converting?.abort();
    const { writing, form, laboratory } = this;
    if (form === writing.form || !laboratory) return void (this.made = "yes");
    if (sameWriting(this.#madeFrom, writing)) return void (this.made = "yes");
    const converting = (this.#converting = new AbortController());
    this.made = "busy";
    try {
      const text = await laboratory.ask("convert", { ...writing, to: form }, { signal: converting.signal });
      this.#madeFrom = writing;
      this.made = "yes";
      // What stood in Python before can be had back by undo; JSON is only ever made from it.
      if (form === "python") this.python.rewrite(text);
      else this.json.load(text);
    } catch (error) {
      if (converting.signal.aborted) return;
      this.made = error instanceof Refusal ? error.problem : { code: "engine", message: String(error) };
    }
  }

  #onChange(form: Form, text: string): void {
    this.writing = { form, text };
    this.#madeFrom = undefined;
    this.dispatchEvent(new CustomEvent<Writing>("pane-change", { detail: this.writing }));
  }

  #show(form: Form): void {
    this.dispatchEvent(new CustomEvent<Form>("pane-show", { detail: form }));
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <div class="tabs" role="tablist" aria-label=${t.t(strings.forms)} @keydown=${this.#onTabKey}>
        ${forms.map(
          (form) => html`<button
            type="button"
            role="tab"
            id="tab-${form}"
            aria-controls="panel-${form}"
            aria-selected=${form === this.form}
            tabindex=${form === this.form ? 0 : -1}
            @click=${() => this.#show(form)}
          >
            ${t.t(strings[form])}
          </button>`,
        )}
      </div>
      <div class="panels ${this.dropping ? "dropping" : ""}" @dragover=${this.#onDrag} @dragleave=${() => (this.dropping = false)} @drop=${this.#onDrop}>
        ${forms.map((form) => this.#panel(form))}
        ${this.dropping ? html`<p class="drop">${t.t(strings.dropHere)}</p>` : nothing}
      </div>
      ${this.#trouble()}
      <p class="help">${t.t(this.form === "python" ? strings.subset : strings.jsonHelp)}${t.lang === "en" ? " " : ""}${t.t(strings.editorHelp)}</p>
    `;
  }

  #panel(form: Form): TemplateResult {
    const t = this.#i18n;
    const shown = form === this.form;
    const written = form === this.writing.form;
    const usable = written || this.made === "yes";
    return html`<div role="tabpanel" id="panel-${form}" aria-labelledby="tab-${form}" ?hidden=${!shown}>
      ${usable ? nothing : this.#instead()}
      <specsight-program-editor
        data-form=${form}
        ?hidden=${!usable}
        .form=${form}
        .label=${t.t(strings.editorOf, this.name, t.t(strings[form]))}
        .help=${t.t(strings.editorHelp)}
        .fault=${written && !this.fault?.unplaced ? this.fault : undefined}
        .lines=${form === "python" ? this.lines : []}
        @editor-change=${(event: CustomEvent<string>) => this.#onChange(form, event.detail)}
        @editor-run=${() => this.dispatchEvent(new CustomEvent("pane-run"))}
      ></specsight-program-editor>
    </div>`;
  }

  /** What stands where a form cannot be made. */
  #instead(): TemplateResult {
    const t = this.#i18n;
    const form = t.t(strings[this.writing.form]);
    if (this.made === "busy") return html`<p class="instead" role="status">${t.t(strings.converting)}</p>`;
    const problem = this.made as Problem;
    const sentence =
      problem.code === "too_long" ? t.t(strings.jsonTooLong) : this.fault ? t.t(strings.notConverted, form) : `${t.t(strings.notPrintable)} ${problem.message}`;
    return html`<div class="instead">
      <p>${sentence}</p>
      <button class="button" type="button" @click=${() => this.#show(this.writing.form)}>${t.t(strings.toText, form)}</button>
    </div>`;
  }

  /** It keeps its place, so that nothing moves while one types. */
  #trouble(): TemplateResult {
    const t = this.#i18n;
    const { fault } = this;
    return html`<div class="trouble" role="status" aria-label=${t.t(strings.fault)}>
      ${fault
        ? html`<p>
            ${fault.unplaced
              ? nothing
              : html`<button type="button" class="place" @click=${() => this.goTo()}>${t.t(strings.goTo, fault.line, fault.column)}</button>`}
            ${spoken(fault.sentence)}
          </p>`
        : nothing}
    </div>`;
  }

  #onTabKey = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = other(this.form);
    this.#show(next);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  };

  #onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.dropping = true;
  };

  #onDrop = (event: DragEvent): void => {
    this.dropping = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent<File>("pane-import", { detail: file }));
  };
}

function other(form: Form): Form {
  return form === "python" ? "json" : "python";
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-program-pane": ProgramPane;
  }
}
