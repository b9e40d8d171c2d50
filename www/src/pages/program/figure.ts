import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { cycleOf, cycleStyles } from "../../timing/cycle.js";
import { Player } from "../../timing/player.js";
import { formulaOf, lastOf, whyOf, type Cast } from "../../timing/readout.js";
import "../../timing/transport.js";
import "../../timeline/export-menu.js";
import "../../timeline/index.js";
import type { Run, Standing as Cursor, Stretch, TimelineElement } from "../../timeline/index.js";
import { base, buttons } from "../../ui/styles.js";
import { differenceOf } from "../timing/compare.js";
import { momentsOf } from "../timing/moments.js";
import { differenceSentence } from "../timing/sentences.js";
import { eventAt, lineOf, standingAt } from "../timing/standing.js";
import type { Ran } from "./bench.js";
import type { LineMark } from "./editor-marks.js";
import type { ProgramRun } from "./questions.js";
import { strings } from "./strings.js";

/** Beyond so many tasks nobody is counted on the lines: that would be too slow to follow the cursor. */
const MAX_COUNTED = 20_000;
/** So many answers are written out. */
const MAX_ANSWERS = 40;

/** How the reader looks at the runs. */
export interface Look {
  readonly axis: "time" | "order";
  readonly at: number | undefined;
  readonly zoom: Stretch | undefined;
}

