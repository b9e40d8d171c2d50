import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { jsonLanguage } from "@codemirror/lang-json";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, type StateEffect, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { LitElement, css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../../ui/styles.js";
import type { Form } from "./draft.js";
import { look } from "./editor-look.js";
import { marks, offsetOf, showFault, showMarks, type Fault, type LineMark } from "./editor-marks.js";
import type { Place } from "./json.js";

const languages: Record<Form, Extension> = {
  python: [pythonLanguage, indentUnit.of("    ")],
  json: [jsonLanguage, indentUnit.of("  ")],
};

/**
 * A text with its colours, where tasks stand in it, and where it is wrong.
 *
 * @fires editor-change - The reader changed the text; `detail` is the new one.
 * @fires editor-run - Ctrl-Enter was pressed.
 */
@customElement("specsight-program-editor")
export class ProgramEditor extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        overflow: hidden;
        border-radius: var(--radius);
        font-size: var(--text-13);
      }
      :host(:focus-within) {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      .place {
        height: 100%;
      }
    `,
  ];

  @property() form: Form = "python";
  @property() label = "";
  /** What leaves the editor by keyboard, since Tab does not. */
  @property() help = "";
  @property({ attribute: false }) fault: Fault | undefined;
  @property({ attribute: false }) lines: readonly LineMark[] = [];
  @query(".place") private place!: HTMLElement;

  #view: EditorView | undefined;
  #attributes = new Compartment();
  /** What was loaded before there was an editor. */
  #early = "";
  /** Changes that are the page's own are not told back to it. */
  #own = false;

  get text(): string {
    return this.#view?.state.doc.toString() ?? this.#early;
  }

  /** Shows another text, with a history of its own. */
  load(text: string): void {
    this.#early = text;
    if (!this.#view) return;
    this.#view.setState(this.#state(text));
    this.#show(["fault", "lines"]);
  }

  /** Puts another text in the place of this one; undo brings this one back. */
  rewrite(text: string): void {
    const view = this.#view;
    if (!view) return this.load(text);
    if (text === this.text) return;
    this.#quietly({ changes: { from: 0, to: view.state.doc.length, insert: text }, annotations: isolateHistory.of("full") });
  }

  /** Puts the cursor at a place and looks at it. */
  goTo(place: Place): void {
    const view = this.#view;
    if (!view) return;
    view.dispatch({ selection: { anchor: offsetOf(view.state, place) }, scrollIntoView: true });
    view.focus();
  }

  override focus(): void {
    this.#view?.focus();
  }

  protected override firstUpdated(): void {
    this.#view = new EditorView({ parent: this.place, root: this.renderRoot as ShadowRoot, state: this.#state(this.#early) });
    this.#show(["fault", "lines"]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#early = this.text;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view) return;
    if (changed.has("label") || changed.has("help")) this.#quietly({ effects: this.#named() });
    this.#show([...changed.keys()]);
  }

  #show(what: readonly PropertyKey[]): void {
    if (!this.#view) return;
    if (what.includes("fault")) showFault(this.#view, this.fault);
    if (what.includes("lines")) showMarks(this.#view, this.lines);
  }

  #named(): StateEffect<unknown> {
    return this.#attributes.reconfigure(this.#attributesNow());
  }

  #attributesNow(): Extension {
    return EditorView.contentAttributes.of({ "aria-label": this.label, "aria-description": this.help, spellcheck: "false", autocapitalize: "off", tabindex: "0" });
  }

  #quietly(change: TransactionSpec): void {
    this.#own = true;
    try {
      this.#view?.dispatch(change);
    } finally {
      this.#own = false;
    }
  }

  #state(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        languages[this.form],
        look,
        marks,
        this.#attributes.of(this.#attributesNow()),
        keymap.of([{ key: "Mod-Enter", run: () => this.#run() }, ...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged && !this.#own) this.dispatchEvent(new CustomEvent<string>("editor-change", { detail: this.text }));
        }),
      ],
    });
  }

  #run(): boolean {
    this.dispatchEvent(new CustomEvent("editor-run"));
    return true;
  }

  override render(): TemplateResult {
    return html`<div class="place"></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-program-editor": ProgramEditor;
  }
}
