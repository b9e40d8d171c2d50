import { LitElement, html, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized, numberIn } from "../../i18n/index.js";
import { base, buttons } from "../../ui/styles.js";
import { chartStyles } from "./chart-styles.js";
import { moved, nearest, stopAt, type Move, type Place } from "./cursor.js";
import { drawRun, textures, type Pen } from "./draw.js";
import { figureOf, laneHeightFor, reach, rowAt, type Figure } from "./figure.js";
import { usedAt, type Axis, type Lane, type Track } from "./model.js";
import type { Run } from "./runs.js";
import { linear, ticks, type Scale } from "./scale.js";
import { formulaOf, msIn, reasonOf, sentenceOf, thing, whyOf, type Voice } from "./sentences.js";
import { nouns, sentences, strings } from "./strings.js";

/** A run with its name and how it differs from the first. */
export interface Entry {
  readonly id: string;
  readonly run: Run;
  readonly name: string;
  readonly detail: string;
  readonly difference: string;
}

const keys: Readonly<Record<string, Move>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
  PageUp: "top",
  PageDown: "bottom",
};

/**
 * Draws runs under one another on one axis. The cursor (pointer, finger or keys) lights a task in every run and reads out
 * what it stands on; the time cursor is given from outside.
 *
 * @fires chart-move - The reader dragged the time cursor; `detail` is the place on the axis, null at its end.
 */
@customElement("specsight-timing-chart")
export class TimingChart extends LitElement {
  static override styles = [base, buttons, chartStyles];

  @property({ attribute: false }) entries: readonly Entry[] = [];
  @property({ attribute: false }) voice: Voice = { lang: "en", noun: "item", limitName: undefined };
  @property() axis: Axis = "time";
  /** The time cursor; undefined shows everything. */
  @property({ attribute: false }) at: number | undefined;

