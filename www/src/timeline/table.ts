import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import { base, buttons } from "../ui/styles.js";
import { laneRows } from "./lane-rows.js";
import type { Layout } from "./layout.js";
import { sentenceOfEvent, totalOf } from "./sentences.js";
import { strings } from "./strings.js";

/** Rows on a page of the table, and sentences on a page of the events. */
const ROWS = 50;
const SENTENCES = 100;

/** The chart as tables, for those who do not look at pictures: each run lane by lane, and event by event. */
@customElement("specsight-timeline-table")
export class TimelineTable extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        margin-top: var(--space-4);
      }
      summary {
        cursor: pointer;
        color: var(--accent);
        min-height: 24px;
        width: fit-content;
      }
      .scroller {
        overflow-x: auto;
        max-width: 100%;
      }
      table {
        border-collapse: collapse;
        margin-block: var(--space-2);
        font-variant-numeric: tabular-nums;
        font-size: var(--text-13);
      }
      caption {
        padding-block: var(--space-2);
        text-align: start;
        font-size: var(--text-15);
        font-weight: 550;
      }
      th,
      td {
        padding: var(--space-1) var(--space-5) var(--space-1) 0;
        border-bottom: 1px solid var(--rule);
        text-align: start;
        font-weight: 400;
        vertical-align: top;
        white-space: nowrap;
      }
      thead th {
        color: var(--ink-2);
      }
      td.words {
        white-space: normal;
        min-width: 22ch;
      }
      .number {
        text-align: end;
      }
      .pages {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        font-size: var(--text-13);
        margin-bottom: var(--space-3);
      }
      ol {
        margin-block: var(--space-2) var(--space-4);
        font-size: var(--text-13);
      }
      li {
        padding-block: 2px;
      }
    `,
  ];

  @property({ attribute: false }) layouts: readonly Layout[] = [];
  @state() private open = false;
  /** The first row of the page that is shown, by run and list. */
  @state() private pages: ReadonlyMap<string, number> = new Map();
  @state() private opened: ReadonlySet<string> = new Set();

  #i18n = new Localized(this);

  override render(): TemplateResult | typeof nothing {
    if (this.layouts.length === 0) return nothing;
    return html`<details @toggle=${(event: Event) => (this.open = (event.currentTarget as HTMLDetailsElement).open)}>
      <summary>${this.#i18n.t(strings.asTable)}</summary>
      ${this.open ? this.layouts.map((layout) => this.#run(layout)) : nothing}
    </details>`;
  }

  #run(layout: Layout): TemplateResult {
    const { lang } = this.#i18n;
    const t = this.#i18n;
    const { id, title } = layout.run;
    const from = this.#pageOf(`${id} lanes`, layout.lanes);
    const caption = t.t(strings.tableOf, title, totalOf(lang, layout));
    return html`<div class="scroller" tabindex="0" role="region" aria-label=${caption}>
        <table>
          <caption>
            ${caption}
          </caption>
          <thead>
            <tr>
              <th scope="col">${t.t(strings.columnLane)}</th>
              <th scope="col" class="number">${t.t(strings.columnStarts)}</th>
              <th scope="col" class="number">${t.t(strings.columnWaits)}</th>
              <th scope="col" class="number">${t.t(strings.columnSleeps)}</th>
              <th scope="col" class="number">${t.t(strings.columnEnds)}</th>
              <th scope="col">${t.t(strings.columnAnswer)}</th>
              <th scope="col">${t.t(strings.columnWhat)}</th>
            </tr>
          </thead>
          <tbody>
            ${laneRows(lang, layout, from, ROWS).map(
              (row) =>
                html`<tr>
                  <th scope="row">${row.name}</th>
                  <td class="number">${row.starts}</td>
                  <td class="number">${row.waits}</td>
                  <td class="number">${row.sleeps}</td>
                  <td class="number">${row.ends}</td>
                  <td><code>${row.answer}</code></td>
                  <td class="words">${row.note}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.#pager(`${id} lanes`, from, ROWS, layout.lanes)} ${this.#events(layout)}`;
  }

  #events(layout: Layout): TemplateResult {
    const key = `${layout.run.id} events`;
    const count = layout.run.columns.atMs.length;
    const from = this.#pageOf(key, count);
    const shown = this.opened.has(key);
    const sentences: string[] = [];
    if (shown) {
      for (let event = from; event < Math.min(count, from + SENTENCES); event += 1) {
        const sentence = sentenceOfEvent(this.#i18n.lang, layout, event);
        if (sentence !== undefined) sentences.push(sentence);
      }
    }
    const toggled = (event: Event): void => {
      const opened = new Set(this.opened);
      if ((event.currentTarget as HTMLDetailsElement).open) opened.add(key);
      else opened.delete(key);
      this.opened = opened;
    };
    return html`<details @toggle=${toggled}>
      <summary>${this.#i18n.t(strings.everyEvent, count)}</summary>
      ${shown
        ? html`<ol>
              ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
            </ol>
            ${this.#pager(key, from, SENTENCES, count)}`
        : nothing}
    </details>`;
  }

  /** Where the page that is shown begins; a run that has become shorter begins anew. */
  #pageOf(key: string, count: number): number {
    const from = this.pages.get(key) ?? 0;
    return from < count ? from : 0;
  }

  #pager(key: string, from: number, size: number, count: number): unknown {
    if (count <= size) return nothing;
    const to = Math.min(count, from + size);
    const turn = (by: number) => (): void => {
      this.pages = new Map(this.pages).set(key, from + by * size);
    };
    return html`<div class="pages">
      <button class="button" type="button" ?disabled=${from === 0} @click=${turn(-1)}>${this.#i18n.t(strings.previous)}</button>
      <span aria-live="polite">${this.#i18n.t(strings.pageOf, from + 1, to, count)}</span>
      <button class="button" type="button" ?disabled=${to === count} @click=${turn(1)}>${this.#i18n.t(strings.next)}</button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-timeline-table": TimelineTable;
  }
}
