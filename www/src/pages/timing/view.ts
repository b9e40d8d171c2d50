import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { Localized, sentences } from "../../i18n/index.js";
import { WithLaboratory } from "../../kit/index.js";
import type { StrategyInfo, Workload } from "../../kit/types.js";
import { href } from "../../router/index.js";
import { cycleOf, cycleStyles } from "../../timing/cycle.js";
import { differenceOf } from "../../timing/compare.js";
import "../../timing/figure.js";
import { nowhere, type Look, type Place } from "../../timing/place.js";
import { accountOf, differenceSentence } from "../../timing/readout.js";
import type { StrategyRun } from "../../timing/record.js";
import { whereabouts } from "../../timing/standing.js";
import { toldStrategy, type Told } from "../../timing/told.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { base, buttons } from "../../ui/styles.js";
import "./bar.js";
import "./code.js";
import "./controls.js";
import type { Trouble } from "./controls.js";
import { presets } from "./presets.js";
import { Runs, nothingYet, type Bench } from "./runs.js";
import { defaults, workloadOf, type Draft, type Settings, type Unreadable } from "./settings.js";
import { strings } from "./strings.js";
import { viewStyles } from "./view-styles.js";

/** A place in the runs of before is none in those of another workload. */
const elsewhere = { at: undefined, task: undefined, zoom: undefined };

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
  #kit = new WithLaboratory(this, (kit) => {
    this.#strategies = kit.strategies();
  });
  #strategies: readonly StrategyInfo[] = [];
  #runs = new Runs((bench) => (this.bench = bench));
  #read: { readonly workload: Workload } | Unreadable | undefined;
  /** Kept as long as the runs themselves. */
  #told = new WeakMap<StrategyRun, Told>();
  @state() private bench: Bench = nothingYet;
  @state() private place: Place = nowhere;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#runs.warm();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#runs.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("settings")) this.#read = workloadOf(this.settings.draft);
    if (this.#kit.kit) this.#ask();
  }

  #ask(): void {
    if (!this.isConnected || !this.#read || !("workload" in this.#read)) return;
    const known = this.settings.strategies.filter((id) => this.#info(id));
    this.#runs.ask(known, this.#read.workload);
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
        @draft-change=${(event: CustomEvent<Partial<Draft>>) => this.#change({ draft: { ...draft, ...event.detail }, ...elsewhere })}
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
    this.#change({ draft: preset.draft, strategies: preset.strategies, ...elsewhere });
  };

  #trouble(): Trouble | undefined {
    const t = this.#i18n;
    if (this.#read && "problem" in this.#read) {
      return { field: this.#read.field, sentence: sentences(t.lang, t.t(problems[this.#read.problem]), t.t(strings.stillShown)) };
    }
    const unknown = this.settings.strategies.find((id) => this.#strategies.length > 0 && !this.#info(id));
    if (unknown !== undefined) return { field: undefined, sentence: t.t(strings.unknown, unknown) };
    const { problem } = this.bench;
    if (!problem) return undefined;
    const field = problem.field as keyof Draft | undefined;
    // The laboratory counts items from 0, the reader from 1; the draft can only have named one that is not there.
    const items = this.#read && "workload" in this.#read ? this.#read.workload.items : 0;
    const why = field === "invalid" || field === "fails" ? t.t(strings.beyond, items) : problem.message;
    return { field, sentence: sentences(t.lang, t.t(strings.refused), why, this.bench.runs.length > 0 ? t.t(strings.stillShown) : "") };
  }

  #busy(): TemplateResult | typeof nothing {
    const { busy } = this.bench;
    if (!busy) return nothing;
    const t = this.#i18n;
    const name = this.#name(busy.strategy);
    const { tasks, tasksDone } = busy.progress ?? {};
    return html`<div class="busy" role="status">
      <progress max=${ifDefined(tasks)} value=${ifDefined(tasksDone)} aria-label=${name}></progress>
      <span class="small nums">${busy.progress ? t.t(strings.computing, name, busy.progress.tasksDone, busy.progress.tasks) : t.t(strings.reading, name)}</span>
      <button class="button" type="button" @click=${() => this.#runs.cancel()}>${t.t(strings.cancel)}</button>
    </div>`;
  }

  #result(): TemplateResult {
    const runs = this.bench.runs.map((run) => this.#tell(run));
    return html`<div class="desk">
      <specsight-timing-figure
        name="strategies"
        .heading=${this.#i18n.t(strings.heading)}
        .runs=${runs}
        .look=${this.settings}
        @figure-look=${(event: CustomEvent<Partial<Look>>) => this.#change(event.detail)}
        @figure-place=${(event: CustomEvent<Place>) => (this.place = event.detail)}
      ></specsight-timing-figure>
      <ol class="strategies">
        ${runs.map((run) => this.#strategy(run, runs[0]))}
      </ol>
    </div>`;
  }

  #tell(run: StrategyRun): Told {
    const title = this.#name(run.strategy);
    let told = this.#told.get(run);
    if (told?.title !== title) this.#told.set(run, (told = toldStrategy(run, title, this.bench.workload)));
    return told;
  }

  /** One strategy in words and source. */
  #strategy(run: Told, first = run): TemplateResult {
    const t = this.#i18n;
    const info = this.#info(run.id);
    if (!info) return html`${nothing}`;
    const difference = run === first ? undefined : differenceOf(first, run);
    return html`<li>
      <h2>${run.title} ${info.mistake ? html`<span class="mistake">${t.t(strings.mistake)}</span>` : nothing}</h2>
      <p class="quiet">${t.text(info.about)}</p>
      <p>${accountOf(t.lang, run)}</p>
      ${cycleOf(t.lang, run)}
      ${difference ? html`<p class="difference">${differenceSentence(t.lang, difference, first.title)}</p>` : nothing}
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

  #source(run: Told, info: StrategyInfo): TemplateResult {
    const { standing, line } = whereabouts(this.place, run, this.settings.task);
    return html`<specsight-timing-code
      .source=${info.python}
      .name=${run.title}
      .standing=${standing}
      .line=${line}
    ></specsight-timing-code>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-strategies-view": StrategiesView;
  }
}