interface Shown {
  readonly id: "pinned" | "own";
  readonly ran: Ran;
}

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
    buttons,
    cycleStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .formula {
        color: var(--ink-2);
        font-family: var(--font-code);
        font-size: var(--text-13);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-1) var(--space-4);
        margin-bottom: var(--space-1);
      }
      .axes {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-3);
        align-items: center;
        font-size: var(--text-13);
      }
      .axes > span {
        color: var(--ink-2);
      }
      .axes label {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        min-height: 28px;
        cursor: pointer;
      }
      .axes input {
        accent-color: var(--accent);
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
      @media (pointer: coarse) {
        .axes label {
          min-height: var(--touch);
        }
      }
    `,
  ];

  @property() name = "";
  @property({ attribute: false }) own: Ran | undefined;
  @property({ attribute: false }) pinned: Ran | undefined;
  @property({ attribute: false }) look: Look = { axis: "time", at: undefined, zoom: undefined };
  @state() private at: number | undefined;
  @state() private cursor: Cursor | undefined;
  @query("specsight-timeline") private chart!: TimelineElement | null;

  #i18n = new Localized(this);
  #player = new Player(this, (at, playing) => this.#onPlay(at, playing));
  #moments: Float64Array = new Float64Array();
  /** What the chart draws, kept as long as its run. */
  #drawn = new WeakMap<Ran, Run>();
  #told = "";

  get #shown(): Shown[] {
    return [...(this.pinned ? [{ id: "pinned", ran: this.pinned } as const] : []), ...(this.own ? [{ id: "own", ran: this.own } as const] : [])];
  }

  /** Puts the keyboard into the chart. */
  override focus(): void {
    this.chart?.shadowRoot?.querySelector<HTMLElement>('[role="application"]')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("look") && !this.#player.playing) this.at = this.look.at;
    if (changed.has("own") || changed.has("pinned")) this.cursor = undefined;
    const axis = (changed.get("look") as Look | undefined)?.axis;
    if (changed.has("own") || changed.has("pinned") || axis !== this.look.axis) this.#loadPlayer();
  }

  /** Along the order of events a step is an event, whatever the clock says. */
  #loadPlayer(): void {
    const runs = this.#shown.map(({ ran }) => ran.run);
    const ordered = this.look.axis === "order";
    this.#moments = ordered ? Float64Array.from({ length: Math.max(0, ...runs.map(({ columns }) => columns.atMs.length)) }, (_, at) => at) : momentsOf(runs);
    this.#player.load(ordered ? this.#moments.length : Math.max(0, ...runs.map(({ analysis }) => analysis.totalMs)), this.#moments);
  }

  protected override updated(): void {
    const lines = this.#lines();
    const told = JSON.stringify(lines);
    if (told === this.#told) return;
    this.#told = told;
    this.dispatchEvent(new CustomEvent<readonly LineMark[]>("figure-lines", { detail: lines }));
  }

  /** Where the tasks of the own text stand at the cursor. */
  #lines(): LineMark[] {
    const run = this.own?.run;
    if (!run) return [];
    const event = this.#eventOf(run);
    if (event === undefined || event < 0) return [];
    const t = this.#i18n;
    const task = this.cursor?.run === "own" ? this.cursor.task : undefined;
    const line = task === undefined ? 0 : lineOf(run.columns, event, task);
    const standing = run.labels.length <= MAX_COUNTED ? standingAt(run.columns, event, run.labels.length) : [];
    const marks = standing.map((each) => ({ line: each.line, note: t.t(strings.standing, each.waiting, each.sleeping), own: each.line === line }));
    return line === 0 || marks.some(({ own }) => own) ? marks : [...marks, { line, note: t.t(strings.here), own: true }];
  }

  /** The last event of the own run at the cursor: the chart's own, or the moment that is played. */
  #eventOf(run: ProgramRun): number | undefined {
    if (this.cursor) return this.cursor.run === "own" ? this.cursor.event : eventAt(run.columns, this.cursor.atMs);
    if (this.at === undefined) return undefined;
    return this.look.axis === "order" ? Math.floor(this.at) : eventAt(run.columns, this.at);
  }

  #change(detail: Partial<Look>): void {
    this.dispatchEvent(new CustomEvent<Partial<Look>>("figure-look", { detail }));
  }

  override render(): TemplateResult {
    const shown = this.#shown;
    return html`
      <div @keydown=${this.#onKey}>
        <div class="line">
          <specsight-timing-transport
            .player=${this.#player}
            .playing=${this.#player.playing}
            .speed=${this.#player.speed}
            .loop=${this.#player.loop}
            @transport-toggle=${() => this.#toggle()}
            @transport-step=${(event: CustomEvent<1 | -1>) => this.#step(event.detail)}
          ></specsight-timing-transport>
          ${this.#axes()}
        </div>
        <specsight-timeline
          scrub
          .runs=${shown.map((each) => this.#figure(each))}
          .axis=${this.look.axis}
          .at=${this.at}
          .window=${this.look.zoom}
          @timeline-move=${(event: CustomEvent<number | null>) => this.#onMove(event.detail ?? undefined)}
          @timeline-cursor=${(event: CustomEvent<Cursor | null>) => (this.cursor = event.detail ?? undefined)}
          @timeline-window=${(event: CustomEvent<Stretch | null>) => this.#change({ zoom: event.detail ?? undefined })}
        >
          <specsight-timeline-export slot="tools" .name=${this.name} .heading=${this.name}></specsight-timeline-export>
          ${shown.map(({ id, ran }) => html`<span slot="run-${id}" class="formula nums">${formulaOf(this.#cast(ran.run), ran.run.analysis) ?? ""}</span>`)}
        </specsight-timeline>
      </div>
      ${shown.map((each) => this.#words(each))}
    `;
  }

  #cast(run: ProgramRun): Cast {
    return { lang: this.#i18n.lang, noun: nounOf(run), labels: run.labels, resources: run.resources };
  }

  #title(id: Shown["id"]): string {
    const t = this.#i18n;
    if (id === "pinned") return t.t(strings.pinned);
    return this.pinned ? t.t(strings.own) : this.name;
  }

  #figure({ id, ran }: Shown): Run {
    const title = this.#title(id);
    let drawn = this.#drawn.get(ran);
    if (drawn?.title === title && drawn.id === id) return drawn;
    const { columns, resources, items, labels, answers, analysis } = ran.run;
    drawn = { id, title, columns, resources, items, labels, answers, noun: nounOf(ran.run), critical: analysis.critical };
    this.#drawn.set(ran, drawn);
    return drawn;
  }

  #axes(): TemplateResult {
    const t = this.#i18n;
    const choice = (axis: Look["axis"], label: string): TemplateResult =>
      html`<label
        ><input type="radio" name="axis" .checked=${this.look.axis === axis} @change=${() => this.#change({ axis, at: undefined, zoom: undefined })} />${label}</label
      >`;
    return html`<div class="axes" role="radiogroup" aria-labelledby="axis">
      <span id="axis">${t.t(strings.axis)}</span>
      ${choice("time", t.t(strings.byTime))}${choice("order", t.t(strings.byOrder))}
    </div>`;
  }

  /** A run in words. */
  #words({ id, ran: { run } }: Shown): TemplateResult {
    const t = this.#i18n;
    const cast = this.#cast(run);
    const difference = id === "own" && this.pinned ? differenceOf(this.pinned.run, run) : undefined;
    return html`<div class="words">
      <h2>${this.#title(id)}</h2>
      ${difference ? html`<p class="difference">${differenceSentence(t.lang, difference, t.t(strings.pinned))}</p>` : nothing}
      <p>${whyOf(cast, run.analysis, run.outcome)} ${run.outcome?.kind === "deadlock" ? nothing : lastOf(cast, run.analysis)}</p>
      ${run.outcome?.kind === "deadlock" ? cycleOf(cast, run.outcome) : this.#results(run)}
    </div>`;
  }

  #results({ answers }: ProgramRun): TemplateResult | typeof nothing {
    if (answers.length === 0) return nothing;
    const t = this.#i18n;
    const left = answers.length - MAX_ANSWERS;
    const listed = answers.slice(0, MAX_ANSWERS).map((answer) => answer || "None");
    if (left > 0) listed.push(t.t(strings.more, left));
    return html`<p class="results">${t.t(strings.results)} <code>[${listed.join(", ")}]</code></p>`;
  }

  // Playing

  #toggle(): void {
    this.#player.toggle(this.at);
    if (!this.#player.playing) this.#change({ at: this.at });
  }

  #onPlay(at: number | undefined, playing: boolean): void {
    this.at = at;
    if (!playing) this.#change({ at: undefined });
  }

  #onMove(at: number | undefined): void {
    this.#player.stop();
    this.at = at;
    this.#change({ at });
  }

  /** To the next or the last moment at which anything happens. */
  #step(by: 1 | -1): void {
    const here = this.at ?? (by > 0 ? -1 : Infinity);
    this.#onMove(by > 0 ? this.#moments.find((ms) => ms > here + 1e-6) : this.#moments.findLast((ms) => ms < here - 1e-6));
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== " " || event.defaultPrevented || (event.composedPath()[0] as Element).closest("button, input, summary, a")) return;
    event.preventDefault();
    this.#toggle();
  };
}

/** Lanes that work through items have names for them. */
function nounOf({ items }: ProgramRun): "worker" | "task" {
  return items.length > 0 ? "worker" : "task";
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-program-figure": ProgramFigure;
  }
}
