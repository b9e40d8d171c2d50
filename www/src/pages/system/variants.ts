import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { Level, SystemInfo } from "../../kit/index.js";
import { loadNotes, type Variant } from "../../notes/notes.js";
import { href } from "../../router/index.js";
import { spoken } from "../../story/sentences.js";
import { emptyState, stateStyles, wrongState } from "../../ui/states.js";
import { base, buttons } from "../../ui/styles.js";
import { levels, patternsOf } from "../../words/index.js";
import { strings } from "./strings.js";

const allLevels: readonly Level[] = [1, 2, 3, 4, 5, 6];

/** The other ways in which a spec may set the levels of a system, beside the way this one has them. */
@customElement("specsight-variants")
export class Variants extends LitElement {
  static override styles = [
    base,
    buttons,
    stateStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .lead {
        font-size: var(--text-17);
        color: var(--ink-2);
      }
      .level,
      .columns {
        display: grid;
        grid-template-columns: 120px minmax(0, 5fr) minmax(0, 8fr);
        column-gap: var(--space-12);
      }
      .columns {
        margin-top: var(--space-8);
        padding-bottom: var(--space-2);
        border-bottom: 1px solid var(--rule-strong);
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
      }
      .columns span:first-child {
        grid-column: 2;
      }
      .level {
        align-items: start;
        padding-block: var(--space-5);
        border-bottom: 1px solid var(--rule);
      }
      h2 {
        display: grid;
        gap: var(--space-1);
        font-size: var(--text-15);
      }
      h2 .number {
        font: 600 var(--text-21) / 1 var(--font-code);
      }
      h3 {
        display: none;
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
      }
      .here {
        display: grid;
        gap: var(--space-2);
        color: var(--ink-2);
      }
      .here .pattern {
        color: var(--ink);
      }
      .methods {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-3);
        font-size: var(--text-13);
      }
      .methods a {
        color: inherit;
        text-decoration-color: transparent;
        overflow-wrap: anywhere;
      }
      .methods a:hover {
        color: var(--accent);
        text-decoration-color: currentColor;
      }
      .list {
        display: grid;
        gap: var(--space-3);
      }
      .list li {
        max-width: var(--measure);
        padding-inline-start: var(--space-3);
        border-inline-start: 2px solid var(--rule-strong);
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .others {
        margin-top: var(--space-5);
        color: var(--ink-2);
        font-size: var(--text-13);
      }
      @container (max-width: 900px) {
        .columns {
          display: none;
        }
        .level:first-of-type {
          border-top: 1px solid var(--rule-strong);
          margin-top: var(--space-6);
        }
        .level {
          grid-template-columns: minmax(0, 1fr);
          row-gap: var(--space-3);
        }
        h2 {
          display: flex;
          align-items: baseline;
          gap: var(--space-3);
        }
        h2 .number {
          font-size: var(--text-17);
        }
        h3 {
          display: block;
          margin-bottom: var(--space-1);
        }
        .here,
        .list {
          gap: var(--space-1);
        }
        .list {
          row-gap: var(--space-3);
        }
      }
      @media (pointer: coarse) {
        .methods a {
          display: inline-flex;
          align-items: center;
          min-height: var(--touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) system: SystemInfo | undefined;
  @state() private variants: readonly Variant[] | undefined;
  @state() private failed = false;

  #i18n = new Localized(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("system")) {
      this.variants = undefined;
      void this.#load();
    }
  }

  #load = async (): Promise<void> => {
    const { system } = this;
    if (!system) return;
    this.failed = false;
    try {
      const { variants } = await loadNotes(system.id);
      if (this.system === system) this.variants = variants;
    } catch {
      if (this.system === system) this.failed = true;
    }
  };

  override render(): TemplateResult | typeof nothing {
    const { system, variants } = this;
    const t = this.#i18n;
    if (this.failed) {
      return wrongState({ title: t.t(strings.variantsFailed), action: t.t(strings.retry), onAction: () => void this.#load() });
    }
    if (!system || !variants) return nothing;
    const title = t.text(system.title);
    if (variants.length === 0) {
      return emptyState({ title: t.t(strings.noVariants, title), action: t.t(strings.compare), href: href("/compare", { left: system.id }) });
    }
    const of = (level: Level): readonly Variant[] => variants.filter((variant) => variant.level === `L${level}`);
    const without = allLevels.filter((level) => of(level).length === 0 && system.operations.some((operation) => operation.level === level));
    return html`<p class="lead">${t.t(strings.variantsLead)}</p>
      <div class="columns" aria-hidden="true"><span>${t.t(strings.asHere)}</span><span>${t.t(strings.asElsewhere)}</span></div>
      ${allLevels.filter((level) => of(level).length > 0).map((level) => this.#level(system, level, of(level)))}
      ${without.length > 0 ? html`<p class="others">${t.t(strings.noVariantsAt, without)}</p>` : nothing}`;
  }

  #level(system: SystemInfo, level: Level, variants: readonly Variant[]): TemplateResult {
    const t = this.#i18n;
    const pattern = patternsOf(system).find((each) => each.level === level);
    const methods = system.operations.filter((operation) => operation.level === level);
    return html`<section class="level" aria-labelledby="level-${level}">
      <h2 id="level-${level}"><span class="number">L${level}</span>${t.t(levels[level])}</h2>
      <div class="here">
        <h3>${t.t(strings.asHere)}</h3>
        ${pattern ? html`<p class="pattern">${t.t(pattern.words)}</p>` : nothing}
        ${methods.length > 0
          ? html`<p class="methods" lang="en">
              ${methods.map(({ name }) => html`<a href=${href(`/systems/${system.id}`, { method: name })}><code>${name}</code></a>`)}
            </p>`
          : html`<p class="small">${t.t(strings.noMethodsAt)}</p>`}
      </div>
      <div>
        <h3>${t.t(strings.asElsewhere)}</h3>
        <ul class="list">
          ${variants.map(({ text }) => html`<li>${spoken(t.text(text))}</li>`)}
        </ul>
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-variants": Variants;
  }
}
