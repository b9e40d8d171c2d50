import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithLaboratory, type LaboratoryKit } from "../../kit/index.js";
import type { DrillFigure, StrategyInfo, Workload } from "../../kit/types.js";
import { href } from "../../router/index.js";
import "../../timeline/index.js";
import { recordOf } from "../../timing/record.js";
import { toldStrategy, type Told } from "../../timing/told.js";
import { base } from "../../ui/styles.js";
import { defaults, invalidText, writeSettings } from "../timing/settings.js";
import { strings } from "./strings.js";

/** The batch of a figure as the laboratory takes it. */
function workloadOf({ items, invalid, sleep, maxConcurrent }: DrillFigure): Workload {
  return { items, invalid: invalid.map((item) => ({ item, check: 1 })), sleep, maxConcurrent, sharedLock: true };
}

/** The run that a question is about: without its name while it is asked for, then with a way into the laboratory. */
@customElement("specsight-drill-figure")
export class DrillFigureElement extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        margin-block: var(--space-4);
      }
    `,
  ];

  @property({ attribute: false }) figure: DrillFigure | undefined;
  /** Whether the strategy may be named. */
  @property({ type: Boolean }) named = false;

  #i18n = new Localized(this);
  #strategies: readonly StrategyInfo[] = [];
  #kit = new WithLaboratory(this, (kit) => {
    this.#strategies = kit.strategies();
  });
  #run: Told | undefined;
  #key = "";

  protected override willUpdate(_changed: PropertyValues): void {
    const { kit } = this.#kit;
    if (!kit || !this.figure) return;
    const title = this.named ? this.#name(this.figure.strategy) : this.#i18n.t(strings.someStrategy);
    const key = JSON.stringify([this.figure, title]);
    if (key !== this.#key) this.#run = this.#drawn(kit, this.figure, title);
    this.#key = key;
  }

  #name(id: string): string {
    const info = this.#strategies.find((each) => each.id === id);
    return info ? this.#i18n.text(info.title) : id;
  }

  #drawn(kit: LaboratoryKit, figure: DrillFigure, title: string): Told {
    const workload = workloadOf(figure);
    const timeline = kit.Timeline.ofStrategy(figure.strategy, workload);
    try {
      while (!timeline.advance().done);
      return toldStrategy({ strategy: figure.strategy, ...recordOf(timeline) }, title, workload);
    } finally {
      timeline.free();
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { figure } = this;
    if (!figure) return nothing;
    return this.#kit.render(
      () => html`<specsight-timeline .runs=${this.#run ? [this.#run] : []} .critical=${this.named}></specsight-timeline>
        ${this.named ? html`<p class="small"><a href=${this.#laboratory(figure)}>${this.#i18n.t(strings.openLaboratory)}</a></p>` : nothing}`,
    );
  }

  #laboratory({ strategy, items, invalid, sleep, maxConcurrent }: DrillFigure): string {
    const draft = {
      ...defaults.draft,
      items: String(items),
      invalid: invalidText(invalid.map((item) => ({ item, check: 1 as const }))),
      sleep: "fixed" in sleep ? String(sleep.fixed) : sleep.listed.join(", "),
      maxConcurrent: String(maxConcurrent),
    };
    return href("/timing", writeSettings({ ...defaults, draft, strategies: [strategy] }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-drill-figure": DrillFigureElement;
  }
}
