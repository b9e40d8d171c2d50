import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { Operation, Pattern, SystemInfo } from "../../kit/index.js";
import { href } from "../../router/index.js";
import { spoken } from "../../story/sentences.js";
import { demandOf } from "../../story/sentences.js";
import { base } from "../../ui/styles.js";
import { docOf } from "../../words/docs.js";
import { families, levels, patternsOf } from "../../words/index.js";
import { strings } from "./strings.js";
import "./turns-into.js";

const allLevels = [1, 2, 3, 4, 5, 6] as const;

/** Who a system is: family and signals, the pattern of each level, the methods with their checks, the state at the start. */
@customElement("specsight-who")
export class Who extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .frame {
        display: grid;
        grid-template-columns: minmax(0, 5fr) minmax(0, 8fr);
        gap: var(--space-8) var(--space-16);
        align-items: start;
      }
      .left {
        display: grid;
        gap: var(--space-8);
      }
      .summary {
        font-size: var(--text-17);
      }
      h2 {
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
        margin-bottom: var(--space-2);
        letter-spacing: 0;
      }
      .family strong {
        font-weight: 600;
      }
      .signals {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .signals mark {
        background: var(--changed-soft);
        color: var(--ink);
        padding: 1px 6px;
        border-radius: 3px;
        font: var(--text-13) / 1.5 var(--font-code);
        font-variant-ligatures: none;
      }
      .patterns div {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr);
        gap: var(--space-3);
        align-items: baseline;
        padding: var(--space-2) 0;
        border-top: 1px solid var(--rule);
      }
      .patterns div:last-child {
        border-bottom: 1px solid var(--rule);
      }
      .uses {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .uses a {
        display: inline-flex;
        align-items: baseline;
        gap: var(--space-2);
        padding: 2px var(--space-2);
        border: 1px solid var(--rule);
        border-radius: 3px;
        font-size: var(--text-13);
        text-decoration: none;
      }
      .uses a:hover {
        background: var(--accent-soft);
        border-color: var(--accent);
      }
      .uses .nums {
        color: var(--ink-2);
      }
      .level {
        font: 600 var(--text-13) / 1 var(--font-code);
      }
      pre {
        font-size: var(--text-13);
        line-height: 1.6;
        padding-inline-start: var(--space-3);
        border-inline-start: 2px solid var(--rule);
        overflow-x: auto;
      }
      .methods section + section {
        margin-top: var(--space-8);
      }
      .methods h2 {
        display: flex;
        gap: var(--space-3);
        align-items: baseline;
        font-size: var(--text-15);
        color: var(--ink);
        margin: 0;
        padding-bottom: var(--space-2);
        border-bottom: 1px solid var(--rule-strong);
      }
      .method {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-3) 0 var(--space-4);
        border-bottom: 1px solid var(--rule);
        scroll-margin-top: var(--space-8);
      }
      .method.asked {
        box-shadow: -14px 0 0 -12px var(--accent);
      }
      .signature {
        font: var(--text-13) / 1.55 var(--font-code);
        font-variant-ligatures: none;
        padding-inline-start: 4ch;
        text-indent: -4ch;
        overflow-wrap: anywhere;
        font-weight: 400;
      }
      .signature b {
        font-weight: 700;
        font-size: var(--text-15);
      }
      .signature .type,
      .signature .punctuation {
        color: var(--ink-2);
      }
      .signature .parameter {
        white-space: nowrap;
      }
      .checks {
        display: grid;
        gap: 2px;
        font-size: var(--text-13);
        color: var(--ink-2);
      }
      .checks li {
        display: grid;
        grid-template-columns: 2ch minmax(0, 1fr);
        gap: var(--space-2);
      }
      .checks .number {
        font-family: var(--font-code);
      }
      @container (max-width: 900px) {
        .frame {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (pointer: coarse) {
        /* What is pressed is as high as a finger needs, what is seen stays small: the gap between the lines counts. */
        .uses {
          row-gap: var(--space-3);
        }
        .uses a {
          position: relative;
          align-items: center;
          min-height: calc(var(--touch) - var(--space-3));
        }
        .uses a::after {
          content: "";
          position: absolute;
          inset: calc(-1 * var(--space-3) / 2) 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) system: SystemInfo | undefined;
  /** All of them, to tell what others share. */
  @property({ attribute: false }) systems: readonly SystemInfo[] = [];
  /** What stands before an address of ours: nothing on the pages, the pages' own address in somebody's notes. */
  @property() base = "";
  /** A method to bring into sight. */
  @property() method = "";
  /** For a template: the system that it is shown to turn into. */
  @property() as = "";

  #i18n = new Localized(this);

  override updated(changed: PropertyValues<this>): void {
    if (changed.has("method") && this.method) {
      this.renderRoot.querySelector(".asked")?.scrollIntoView({ block: "center" });
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { system } = this;
    if (!system) return nothing;
    const t = this.#i18n;
    return html`<div class="frame">
      <div class="left">
        <p class="summary">${t.text(system.summary)}</p>
        <section class="family">
          <h2>${t.t(strings.family)}</h2>
          <p><strong>${t.t(families[system.family])}</strong> · <span lang="en">${system.group}</span></p>
          <p class="quiet">${t.text(system.familyReason)}</p>
        </section>
        <section>
          <h2>${t.t(strings.signals)}</h2>
          <ul class="signals" lang="en">
            ${system.signals.map((signal) => html`<li><mark>${signal}</mark></li>`)}
          </ul>
        </section>
        <section>
          <h2>${t.t(strings.patterns)}</h2>
          <dl class="patterns">
            ${patternsOf(system).map(
              ({ level, words }) =>
                html`<div>
                  <dt class="level">L${level}</dt>
                  <dd>${t.t(words)}</dd>
                </div>`,
            )}
          </dl>
        </section>
        <section>
          <h2>${t.t(strings.uses)}</h2>
          <ul class="uses">
            ${system.uses.map((pattern) => html`<li>${this.#use(pattern)}</li>`)}
          </ul>
        </section>
        <section>
          <h2>${t.t(strings.initial)}</h2>
          <pre tabindex="0">${system.initialState}</pre>
        </section>
        <specsight-turns-into .system=${system} .systems=${this.systems} .as=${this.as} .base=${this.base}></specsight-turns-into>
      </div>
      <div class="methods" aria-label=${t.t(strings.methods)}>
        ${allLevels.map((level) => {
          const operations = system.operations.filter((operation) => operation.level === level);
          if (operations.length === 0) return nothing;
          return html`<section>
            <h2><span class="level">L${level}</span>${t.t(levels[level])}</h2>
            ${operations.map((operation) => this.#operation(system, operation))}
          </section>`;
        })}
      </div>
    </div>`;
  }

  /** A mechanism, and a way to all systems that have it. */
  #use({ id, title }: Pattern): TemplateResult {
    const t = this.#i18n;
    const n = this.systems.filter((system) => system.uses.some((pattern) => pattern.id === id)).length;
    const told = n > 1 ? t.t(strings.sharedBy, t.text(title), n) : t.t(strings.aloneWith, t.text(title));
    return html`<a href=${this.base + href("/systems", { uses: id })} title=${told}
      >${t.text(title)} <span class="nums">${n}<span class="visually-hidden"> ${t.t(strings.systems, n)}</span></span></a
    >`;
  }

  #operation(system: SystemInfo, operation: Operation): TemplateResult {
    const t = this.#i18n;
    const doc = docOf(t.lang, system, operation);
    return html`<article class="method ${operation.name === this.method ? "asked" : ""}">
      <h3 class="signature">
        ${operation.async ? html`<span class="type">async </span>` : nothing}<b>${operation.name}</b><span class="punctuation">(</span
        >${operation.params.map(
          (param, i) =>
            html`<span class="parameter">${param.name}<span class="type">: ${param.type}${param.optional ? " = None" : ""}</span></span
              >${i < operation.params.length - 1 ? html`<span class="punctuation">, </span>` : nothing}`,
        )}<span class="punctuation">)</span> <span class="type">-> ${operation.returns}</span>
      </h3>
      <p lang=${doc.lang}>${spoken(doc.words)}</p>
      ${operation.checks.length > 0
        ? html`<ol class="checks">
            ${operation.checks.map(
              (check, i) => html`<li>
                <span class="number">${i + 1}</span>
                <span>${demandOf(t.lang, check)}${t.t(strings.otherwise)}<code>${check.refusal}</code></span>
              </li>`,
            )}
          </ol>`
        : nothing}
    </article>`;
  }
}
