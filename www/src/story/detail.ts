import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { Localized } from "../i18n/index.js";
import type { Note, ScenarioStep } from "../kit/index.js";
import { base } from "../ui/styles.js";
import { errorSentence } from "./errors.js";
import { checkOf, demandOf, noteSentence, spoken } from "./sentences.js";
import { strings } from "./strings.js";
import type { Track } from "./track.js";

/** Why the call of a position answered as it did: the story's sentence, the checks in order, and what else played a part. */
@customElement("specsight-why")
export class Why extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
        align-content: start;
      }
      .watch {
        font-size: var(--text-17);
        line-height: 1.5;
        text-wrap: pretty;
      }
      .watch code {
        white-space: nowrap;
      }
      h3 {
        font-size: var(--text-13);
        font-weight: 550;
        color: var(--ink-2);
        margin-bottom: var(--space-1);
      }
      li {
        display: grid;
        grid-template-columns: 2.25ch minmax(0, 1fr) auto;
        gap: var(--space-2);
        align-items: baseline;
        padding: 5px 0;
        border-top: 1px solid var(--rule);
      }
      li.of-task {
        grid-template-columns: 7ch minmax(0, 1fr) auto;
      }
      li:last-child {
        border-bottom: 1px solid var(--rule);
      }
      .n {
        font: var(--text-13) / 1 var(--font-code);
        color: var(--ink-2);
      }
      .sentence {
        overflow-wrap: anywhere;
      }
      .sentence::first-letter {
        text-transform: uppercase;
      }
      .verdict {
        font: var(--text-13) / 1.2 var(--font-code);
        text-align: end;
      }
      .ok {
        color: var(--added);
      }
      .no {
        color: var(--removed);
      }
      .unreached {
        color: var(--ink-2);
      }
      .task {
        color: var(--ink-2);
        font: var(--text-13) / 1.2 var(--font-code);
        white-space: nowrap;
      }
      .notes li {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .error {
        display: grid;
        gap: var(--space-2);
        padding-inline-start: var(--space-3);
        border-inline-start: 2px solid var(--removed);
      }
      .error .code {
        font-size: var(--text-13);
        color: var(--removed);
      }
    `,
  ];

  @property({ attribute: false }) track: Track | undefined;
  @property({ type: Number }) position = 0;

  #i18n = new Localized(this);

  override render(): TemplateResult | typeof nothing {
    const { track, position } = this;
    const t = this.#i18n;
    if (!track) return nothing;
    if (position === 0) return html`<p class="watch">${spoken(t.t(strings.freshSentence))}</p>`;
    const step = track.step(position);
    const watch = track.calls[position - 1]?.watch;
    return html`
      ${watch ? html`<p class="watch">${spoken(t.text(watch))}</p>` : nothing} ${step.ok ? this.#reasons(track, step) : this.#error(step)}
    `;
  }

  #error(step: Extract<ScenarioStep, { ok: false }>): TemplateResult {
    const { error } = step;
    return html`<div class="error">
      <p>${errorSentence(this.#i18n.lang, error)}</p>
      <p class="small" lang="en">${spoken(error.message)}</p>
      <p class="code">${error.exception ?? error.code}</p>
    </div>`;
  }

  #reasons(track: Track, step: Extract<ScenarioStep, { ok: true }>): TemplateResult {
    const t = this.#i18n;
    const checks = step.notes.filter((note) => note.code === "check");
    const others = step.notes.filter((note) => note.code !== "check");
    return html`
      ${checks.length > 0 ? html`<section><h3>${t.t(strings.checks)}</h3>${this.#checks(track, step, checks)}</section>` : nothing}
      ${others.length > 0
        ? html`<section>
            <h3>${t.t(strings.why)}</h3>
            <ul class="notes">
              ${others.map((note) => html`<li><span class="sentence">${noteSentence(t.lang, note)}</span>${this.#task(note, step)}</li>`)}
            </ul>
          </section>`
        : nothing}
    `;
  }

  /** The checks that ran, then (after a refusal of a plain call) those that were not reached any more. */
  #checks(track: Track, step: Extract<ScenarioStep, { ok: true }>, checks: Note[]): TemplateResult {
    const t = this.#i18n;
    const operation = track.operation(step.operation);
    const declared = operation?.checks ?? [];
    const refused = checks.at(-1)?.ok === false;
    const rest = operation?.async || !refused ? [] : declared.slice(checks.length);
    return html`<ol>
      ${checks.map((note, i) => {
        const check = checkOf(t.lang, note);
        const continues = i > 0 && checks[i - 1]?.task === note.task;
        const head = typeof note.task !== "number" ? i + 1 : continues ? "" : this.#who(step, note.task);
        return html`<li class=${typeof note.task === "number" ? "of-task" : ""}>
          <span class="n">${head}</span>
          <span class="sentence">${check?.sentence}</span>
          ${check?.ok ? html`<span class="verdict ok">ok</span>` : html`<span class="verdict no">✗ ${this.#refusal(step, i, declared)}</span>`}
        </li>`;
      })}
      ${rest.map(
        (check, i) => html`<li class="unreached">
          <span class="n">${checks.length + i + 1}</span><span class="sentence">${demandOf(t.lang, check)}</span>
          <span class="verdict">${t.t(strings.notReached)}</span>
        </li>`,
      )}
    </ol>`;
  }

  #refusal(step: Extract<ScenarioStep, { ok: true }>, index: number, declared: { refusal: string }[]): string {
    if (step.virtualMs !== undefined) return "";
    return declared[index] ? `→ ${declared[index].refusal}` : "";
  }

  #who(step: ScenarioStep, task: number): string {
    return this.#i18n.t(step.operation.includes("worker") ? strings.worker : strings.item, task + 1);
  }

  #task(note: Note, step: Extract<ScenarioStep, { ok: true }>): TemplateResult | typeof nothing {
    if (typeof note.task !== "number") return nothing;
    const t = this.#i18n;
    const who = this.#who(step, note.task);
    const at = typeof note.atMs === "number" && note.atMs > 0 ? ` @ ${t.number(note.atMs)} ms` : "";
    return html`<span class="task">${who}${at}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-why": Why;
  }
}
