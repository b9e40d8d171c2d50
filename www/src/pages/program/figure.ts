import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { differenceOf } from "../../timing/compare.js";
import { cycleOf, cycleStyles } from "../../timing/cycle.js";
import "../../timing/figure.js";
import type { TimingFigure } from "../../timing/figure.js";
import { nowhere, wholeLook, type Look, type Place } from "../../timing/place.js";
import { accountOf, differenceSentence } from "../../timing/readout.js";
import { whereabouts } from "../../timing/standing.js";
import { told, workersOr, type Told } from "../../timing/told.js";
import { base } from "../../ui/styles.js";
import type { Ran } from "./bench.js";
import type { LineMark } from "./editor-marks.js";
import { strings } from "./strings.js";

/** So many answers are written out. */
const MAX_ANSWERS = 40;

/**
 * The runs of a program on one axis, and why each total is that number.
 *
 * @fires figure-look - The reader looks at it another way; `detail` holds what is new of the `Look`.
 * @fires figure-lines - The cursor moved; `detail` holds where tasks stand in the own text.
 */
@customElement("specsight-program-figure")
export class ProgramFigure extends LitElement {
  static override styles = [
    base,
    cycleStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .words {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
        margin-top: var(--space-4);
        padding-top: var(--space-3);
        border-top: 1px solid var(--rule);
      }
      .difference {
        font-weight: 600;
      }
      .results {
        font-size: var(--text-13);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property() name = "";
  @property({ attribute: false }) own: Ran | undefined;
  @property({ attribute: false }) pinned: Ran | undefined;
  @property({ attribute: false }) look: Look = wholeLook;
  @state() private place: Place = nowhere;
  @query("specsight-timing-figure") private figure!: TimingFigure | null;

  #i18n = new Localized(this);
  /** Kept as long as the runs themselves. */
  #told = new WeakMap<Ran, Told>();
  #lines = "";

  /** Puts the keyboard into the chart. */
  override focus(): void {
    this.figure?.focus();
  }

  protected override updated(): void {
    const marks = this.#marks(this.own && this.#told.get(this.own));
    const lines = JSON.stringify(marks);
    if (lines === this.#lines) return;
    this.#lines = lines;
    this.dispatchEvent(new CustomEvent<readonly LineMark[]>("figure-lines", { detail: marks }));
  }

  /** Where the tasks of the own text stand at the cursor. */
  #marks(own: Told | undefined): LineMark[] {
    if (!own) return [];
    const t = this.#i18n;
    const { standing, line } = whereabouts(this.place, own);
    const marks = standing.map((each) => ({ line: each.line, note: t.t(strings.standing, each.waiting, each.sleeping), own: each.line === line }));
    return line === 0 || marks.some(({ own }) => own) ? marks : [...marks, { line, note: t.t(strings.here), own: true }];
  }

  override render(): TemplateResult {
    const runs = this.#runs();
    return html`
      <specsight-timing-figure
        .name=${this.name}
        .heading=${this.name}
        .runs=${runs}
        .look=${this.look}
        @figure-look=${(event: CustomEvent<Partial<Look>>) => this.dispatchEvent(new CustomEvent("figure-look", { detail: event.detail }))}
        @figure-place=${(event: CustomEvent<Place>) => (this.place = event.detail)}
      ></specsight-timing-figure>
      ${runs.map((run) => this.#words(run, runs[0]))}
    `;
  }

  #runs(): Told[] {
    const t = this.#i18n;
    const { own, pinned, name } = this;
    return [
      ...(pinned ? [this.#tell("pinned", t.t(strings.pinned), pinned)] : []),
      ...(own ? [this.#tell("own", pinned ? t.t(strings.own) : name, own)] : []),
    ];
  }

  #tell(id: "pinned" | "own", title: string, ran: Ran): Told {
    const known = this.#told.get(ran);
    if (known?.title === title && known.id === id) return known;
    const run = told(ran.run, { id, title, noun: workersOr("task", ran.run) });
    this.#told.set(ran, run);
    return run;
  }

  /** A run in words. */
  #words(run: Told, first = run): TemplateResult {
    const t = this.#i18n;
    const difference = run === first ? undefined : differenceOf(first, run);
    return html`<div class="words">
      <h2>${run.title}</h2>
      ${difference ? html`<p class="difference">${differenceSentence(t.lang, difference, first.title)}</p>` : nothing}
      <p>${accountOf(t.lang, run)}</p>
      ${run.outcome?.kind === "deadlock" ? cycleOf(t.lang, run) : this.#results(run)}
    </div>`;
  }

  #results({ answers }: Told): TemplateResult | typeof nothing {
    if (answers.length === 0) return nothing;
    const t = this.#i18n;
    const left = answers.length - MAX_ANSWERS;
    const listed = answers.slice(0, MAX_ANSWERS).map((answer) => answer || "None");
    if (left > 0) listed.push(t.t(strings.more, left));
    return html`<p class="results">${t.t(strings.results)} <code>[${listed.join(", ")}]</code></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-program-figure": ProgramFigure;
  }
}