  #i18n = new Localized(this);
  @state() private width = 0;
  @state() private cursor: { readonly id: string; readonly place: Place } | undefined;
  @query(".ruler .plot") private ruler!: HTMLElement;
  #figures: readonly (Entry & { figure: Figure })[] = [];
  #scale: Scale = linear(0, 0);
  #observer = new ResizeObserver(() => this.#measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#observer.observe(this.ruler);
  }

  protected override firstUpdated(): void {
    this.#observer.observe(this.ruler);
    this.#measure();
  }

  #measure(): void {
    this.width = this.ruler.clientWidth;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const runs = this.entries.map((entry) => entry.run);
    if (changed.has("entries") || changed.has("axis")) {
      const height = laneHeightFor(Math.max(0, ...runs.map((run) => run.timeline.lanes.length)));
      this.#figures = this.entries.map((entry) => ({ ...entry, figure: figureOf(entry.run, this.axis, height) }));
      const at = this.cursor;
      const still = at && this.#figures.find(({ id }) => id === at.id);
      if (!still || !stopAt(still.figure.rows, at?.place)) this.cursor = undefined;
    }
    // Room at the right edge for what stands at the very end: a cap, a cross.
    this.#scale = linear(reach(runs, this.axis), Math.max(0, this.width - 16));
  }

  get #lit(): number | undefined {
    const figure = this.#figures.find(({ id }) => id === this.cursor?.id)?.figure;
    const stop = figure && stopAt(figure.rows, this.cursor?.place);
    return stop && stop.kind !== "level" ? stop.lane.task : undefined;
  }

  override render(): TemplateResult {
    return html`
      <svg class="textures" aria-hidden="true" width="0" height="0">${textures}</svg>
      <div class="ruler">
        <div class="gutter"><slot name="transport"></slot></div>
        <div class="plot">${this.#ruler()}</div>
      </div>
      ${this.#figures.map((entry, index) => this.#run(entry, index === 0))}
      <p class=${this.cursor ? "reading told" : "reading"} aria-live="polite">${this.#reading()}</p>
      ${this.#legend()}
    `;
  }

  #reading(): string {
    const entry = this.#figures.find(({ id }) => id === this.cursor?.id);
    const stop = entry && stopAt(entry.figure.rows, this.cursor?.place);
    if (!entry || !stop) return this.#i18n.t(strings.pointAtIt);
    const sentence = sentenceOf(this.voice, stop, entry.run);
    return this.#figures.length > 1 ? this.#i18n.t(sentences.inRun, entry.name, sentence) : sentence;
  }

  #ruler(): TemplateResult {
    const { max, width } = this.#scale;
    const label = this.#i18n.t(this.axis === "time" ? strings.moment : strings.orderAxis);
    const value = Math.min(this.at ?? max, max);
    const marks = this.axis === "time" ? ticks(max, width / 72) : [];
    return html`
      <input
        type="range"
        min="0"
        max=${max || 1}
        step=${this.axis === "time" ? "any" : "1"}
        .value=${String(max ? value : 1)}
        ?disabled=${max === 0}
        aria-label=${label}
        aria-valuetext=${this.#valueText(value)}
        @input=${this.#onDrag}
        @keydown=${this.#onDragKey}
      />
      ${this.axis === "order"
        ? html`<span class="order">${label}</span>`
        : html`<svg aria-hidden="true" height="24" width=${width + 16}>
            ${marks.map((mark) => {
              const x = this.#scale.x(mark);
              const text = numberIn(this.voice.lang, mark) + (mark === marks.at(-1) ? " ms" : "");
              return svg`<line x1=${x} x2=${x} y1="0" y2="5" /><text x=${x} y="19" class=${mark === 0 ? "zero" : nothing}>${text}</text>`;
            })}
          </svg>`}
    `;
  }

  #valueText(value: number): string {
    if (this.axis === "time") return msIn(this.voice.lang, Math.round(value * 10) / 10);
    const at = this.entries[0]?.run.events[Math.floor(value)]?.atMs ?? 0;
    return `${numberIn(this.voice.lang, Math.floor(value))}: ${msIn(this.voice.lang, at)}`;
  }

  #onDrag = (event: Event): void => {
    this.#moveTime(Number((event.target as HTMLInputElement).value));
  };

  /** With a free step the browser's arrow keys are useless: they go from event to event instead. */
  #onDragKey = (event: KeyboardEvent): void => {
    const forward = event.key === "ArrowRight" || event.key === "ArrowUp";
    if (!forward && event.key !== "ArrowLeft" && event.key !== "ArrowDown") return;
    if (this.axis !== "time" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const now = Math.min(this.at ?? this.#scale.max, this.#scale.max);
    const times = [...new Set(this.entries.flatMap(({ run }) => run.events.map(({ atMs }) => atMs)))].sort((a, b) => a - b);
    const next = forward ? times.find((time) => time > now) : times.findLast((time) => time < now);
    this.#moveTime(next ?? (forward ? this.#scale.max : 0));
  };

  #moveTime(at: number): void {
    this.dispatchEvent(new CustomEvent<number | null>("chart-move", { detail: at >= this.#scale.max ? null : at }));
  }

  #run({ id, run, name, detail, difference, figure }: Entry & { figure: Figure }, first: boolean): TemplateResult {
    const { voice } = this;
    const total = Number.isFinite(run.timeline.totalMs) ? msIn(voice.lang, run.timeline.totalMs) : this.#i18n.t(strings.never);
    const formula = formulaOf(voice, run.why);
    const pen: Pen = {
      lang: voice.lang,
      scale: this.#scale,
      at: this.at,
      lit: this.#lit,
      place: this.cursor?.id === id ? this.cursor.place : undefined,
    };
    return html`<section class="run" data-run=${id}>
      <header>
        <h2>${name}</h2>
        <p class="detail">${detail}</p>
        <p class="total"><b>${total}</b>${formula ? html` <span class="formula">= ${formula}</span>` : nothing}</p>
        <p class="why">${difference ? html`<strong>${difference}</strong> ` : nothing}${whyOf(voice, run)}</p>
      </header>
      <div
        class=${figure.laneHeight < 14 ? "body dense" : "body"}
        role="application"
        tabindex="0"
        aria-roledescription=${this.#i18n.t(strings.chartKind)}
        aria-label=${this.#i18n.t(strings.chartLabel, name, total)}
        aria-description=${this.#i18n.t(strings.chartHelp)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, id, figure)}
        @pointermove=${(event: PointerEvent) => this.#onPointer(event, id, figure)}
        @pointerdown=${(event: PointerEvent) => this.#onPointer(event, id, figure)}
        @pointerleave=${this.#onLeave}
        @focus=${() => this.#onFocus(id, figure)}
      >
        <div class="gutter" style="height:${figure.height}px">${this.#labels(figure)}</div>
        <div class="plot" style="height:${figure.height}px">
          <svg aria-hidden="true" width=${this.#scale.width + 16} height=${figure.height}>${drawRun(figure, pen)}</svg>
          ${run.timeline.lanes.map((lane, index) => this.#laneNote(lane, figure.places[index]?.top ?? 0, figure))}
        </div>
      </div>
      ${first ? this.#idleLocks(figure) : nothing}
    </section>`;
  }

  #labels({ run, places, tracks, laneHeight }: Figure): unknown {
    const lanes = run.timeline.lanes;
    const lit = this.#lit;
    return [
      ...lanes.map((lane, index) => {
        if (laneHeight < 14 && lane.task !== lit) return nothing;
        const top = places[index]?.top ?? 0;
        return html`<span class=${lane.task === lit ? "label lit" : "label"} style="top:${top}px;line-height:${laneHeight}px"
          >${this.#laneLabel(lane)}</span
        >`;
      }),
      ...tracks.map((track, index) => {
        const place = places[lanes.length + index];
        return html`<span class="label track" style="top:${place?.top ?? 0}px;line-height:${place?.height ?? 0}px">${this.#trackLabel(track)}</span>`;
      }),
    ];
  }

  #laneLabel({ task, label }: Lane): unknown {
    if (task < 0) return this.#i18n.t(sentences.theOperation);
    if (this.voice.noun === "worker" || !label) return `${this.#i18n.t(nouns[this.voice.noun])} ${task}`;
    return html`<i>${task}</i>${label}`;
  }

  #trackLabel(track: Track): string {
    if (track.kind === "lock") return thing(this.voice, track.resource);
    const name = track.name === "permits" ? this.#i18n.t(sentences.permits) : track.name;
    if (this.at === undefined) return track.capacity === undefined ? name : `${name} ${numberIn(this.voice.lang, track.capacity)}`;
    return this.#i18n.t(strings.inUse, usedAt(track, this.at, this.axis), track.capacity);
  }

  /** What is written beside a lane that ended at once, or in vain. */
  #laneNote(lane: Lane, top: number, { run, laneHeight }: Figure): unknown {
    if (laneHeight < 14 || this.axis === "order") return nothing;
    const reason = reasonOf(this.voice, lane, run.notes);
    const slept = run.timeline.lanes.some((other) => other.sleptMs > 0 || other.ending === "stuck");
    if (lane.ending === "stuck" || (!lane.atOnce && !reason) || (lane.atOnce && !slept)) return nothing;
    const text = this.voice.noun === "worker" ? this.#i18n.t(sentences.nothingReady) : lane.atOnce ? this.#i18n.t(sentences.onceShort, reason) : reason;
    const left = this.#scale.x(lane.endMs) + (lane.ending === "refused" ? 22 : 10);
    // No room to the right of what ended late.
    if (left > this.#scale.width * 0.7) return nothing;
    return html`<span class=${this.at !== undefined && lane.endMs > this.at ? "note later" : "note"} style="top:${top}px;left:${left}px;line-height:${laneHeight}px">${text}</span>`;
  }

  #idleLocks({ idleLocks }: Figure): unknown {
    if (idleLocks.length === 0 || this.axis === "order") return nothing;
    const names = idleLocks.slice(0, 5).map((lock) => lock.name);
    if (idleLocks.length > names.length) names.push(this.#i18n.t(strings.andMore, idleLocks.length - names.length));
    return html`<p class="locks">${this.#i18n.t(strings.idleLocks, names.join(", "), idleLocks.length)}</p>`;
  }

  #legend(): TemplateResult {
    const mark = (kind: string, drawing: unknown, text: string) =>
      html`<li class=${kind}><svg aria-hidden="true" width="26" height="16">${drawing}</svg>${text}</li>`;
    const t = this.#i18n;
    const events = this.entries.flatMap(({ run }) => run.timeline.lanes);
    const spans = events.flatMap((lane) => lane.spans);
    const held = (kind: string) => spans.some((s) => (this.axis === "order" || s.toMs > s.fromMs) && s.holds.some((h) => h.startsWith(kind)));
    return html`<ul class="legend">
      ${spans.some((s) => s.doing === "wait") ? mark("wait", svg`<rect class="wait" x="1" y="2" width="24" height="12" rx="3" />`, t.t(strings.legendWait)) : nothing}
      ${spans.some((s) => s.doing === "sleep")
        ? mark("sleep", svg`<rect class="sleep" x="1" y="2" width="24" height="12" rx="3" /><rect class="sleep-wave" x="1" y="2" width="24" height="12" rx="3" />`, t.t(strings.legendSleep))
        : nothing}
      ${held("semaphore") ? mark("hold", svg`<rect class="hold semaphore" x="1" y="2" width="24" height="12" rx="3" />`, t.t(strings.legendHold)) : nothing}
      ${held("lock") ? mark("lock", svg`<rect class="hold lock" x="1" y="2" width="24" height="12" rx="3" />`, t.t(strings.legendLock)) : nothing}
      ${events.some((lane) => lane.atOnce) && this.axis === "time" ? mark("once", svg`<rect class="tick" x="11" y="2" width="3" height="12" rx="1" />`, t.t(strings.legendOnce)) : nothing}
      ${events.some((lane) => lane.ending === "refused") ? mark("refused", svg`<path class="cross" d="M9 4l8 8m0 -8l-8 8" />`, t.t(strings.legendRefused)) : nothing}
      ${events.some((lane) => lane.ending === "done") ? mark("done", svg`<rect class="cap" x="11" y="1" width="3.5" height="14" rx="1.75" />`, t.t(strings.legendDone)) : nothing}
    </ul>`;
  }

  #onKey(event: KeyboardEvent, id: string, { rows }: Figure): void {
    if (event.key === "Escape" && this.cursor) {
      this.cursor = undefined;
      event.stopPropagation();
      return;
    }
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const place = moved(rows, this.cursor?.id === id ? this.cursor.place : undefined, move);
    if (place) this.cursor = { id, place };
  }

  #onFocus(id: string, { rows }: Figure): void {
    if (this.cursor?.id !== id && this.shadowRoot?.activeElement?.matches(":focus-visible")) {
      const place = moved(rows, undefined, "right");
      if (place) this.cursor = { id, place };
    }
  }

  #onPointer(event: PointerEvent, id: string, figure: Figure): void {
    const body = event.currentTarget as HTMLElement;
    const plot = body.querySelector(".plot")?.getBoundingClientRect();
    if (!plot || figure.rows.length === 0) return;
    const row = rowAt(figure, event.clientY - plot.top);
    const stop = nearest(figure.rows[row] ?? [], this.#scale.value(event.clientX - plot.left));
    const now = this.cursor;
    if (now?.id !== id || now.place.row !== row || now.place.stop !== stop) this.cursor = { id, place: { row, stop } };
  }

  #onLeave = (event: PointerEvent): void => {
    // What a finger tapped stays; a mouse that leaves takes its light along.
    if (event.pointerType !== "touch") this.cursor = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing-chart": TimingChart;
  }
}
