import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type SystemInfo } from "../../kit/index.js";
import { href, updateQuery } from "../../router/index.js";
import { storyIds } from "../../story/file.js";
import { fields } from "../../ui/fields.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { families, patternsOf } from "../../words/index.js";
import { PageElement } from "../page.js";
import { strings } from "./strings.js";

/** The catalogue: every system with its family and the pattern of each level. */
@customElement("specsight-systems")
export class Systems extends PageElement {
  static override styles = [
    base,
    buttons,
    fields,
    stateStyles,
    frame,
    css`
      .lead {
        margin-top: var(--space-3);
        font-size: var(--text-17);
        color: var(--ink-2);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--space-3) var(--space-4);
        margin: var(--space-8) 0 var(--space-4);
      }
      .bar input {
        flex: 0 1 320px;
        min-width: 0;
      }
      .bar span {
        color: var(--ink-2);
        font-size: var(--text-13);
        white-space: nowrap;
      }
      .families {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
        margin-inline-start: auto;
      }
      .families a {
        font-size: var(--text-13);
        color: var(--ink-2);
        text-decoration: none;
        padding-block: var(--space-1);
        border-bottom: 2px solid transparent;
      }
      .families a:hover {
        color: var(--ink);
      }
      .families a[aria-current] {
        color: var(--ink);
        border-bottom-color: var(--accent);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        table-layout: fixed;
      }
      th {
        font-weight: 550;
        font-size: var(--text-13);
        color: var(--ink-2);
        text-align: start;
        padding: var(--space-2) var(--space-4) var(--space-2) 0;
        border-bottom: 1px solid var(--rule-strong);
      }
      thead th:first-child {
        width: 38%;
      }
      td,
      tbody th {
        padding: var(--space-4) var(--space-4) var(--space-4) 0;
        border-bottom: 1px solid var(--rule);
        vertical-align: top;
        font-size: var(--text-13);
        overflow-wrap: anywhere;
      }
      tbody th {
        font-weight: 400;
        color: var(--ink);
        font-size: var(--text-15);
      }
      .title {
        font-weight: 600;
        font-size: var(--text-17);
        text-decoration: none;
      }
      tr:hover .title {
        text-decoration: underline;
      }
      .summary {
        color: var(--ink-2);
        margin-top: var(--space-1);
        font-size: var(--text-15);
      }
      .has-story {
        margin-inline-start: var(--space-2);
        font-size: var(--text-13);
      }
      .label {
        display: none;
      }
      @media (max-width: 860px) {
        thead {
          display: none;
        }
        table,
        tbody,
        tr {
          display: block;
        }
        tr {
          padding: var(--space-4) 0;
          border-bottom: 1px solid var(--rule);
        }
        tbody th,
        td {
          display: block;
          width: auto;
          padding: 0;
          border: 0;
        }
        tbody th {
          margin-bottom: var(--space-3);
        }
        td {
          display: grid;
          grid-template-columns: 64px minmax(0, 1fr);
          padding: 2px 0;
        }
        .label {
          display: inline;
          color: var(--ink-2);
        }
      }
    `,
  ];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.systems = await loadSystems();
  });
  @state() private systems: readonly SystemInfo[] = [];

  #onFilter = (event: Event): void => {
    updateQuery({ q: (event.currentTarget as HTMLInputElement).value });
  };

  #found(): SystemInfo[] {
    const words = (this.route.query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const family = this.route.query.get("family");
    return this.systems.filter((system) => {
      if (family && system.family !== family) return false;
      const text = [
        system.id,
        system.className,
        system.title.en,
        system.title.zh,
        system.summary.en,
        system.summary.zh,
        system.family,
        system.group,
        ...system.signals,
        ...Object.values(system.patterns),
        ...system.operations.map((operation) => operation.name),
      ]
        .join(" ")
        .toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <h1>${t.t(strings.title)}</h1>
      <p class="lead">${t.t(strings.lead)}</p>
      ${this.#kit.render(() => this.#list())}
    `;
  }

  #list(): TemplateResult {
    const t = this.#i18n;
    const query = this.route.query.get("q") ?? "";
    const found = this.#found();
    return html`
      <div class="bar">
        <input class="field" type="search" .value=${query} placeholder=${t.t(strings.filter)} aria-label=${t.t(strings.filter)} @input=${this.#onFilter} />
        <span role="status">${t.t(strings.count, found.length, this.systems.length)}</span>
        ${this.#families(query)}
      </div>
      ${found.length === 0
        ? emptyState({ title: t.t(strings.none, query), action: t.t(strings.clear), href: href("/systems") })
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${t.t(strings.system)}</th>
                <th scope="col">${t.t(strings.family)}</th>
                <th scope="col">L3</th>
                <th scope="col">L4</th>
                <th scope="col">L5</th>
                <th scope="col">L6</th>
              </tr>
            </thead>
            <tbody>
              ${found.map((system) => this.#row(system))}
            </tbody>
          </table>`}
    `;
  }

  #families(query: string): TemplateResult {
    const t = this.#i18n;
    const chosen = this.route.query.get("family") ?? "";
    const link = (family: string, words: string): TemplateResult =>
      html`<a href=${href("/systems", { q: query, family })} aria-current=${family === chosen ? "true" : nothing}>${words}</a>`;
    return html`<nav class="families" aria-label=${t.t(strings.family)}>
      ${link("", t.t(strings.all))} ${Object.entries(families).map(([family, words]) => link(family, t.t(words)))}
    </nav>`;
  }

  #row(system: SystemInfo): TemplateResult {
    const t = this.#i18n;
    const cell = (label: string, words: string): TemplateResult =>
      html`<td><span class="label" aria-hidden="true">${label}</span><span>${words}</span></td>`;
    return html`<tr>
      <th scope="row">
        <a class="title" href=${href(`/systems/${system.id}`)}>${t.text(system.title)}</a>
        ${storyIds.includes(system.id) ? html`<a class="has-story" href=${href(`/systems/${system.id}/story`)}>${t.t(strings.story)}</a>` : nothing}
        <p class="summary">${t.text(system.summary)}</p>
      </th>
      ${cell(t.t(strings.family), t.t(families[system.family]))}
      ${patternsOf(system).map(({ level, words }) => cell(`L${level}`, t.t(words)))}
    </tr>`;
  }
}
