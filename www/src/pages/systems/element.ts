import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { Localized } from "../../i18n/index.js";
import { WithKit, loadSystems, type Family, type SystemInfo } from "../../kit/index.js";
import { href, updateQuery } from "../../router/index.js";
import { fields } from "../../ui/fields.js";
import { stateStyles } from "../../ui/states.js";
import { base, buttons, frame } from "../../ui/styles.js";
import { families, levels } from "../../words/index.js";
import { PageElement } from "../page.js";
import { asked, left, mechanisms, readFilters, select, type FilterKey, type Filters, type Found } from "./filter.js";
import { wordsOf } from "./find.js";
import { row } from "./row.js";
import { strings } from "./strings.js";
import { styles } from "./styles.js";

interface Choice {
  value: string;
  words: string;
}

const allLevels = [1, 2, 3, 4, 5, 6] as const;
const patternLevels = [3, 4, 5, 6] as const;

/** The catalogue, browsed by family, group, pattern and level, and searched. */
@customElement("specsight-systems")
export class Systems extends PageElement {
  static override styles = [base, buttons, fields, stateStyles, frame, styles];

  #i18n = new Localized(this);
  #kit = new WithKit(this, async () => {
    this.systems = await loadSystems();
  });
  @state() private systems: readonly SystemInfo[] = [];
  @query(".count") private count!: HTMLElement;

  #onSearch = (event: Event): void => {
    updateQuery({ q: (event.currentTarget as HTMLInputElement).value });
  };

  /** The link that was used is gone with the filters it cleared; reading goes on at the number of systems. */
  #onCleared = (): void => {
    requestAnimationFrame(() => this.count.focus());
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    return html`
      <h1>${t.t(strings.title)}</h1>
      <p class="lead">${t.t(strings.lead)}</p>
      ${this.#kit.render(() => this.#browse(readFilters(this.route.query)))}
    `;
  }

  #browse(filters: Filters): TemplateResult {
    const t = this.#i18n;
    const found = select(this.systems, filters);
    return html`
      <div class="bar" role="search" aria-label=${t.t(strings.filters)}>
        <label class="words">
          <span>${t.t(strings.search)}</span>
          <input
            class="field"
            type="search"
            autocomplete="off"
            spellcheck="false"
            .value=${live(filters.q)}
            placeholder=${filters.level ? t.t(strings.hintAt, filters.level) : t.t(strings.hint)}
            @input=${this.#onSearch}
          />
        </label>
        ${(["group", "uses", "level"] as const).map((key) => this.#select(filters, key))}
      </div>
      <div class="second">
        ${this.#families(filters)}
        <p class="result">
          <span class="count" role="status" tabindex="-1">${t.t(strings.count, found.length, this.systems.length)}</span>
          ${asked(filters).length > 0 ? html`<a href=${href("/systems")} @click=${this.#onCleared}>${t.t(strings.clear)}</a>` : nothing}
        </p>
      </div>
      ${found.length > 0 ? this.#sections(found, filters) : this.#none(filters)}
    `;
  }

  /** What a filter can be set to, in words. */
  #choices(key: FilterKey): Choice[] {
    const t = this.#i18n;
    switch (key) {
      case "family":
        // The names alone; what they mean stands in the headings.
        return Object.entries(families).map(([value, words]) => ({ value, words: words.en }));
      case "group":
        return [...new Set(this.systems.map(({ group }) => group))].map((value) => ({ value, words: value }));
      case "uses":
        return mechanisms(this.systems).map(({ id, title }) => ({ value: id, words: t.text(title) }));
      case "level":
        return allLevels.map((level) => ({ value: String(level), words: `L${level} ${t.t(levels[level])}` }));
      case "q":
        return [];
    }
  }

  #name(key: FilterKey): string {
    const names = { q: strings.search, family: strings.family, group: strings.group, uses: strings.pattern, level: strings.level };
    return this.#i18n.t(names[key]);
  }

  #select(filters: Filters, key: FilterKey): TemplateResult {
    const t = this.#i18n;
    const counts = left(this.systems, filters, key);
    const chosen = filters[key];
    const known = this.#choices(key);
    // An address may ask for something there is not: the field must show it, not another.
    const strange = chosen !== "" && !known.some(({ value }) => value === chosen) ? [{ value: chosen, words: chosen }] : [];
    const choices: Choice[] = [{ value: "", words: t.t(strings.all) }, ...known, ...strange];
    return html`<label class=${`by-${key}`}>
      <span>${this.#name(key)}</span>
      <select class="field" @change=${(event: Event) => updateQuery({ [key]: (event.currentTarget as HTMLSelectElement).value })}>
        ${repeat(
          choices,
          ({ value }) => value,
          ({ value, words }) => {
            const n = counts.get(value) ?? 0;
            const isChosen = value === chosen;
            return html`<option value=${value} .selected=${live(isChosen)} ?disabled=${n === 0 && !isChosen && value !== ""}>
              ${t.t(strings.option, words, n)}
            </option>`;
          },
        )}
      </select>
    </label>`;
  }

  #families(filters: Filters): TemplateResult {
    const t = this.#i18n;
    const counts = left(this.systems, filters, "family");
    const choices: Choice[] = [{ value: "", words: t.t(strings.all) }, ...this.#choices("family")];
    return html`<nav class="families" aria-label=${t.t(strings.family)}>
      ${choices.map(
        ({ value, words }) =>
          html`<a href=${href("/systems", { ...filters, family: value })} aria-current=${value === filters.family ? "true" : nothing}
            >${words} <span class="nums">${counts.get(value) ?? 0}</span></a
          >`,
      )}
    </nav>`;
  }

  #sections(found: readonly Found[], filters: Filters): TemplateResult {
    const t = this.#i18n;
    const words = wordsOf(filters.q);
    return html`${(Object.keys(families) as Family[]).map((family) => {
      const rows = found.filter(({ system }) => system.family === family);
      if (rows.length === 0) return nothing;
      return html`<section aria-labelledby=${family}>
        <div class="head">
          <h2 id=${family}>${t.t(families[family])} <span class="nums">${rows.length}</span></h2>
          <div class="columns" aria-hidden="true">
            ${patternLevels.map((level) => html`<span class=${String(level) === filters.level ? "chosen" : ""}>L${level} ${t.t(levels[level])}</span>`)}
          </div>
        </div>
        <ul>
          ${repeat(
            rows,
            ({ system }) => system.id,
            (each) => row(t, each, words, filters.level),
          )}
        </ul>
      </section>`;
    })}`;
  }

  /** Nothing fits: which one filter to leave out, and what that would bring. */
  #none(filters: Filters): TemplateResult {
    const t = this.#i18n;
    const ways = asked(filters).flatMap((key) => {
      const without = { ...filters, [key]: "" };
      const n = select(this.systems, without).length;
      const value = this.#choices(key).find((choice) => choice.value === filters[key])?.words ?? filters[key];
      return n > 0 && asked(without).length > 0 ? [{ key, n, value, to: href("/systems", without) }] : [];
    });
    const only = asked(filters).join() === "q";
    return html`<div class="state empty">
      <p class="state-title">${only ? t.t(strings.noneCalled, filters.q.trim()) : t.t(strings.none)}</p>
      ${only ? html`<p>${t.t(strings.searched)}</p>` : nothing}
      ${ways.length === 0
        ? nothing
        : html`<p>${t.t(strings.loosen)}</p>
            <ul class="ways">
              ${ways.map(
                ({ key, n, value, to }) =>
                  html`<li><a href=${to} @click=${this.#onCleared}>${t.t(strings.without, this.#name(key), value)}</a> <span>${t.t(strings.leaves, n)}</span></li>`,
              )}
            </ul>`}
      <a class="button" href=${href("/systems")} @click=${this.#onCleared}>${t.t(strings.showAll)}</a>
    </div>`;
  }
}
