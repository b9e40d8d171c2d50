import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import "../timeline/index.js";
import type { Axis, Standing, Stretch, TimelineElement } from "../timeline/index.js";
import { base } from "../ui/styles.js";
import { momentsOf, wholeLook, type Look, type Place } from "./place.js";
import { Player } from "./player.js";
import { formulaOf } from "./readout.js";
import { strings } from "./strings.js";
import type { Told } from "./told.js";
import "./transport.js";

/** Two moments of a float clock are one within so much. */
const SAME_MS = 1e-6;

/**
 * Runs on one axis, to be played, stepped through and looked at closely.
 *
 * @fires figure-look - The reader looks at it another way; `detail` holds what is new of the `Look`, for the address.
 * @fires figure-place - The reader, or the player, is elsewhere; `detail` is the `Place`.
 */
@customElement("specsight-timing-figure")
export class TimingFigure extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-1) var(--space-5);
        margin-bottom: var(--space-2);
      }
      .formula {
        color: var(--ink-2);
        font-family: var(--font-code);
        font-size: var(--text-13);
      }
      .axes {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
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
      @media (pointer: coarse) {
        .axes label {
          min-height: var(--touch);
        }
      }
    `,
  ];

  /** The same objects for as long as nothing about them changes. */
  @property({ attribute: false, hasChanged: (now: readonly Told[], before?: readonly Told[]) => !before || !same(now, before) })
  runs: readonly Told[] = [];
  @property({ attribute: false, hasChanged: (now: Look, before?: Look) => !before || !same(parts(now), parts(before)) })
  look: Look = wholeLook;
  /** Names the files that are exported. */
  @property() name = "timeline";
  /** Heads the pictures that are exported. */
  @property() heading = "";
  @state() private at: number | undefined;
  @state() private cursor: Standing | undefined;
  @query("specsight-timeline") private chart!: TimelineElement | null;

  #i18n = new Localized(this);
  #player = new Player(this, (at, playing) => this.#onPlay(at, playing));
  #moments: Float64Array = new Float64Array();
  #place: Place | undefined;

  /** Puts the keyboard into the chart. */
  override focus(): void {
    this.chart?.shadowRoot?.querySelector<HTMLElement>('[role="application"]')?.focus();
  }

  /** Whether the clock never moves in any of the runs: then there is nothing to see along it. */
  get #still(): boolean {
    return this.runs.every(({ analysis, outcome }) => analysis.totalMs === 0 && outcome?.kind !== "deadlock");
  }

  get #axis(): Axis {
    return this.#still ? "order" : this.look.axis;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("runs")) this.#onRuns(changed.get("runs") ?? []);
    if (changed.has("runs") || (changed.get("look") ?? this.look).axis !== this.look.axis) this.#load();
    // While it plays the address keeps the place it started from.
    if ((changed.has("runs") || changed.has("look")) && !this.#player.playing) this.at = this.look.at;
  }

  #onRuns(before: readonly Told[]): void {
    this.cursor = undefined;
    const columns = ({ columns }: Told): unknown => columns;
    if (!same(this.runs.map(columns), before.map(columns))) this.#player.stop();
  }

  /** Along the order of events a step is an event, whatever the clock says. */
  #load(): void {
    const ordered = this.#axis === "order";
    this.#moments = momentsOf(this.runs, this.#axis);
    this.#player.load(ordered ? this.#moments.length : Math.max(0, ...this.runs.map(({ analysis }) => analysis.totalMs)), this.#moments);
  }

  protected override updated(): void {
    const place: Place = { axis: this.#axis, at: this.at, cursor: this.cursor };
    if (this.#place && same(Object.values(place), Object.values(this.#place))) return;
    this.#place = place;
    this.dispatchEvent(new CustomEvent<Place>("figure-place", { detail: place }));
  }

  override render(): TemplateResult {
    const { lang } = this.#i18n;
    return html`<div @keyup=${this.#onKey}>
      <div class="line">
        <specsight-timing-transport
          .player=${this.#player}
          .playing=${this.#player.playing}
          .speed=${this.#player.speed}
          .loop=${this.#player.loop}
          @transport-toggle=${() => this.#toggle()}
          @transport-step=${(event: CustomEvent<1 | -1>) => this.#step(event.detail)}
        ></specsight-timing-transport>
        ${this.#still ? nothing : this.#axes()}
      </div>
      <specsight-timeline
        scrub
        .runs=${this.runs}
        .axis=${this.#axis}
        .at=${this.at}
        .window=${this.look.zoom}
        @timeline-move=${(event: CustomEvent<number | null>) => this.#move(event.detail ?? undefined)}
        @timeline-cursor=${(event: CustomEvent<Standing | null>) => (this.cursor = event.detail ?? undefined)}
        @timeline-window=${(event: CustomEvent<Stretch | null>) => this.#change({ zoom: event.detail ?? undefined })}
      >
        <specsight-timeline-export slot="tools" .name=${this.name} .heading=${this.heading}></specsight-timeline-export>
        ${this.runs.map((run) => html`<span slot="run-${run.id}" class="formula nums">${formulaOf(lang, run) ?? ""}</span>`)}
      </specsight-timeline>
    </div>`;
  }

  #axes(): TemplateResult {
    const t = this.#i18n;
    const choice = (axis: Axis, label: string): TemplateResult =>
      html`<label
        ><input type="radio" name="axis" .checked=${this.look.axis === axis} @change=${() => this.#change({ axis, at: undefined, zoom: undefined })} />${label}</label
      >`;
    return html`<div class="axes" role="radiogroup" aria-labelledby="axis">
      <span id="axis">${t.t(strings.axis)}</span>
      ${choice("time", t.t(strings.byTime))}${choice("order", t.t(strings.byOrder))}
    </div>`;
  }

  #change(detail: Partial<Look>): void {
    this.dispatchEvent(new CustomEvent<Partial<Look>>("figure-look", { detail }));
  }

  #toggle(): void {
    this.#player.toggle(this.at);
    if (!this.#player.playing) this.#change({ at: this.at });
  }

  #onPlay(at: number | undefined, playing: boolean): void {
    this.at = at;
    if (!playing) this.#change({ at: undefined });
  }

  #move(at: number | undefined): void {
    this.#player.stop();
    this.at = at;
    this.#change({ at });
  }

  /** To the next or the last place at which anything happens in any of the runs. */
  #step(by: 1 | -1): void {
    const here = this.at ?? (by > 0 ? -1 : Infinity);
    this.#move(by > 0 ? this.#moments.find((place) => place > here + SAME_MS) : this.#moments.findLast((place) => place < here - SAME_MS));
  }

  /** The space bar plays when it is let go: held, it pans the chart. */
  #onKey = (event: KeyboardEvent): void => {
    if (event.key === " " && !event.defaultPrevented && (event.composedPath()[0] as Element).closest('[role="application"]')) this.#toggle();
  };
}

function same(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

function parts({ axis, at, zoom }: Look): unknown[] {
  return [axis, at, zoom?.from, zoom?.to];
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timing-figure": TimingFigure;
  }
}
