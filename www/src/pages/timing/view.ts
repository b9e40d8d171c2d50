import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, type Kit } from "../../kit/index.js";
import type { StrategyInfo, Workload } from "../../kit/types.js";
import { href } from "../../router/index.js";
import { cycleOf, cycleStyles } from "../../timing/cycle.js";
import { chartRun } from "../../timing/figure.js";
import { Player } from "../../timing/player.js";
import type { StrategyRun } from "../../timing/record.js";
import { formulaOf, lastOf, whyOf, type Cast } from "../../timing/readout.js";
import "../../timing/transport.js";
import "../../timeline/index.js";
import type { Run, Standing, Stretch, TimelineElement } from "../../timeline/index.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { base, buttons } from "../../ui/styles.js";
import "./bar.js";
import "./code.js";
import { differenceOf } from "./compare.js";
import "./controls.js";
import type { Trouble } from "./controls.js";
import { momentsOf } from "./moments.js";
import { presets } from "./presets.js";
import { Runs, nothingYet, type Bench } from "./runs.js";
import { differenceSentence } from "./sentences.js";
import { defaults, workloadOf, type Draft, type Settings, type Unreadable } from "./settings.js";
import { eventAt, lineOf, standingAt } from "./standing.js";
import { strings } from "./strings.js";
import { viewStyles } from "./view-styles.js";

/** Beyond so many tasks the source does not count who stands where: that would be too slow to follow the cursor. */
const MAX_COUNTED = 20_000;

const problems = { whole: strings.whole, numbers: strings.numbers, checks: strings.checksWrong, sleep: strings.sleepWrong } as const;

/**
 * Strategies side by side: the workload, the runs on one axis, their sources, and why each total is that number.
 *
 * @fires settings-change - The reader changed something; `detail` holds the settings that are new.
 */
@customElement("specsight-strategies-view")
export class StrategiesView extends LitElement {
  static override styles = [base, buttons, stateStyles, cycleStyles, viewStyles];

  @property({ attribute: false }) settings: Settings = defaults;
  /** Whether the page's other rooms can be reached from here. */
  @property({ type: Boolean }) linked = false;

