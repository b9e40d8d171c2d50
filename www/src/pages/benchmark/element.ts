import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, type Kit } from "../../kit/index.js";
import { layOut, type Run, type TimelineElement } from "../../timeline/index.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { PageElement } from "../page.js";
import { batch, measureBatches, type Batch } from "./batches.js";
import { measure, type Speed, type View } from "./measure.js";
import { strings } from "./strings.js";

const MOST_ITEMS = 200_000;

/** Draws a large run, and measures how smoothly it moves. `items` in the address tells how many there are; `run` starts by itself. */
@customElement("specsight-benchmark")
export class Benchmark extends PageElement {
  static override styles = [
    base,
    buttons,
    frame,
    css`
      .about {
        margin-block: var(--space-3);
      }
      table {
        margin-block: var(--space-4);
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      caption {
        padding-block: var(--space-2);
        text-align: start;
      }
      th,
      td {
        padding: var(--space-1) var(--space-5) var(--space-1) 0;
        border-bottom: 1px solid var(--rule);
        text-align: start;
        font-weight: 400;
      }
      td,
      th[scope="col"]:not(:first-child) {
        text-align: end;
      }
      td {
        white-space: nowrap;
      }
    `,
  ];

  #i18n = new Localized(this);
  #kit = new WithKit(this, (kit) => this.#make(kit));
  #runs: readonly Run[] = [];
  #made = { run: 0, layout: 0 };
  @state() private speeds: Record<View, Speed> | undefined;
  @state() private batches: readonly Batch[] = [];
  @state() private busy = false;
  @query("specsight-timeline") private chart!: TimelineElement;

  get #items(): number {
    const asked = Number(this.route.query.get("items") ?? 10_000);
    return Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST_ITEMS) : 10_000;
  }

  #make(kit: Kit): void {
    const begun = performance.now();
    const permits = 10;
    const locks = Array.from({ length: this.#items }, (_, item) => String(item));
    const tasks = locks.map((lock) => [{ lock, do: [{ semaphore: "permits", do: [{ sleep: 10 }] }] }]);
    const timeline = kit.Timeline.ofProgram({ semaphores: { permits }, locks, tasks, names: locks });
    while (!timeline.advance().done);
    const { critical } = timeline.analysis();
    const run: Run = {
      id: "fail_fast",
      title: this.#i18n.t(strings.runTitle),
      columns: timeline.columns(),
      resources: timeline.resources(),
      items: timeline.items(),
      ...timeline.tasks(),
      noun: "item",
      critical,
    };
    timeline.free();
    const ran = performance.now();
    layOut(run);
    this.#made = { run: Math.round(ran - begun), layout: Math.round(performance.now() - ran) };
    this.#runs = [run];
  }

  override updated(): void {
    if (this.route.query.has("run") && this.#runs.length > 0 && !this.busy && !this.speeds) void this.#measure();
  }

  async #measure(): Promise<void> {
    this.busy = true;
    await this.chart.updateComplete;
    this.speeds = await measure(this.chart, layOut(this.#runs[0] as Run).totalMs);
    this.batches = await measureBatches();
    this.busy = false;
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <h1>${t.t(strings.title)}</h1>
      ${this.#kit.render(
        () => html`
          <p class="about">${t.t(strings.about, this.#items, this.#runs[0]?.columns.atMs.length ?? 0)} ${t.t(strings.made, this.#made.run, this.#made.layout)}</p>
          <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#measure()}>${t.t(this.busy ? strings.measuring : strings.measure)}</button>
          ${this.speeds ? this.#table(this.speeds) : nothing} ${this.batches.length > 0 ? this.#batchTable() : nothing}
          <specsight-timeline .runs=${this.#runs}><specsight-timeline-export slot="tools" name="benchmark"></specsight-timeline-export></specsight-timeline>
        `,
      )}
    `;
  }

  #table(speeds: Record<View, Speed>): TemplateResult {
    const t = this.#i18n;
    const row = (view: View): TemplateResult => html`<tr>
      <th scope="row">${t.t(strings[view])}</th>
      <td>${t.number(Math.round(speeds[view].fps))}</td>
      <td>${t.t(strings.ms, speeds[view].median)}</td>
      <td>${t.t(strings.ms, speeds[view].p99)}</td>
    </tr>`;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${t.t(strings.view)}</th>
          <th scope="col">${t.t(strings.fps)}</th>
          <th scope="col">${t.t(strings.median)}</th>
          <th scope="col">${t.t(strings.p99)}</th>
        </tr>
      </thead>
      <tbody>
        ${(["whole", "close", "scroll"] as const).map(row)}
      </tbody>
    </table>`;
  }

  #batchTable(): TemplateResult {
    const t = this.#i18n;
    return html`<table data-measured=${this.#measured}>
      <caption>
        ${t.t(strings.batches, batch.items, batch.maxConcurrent)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.t(strings.strategy)}</th>
          <th scope="col">${t.t(strings.events)}</th>
          <th scope="col">${t.t(strings.until)}</th>
        </tr>
      </thead>
      <tbody>
        ${this.batches.map(
          ({ strategy, events, ms }) => html`<tr>
            <th scope="row">${t.text(strategy.title)}</th>
            <td>${t.number(events)}</td>
            <td>${t.t(strings.wholeMs, ms)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** Everything that was measured, for programs. */
  get #measured(): string {
    const batches = this.batches.map(({ strategy, events, ms }) => ({ title: strategy.title.en, events, ms }));
    return JSON.stringify({ items: this.#items, events: this.#runs[0]?.columns.atMs.length, speeds: this.speeds, batch, batches });
  }
}