  #i18n = new Localized(this);
  #kit = new WithKit(this, (kit) => {
    this.#strategies = kit.strategies();
  });
  #strategies: readonly StrategyInfo[] = [];
  #runs = new Runs((bench) => (this.bench = bench));
  #player = new Player(this, (at, playing) => this.#onPlay(at, playing));
  #read: { readonly workload: Workload } | Unreadable | undefined;
  /** What the chart draws, kept as long as its run. */
  #drawn = new WeakMap<StrategyRun, Run>();
  #moments: Float64Array = new Float64Array();
  @state() private bench: Bench = nothingYet;
  @state() private at: number | undefined;
  @state() private cursor: Standing | undefined;
  @query("specsight-timeline") private chart!: TimelineElement | null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#runs.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("settings")) {
      this.#read = workloadOf(this.settings.draft);
      if (!this.#player.playing) this.at = this.settings.atMs;
    }
    if (changed.has("bench")) {
      const before = changed.get("bench") as Bench | undefined;
      if (before?.runs !== this.bench.runs) this.#onRuns();
    }
    const { kit } = this.#kit;
    if (kit) this.#ask(kit);
  }

  #onRuns(): void {
    this.cursor = undefined;
    this.#moments = momentsOf(this.bench.runs);
    const total = this.bench.runs.reduce((most, { analysis }) => Math.max(most, analysis.totalMs), 0);
    this.#player.load(total, this.#moments);
  }

  #ask(kit: Kit): void {
    if (!this.isConnected || !this.#read || !("workload" in this.#read)) return;
    const known = this.settings.strategies.filter((id) => this.#info(id));
    this.#runs.ask(kit, known, this.#read.workload);
  }

  #info(id: string): StrategyInfo | undefined {
    return this.#strategies.find((info) => info.id === id);
  }

  #name(id: string): string {
    const info = this.#info(id);
    return info ? this.#i18n.text(info.title) : id;
  }

  #change(changes: Partial<Settings>): void {
    this.dispatchEvent(new CustomEvent<Partial<Settings>>("settings-change", { detail: changes }));
  }

  override render(): TemplateResult {
    return this.#kit.render(() => this.#body());
  }

  #body(): TemplateResult {
    const { strategies, draft } = this.settings;
    const shown = strategies.flatMap((id) => this.#info(id) ?? []);
    return html`
      <specsight-workload
        .draft=${draft}
        .workload=${this.#read && "workload" in this.#read ? this.#read.workload : undefined}
        .trouble=${this.#trouble()}
        .locks=${shown.some(({ uses }) => uses.includes("lock"))}
        .calls=${shown.some(({ uses }) => uses.includes("external"))}
        @draft-change=${(event: CustomEvent<Partial<Draft>>) =>
          this.#change({ draft: { ...draft, ...event.detail }, atMs: undefined, task: undefined, zoom: undefined })}
        @preset-choose=${this.#onPreset}
      ></specsight-workload>
      <specsight-strategy-bar
        .all=${this.#strategies}
        .chosen=${strategies}
        @strategies-change=${(event: CustomEvent<string[]>) => this.#change({ strategies: event.detail })}
      ></specsight-strategy-bar>
      ${this.#busy()}
      ${this.bench.cancelled ? html`<p class="quiet" role="status">${this.#i18n.t(strings.cancelled)}</p>` : nothing}
      ${this.bench.runs.length > 0
        ? this.#result()
        : shown.length === 0 && !this.bench.busy
          ? emptyState({
              title: this.#i18n.t(strings.noStrategies),
              detail: this.#i18n.t(strings.noStrategiesDetail),
              action: this.#i18n.t(strings.toDefault),
              onAction: () => this.#change({ strategies: defaults.strategies }),
            })
          : nothing}
    `;
  }

  #onPreset = (event: CustomEvent<string>): void => {
    const preset = presets.find(({ id }) => id === event.detail);
    if (!preset) return;
    this.#change({ draft: preset.draft, strategies: preset.strategies, atMs: undefined, task: undefined, zoom: undefined });
  };

  #trouble(): Trouble | undefined {
    const t = this.#i18n;
    if (this.#read && "problem" in this.#read) {
      return { field: this.#read.field, sentence: `${t.t(problems[this.#read.problem])} ${t.t(strings.stillShown)}` };
    }
    const unknown = this.settings.strategies.find((id) => this.#strategies.length > 0 && !this.#info(id));
    if (unknown !== undefined) return { field: undefined, sentence: t.t(strings.unknown, unknown) };
    const { error } = this.bench;
    if (!error) return undefined;
    const field = error.field as keyof Draft | undefined;
    return { field, sentence: `${t.t(strings.refused)} ${error.message} ${this.bench.runs.length > 0 ? t.t(strings.stillShown) : ""}` };
  }

  #busy(): TemplateResult | typeof nothing {
    const { busy } = this.bench;
    if (!busy?.progress) return nothing;
    const { tasks, tasksDone } = busy.progress;
    return html`<div class="busy" role="status">
      <progress max=${tasks} value=${tasksDone} aria-label=${this.#name(busy.strategy)}></progress>
      <span class="small nums">${this.#i18n.t(strings.computing, this.#name(busy.strategy), tasksDone, tasks)}</span>
      <button class="button" type="button" @click=${() => this.#runs.cancel()}>${this.#i18n.t(strings.cancel)}</button>
    </div>`;
  }

  #result(): TemplateResult {
    const { axis, zoom } = this.settings;
    const runs = this.bench.runs.map((run) => this.#figure(run));
    const stretch: Stretch | undefined = zoom && { from: zoom[0], to: zoom[1] };
    return html`<div class="desk">
      <div class="figure" @keydown=${this.#onKey}>
        <div class="playing">
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
          .runs=${runs}
          .axis=${axis}
          .at=${this.at}
          .window=${stretch}
          @timeline-move=${(event: CustomEvent<number | null>) => this.#onMove(event.detail ?? undefined)}
          @timeline-cursor=${(event: CustomEvent<Standing | null>) => (this.cursor = event.detail ?? undefined)}
          @timeline-window=${(event: CustomEvent<Stretch | null>) =>
            this.#change({ zoom: event.detail ? [rounded(event.detail.from), rounded(event.detail.to)] : undefined })}
        >
          <specsight-timeline-export slot="tools" name="strategies" heading=${this.#i18n.t(strings.heading)}></specsight-timeline-export>
          ${this.bench.runs.map((run) => html`<span slot="run-${run.strategy}" class="formula nums">${formulaOf(this.#cast(run), run.analysis) ?? ""}</span>`)}
        </specsight-timeline>
      </div>
      <ol class="strategies">
        ${this.bench.runs.map((run, index) => this.#strategy(run, index))}
      </ol>
    </div>`;
  }

  #cast({ labels, resources, items }: StrategyRun): Cast {
    return { lang: this.#i18n.lang, noun: items.length > 0 ? "worker" : "item", labels, resources };
  }

  #figure(run: StrategyRun): Run {
    const title = this.#name(run.strategy);
    let drawn = this.#drawn.get(run);
    if (drawn?.title !== title) this.#drawn.set(run, (drawn = chartRun(run, title, this.bench.workload)));
    return drawn;
  }

  #axes(): TemplateResult {
    const t = this.#i18n;
    const choice = (axis: Settings["axis"], label: string): TemplateResult =>
      html`<label
        ><input type="radio" name="axis" .checked=${this.settings.axis === axis} @change=${() => this.#change({ axis, atMs: undefined, zoom: undefined })} />${label}</label
      >`;
    return html`<div class="axes" role="radiogroup" aria-label=${t.t(strings.axis)}>
      <span aria-hidden="true">${t.t(strings.axis)}</span>
      ${choice("time", t.t(strings.byTime))}${choice("order", t.t(strings.byOrder))}
    </div>`;
  }

  /** One strategy in words and source. */
  #strategy(run: StrategyRun, index: number): TemplateResult {
    const t = this.#i18n;
    const info = this.#info(run.strategy);
    if (!info) return html`${nothing}`;
    const cast = this.#cast(run);
    const [first] = this.bench.runs;
    const difference = index > 0 && first ? differenceOf(first, run) : undefined;
    const name = t.text(info.title);
    return html`<li>
      <h2>${name} ${info.mistake ? html`<span class="mistake">${t.t(strings.mistake)}</span>` : nothing}</h2>
      <p class="quiet">${t.text(info.about)}</p>
      <p>${whyOf(cast, run.analysis, run.outcome)} ${run.outcome?.kind === "deadlock" ? nothing : lastOf(cast, run.analysis)}</p>
      ${run.outcome?.kind === "deadlock" ? cycleOf(cast, run.outcome) : nothing}
      ${difference && first ? html`<p class="difference">${differenceSentence(t.lang, difference, this.#name(first.strategy))}</p>` : nothing}
      <p class="lesson">${t.text(info.lesson)}</p>
      ${this.#source(run, info)}
      ${this.linked
        ? html`<a class="small" href=${href("/timing/program", { strategy: info.id, ...this.#draftQuery() })}>${t.t(strings.openAsProgram)}</a>`
        : nothing}
    </li>`;
  }

  #draftQuery(): Record<string, string> {
    const { items, invalid, sleep, maxConcurrent, lock, fails } = this.settings.draft;
    return { n: items, bad: invalid || "none", sleep, max: maxConcurrent, lock, fail: fails || "none" };
  }

  #source(run: StrategyRun, info: StrategyInfo): TemplateResult {
    const event = this.#eventOf(run);
    const own = this.cursor?.run === run.strategy ? this.cursor.task : this.settings.task;
    const counted = event !== undefined && run.labels.length <= MAX_COUNTED;
    return html`<specsight-timing-code
      .source=${info.python}
      .name=${this.#i18n.text(info.title)}
      .standing=${counted ? standingAt(run.columns, event, run.labels.length) : []}
      .line=${event !== undefined && own !== undefined ? lineOf(run.columns, event, own) : 0}
    ></specsight-timing-code>`;
  }

  /** The last event of a run at the cursor: the chart's own, or the moment that is played. */
  #eventOf(run: StrategyRun): number | undefined {
    if (this.cursor) return this.cursor.run === run.strategy ? this.cursor.event : eventAt(run.columns, this.cursor.atMs);
    if (this.at === undefined) return undefined;
    return this.settings.axis === "order" ? Math.floor(this.at) : eventAt(run.columns, this.at);
  }

  // Playing

  #toggle(): void {
    this.#player.toggle(this.at);
    if (!this.#player.playing) this.#change({ atMs: this.at === undefined ? undefined : rounded(this.at) });
  }

  #onPlay(at: number | undefined, playing: boolean): void {
    this.at = at;
    if (!playing) this.#change({ atMs: undefined });
  }

  #onMove(at: number | undefined): void {
    this.#player.stop();
    this.at = at;
    this.#change({ atMs: at === undefined ? undefined : rounded(at) });
  }

  /** To the next or the last moment at which anything happens in any of the runs. */
  #step(by: 1 | -1): void {
    const here = this.at ?? (by > 0 ? -1 : Infinity);
    const next = by > 0 ? this.#moments.find((ms) => ms > here + 1e-6) : this.#moments.findLast((ms) => ms < here - 1e-6);
    this.#onMove(next);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== " " || event.defaultPrevented || (event.composedPath()[0] as Element).closest("button, input, summary, a")) return;
    event.preventDefault();
    this.#toggle();
  };

  /** Puts the chart's cursor on a task of a run. */
  show(strategy: string, task: number): void {
    this.chart?.goToTask(strategy, task);
  }
}

/** An address needs no more than a thousandth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-strategies-view": StrategiesView;
  }
}
