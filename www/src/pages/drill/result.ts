import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { Localized } from "../../i18n/index.js";
import { SystemTitles, type DrillAnswer, type DrillSummary } from "../../kit/index.js";
import { href, navigate } from "../../router/index.js";
import { emptyState, stateStyles } from "../../ui/states.js";
import { base, buttons } from "../../ui/styles.js";
import { decksOf, length, limitMs } from "./options.js";
import { maybe, outcomeWord, parts, pointersOf, promptLang, promptOf, rich, signOf, spanOf } from "./parts.js";
import { resultStyles } from "./result-styles.js";
import { strings } from "./strings.js";
import type { Trainer } from "./trainer.js";

/** What came of a session: what to review first, then the misses, then the times. */
@customElement("specsight-train-result")
export class TrainResult extends LitElement {
  static override styles = [base, buttons, parts, stateStyles, resultStyles];

  @property({ attribute: false }) trainer!: Trainer;
  /** The decks of the address, for another session. */
  @property({ attribute: false }) decks = "";
  /** The id of the session. */
  @property({ attribute: false }) session = "";

  #i18n = new Localized(this);
  #titles = new SystemTitles(this);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKey);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  #again = (): void => {
    const known = new Set(this.trainer.overview().decks.map(({ id }) => id));
    const decks = decksOf(this.decks).filter((id) => known.has(id));
    this.trainer.start({ length: Number(length.value), limitMs: limitMs(), decks });
    navigate(href("/train/run", { decks: this.decks }));
  };

  #onlyMisses(cards: string[]): void {
    this.trainer.start({ length: cards.length, limitMs: limitMs(), cards });
    navigate(href("/train/run", { decks: this.decks }));
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const path = event.composedPath();
    if (path.some((target) => target instanceof HTMLDialogElement)) return;
    const missed = this.trainer.summary(this.session)?.missed ?? [];
    if (event.key === "Escape") navigate(href("/train", { decks: this.decks }));
    else if (event.key.toLowerCase() === "m" && missed.length > 0) this.#onlyMisses(missed);
    else if (event.key === "Enter" && !(path[0] instanceof HTMLButtonElement || path[0] instanceof HTMLAnchorElement)) this.#again();
    else return;
    event.preventDefault();
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    const summary = this.trainer.summary(this.session);
    if (!summary) return emptyState({ title: t.t(strings.noSuchSession), action: t.t(strings.toTrain), href: href("/train", { decks: this.decks }) });
    const { session, totalMs, missed } = summary;
    const mean = session.answered === 0 ? 0 : totalMs / session.answered;
    return html`<h1 tabindex="-1">${t.t(strings.rightOf, session.right, session.answered)}</h1>
      <p class="quiet nums">${t.t(strings.resultTimes, spanOf(t, mean), spanOf(t, totalMs))}</p>
      <p class="actions">
        <button class="button primary" type="button" aria-keyshortcuts="Enter" @click=${this.#again}>
          ${t.t(strings.anew)}<kbd aria-hidden="true">Enter</kbd>
        </button>
        ${missed.length > 0
          ? html`<button class="button" type="button" aria-keyshortcuts="M" @click=${() => this.#onlyMisses(missed)}>
              ${t.t(strings.onlyMisses)}<kbd aria-hidden="true">M</kbd>
            </button>`
          : nothing}
        <a class="button plain" href=${href("/train", { decks: this.decks })}>${t.t(strings.toTrain)}</a>
      </p>
      <section aria-labelledby="review">
        <h2 id="review">${t.t(strings.review)}</h2>
        ${this.#review(summary)}
      </section>
      ${missed.length > 0
        ? html`<section aria-labelledby="misses">
            <h2 id="misses">${t.t(strings.misses)}</h2>
            <ol class="misses">
              ${summary.answers.map((answer, index) => (answer.outcome === "right" ? nothing : this.#miss(answer, index)))}
            </ol>
          </section>`
        : nothing}
      <section aria-labelledby="times">
        <h2 id="times">${t.t(strings.perQuestion)}</h2>
        ${this.#times(summary)}
      </section>`;
  }

  #review({ review }: DrillSummary): TemplateResult {
    const t = this.#i18n;
    if (review.length === 0) return html`<p class="quiet row">${t.t(strings.reviewNothing)}</p>`;
    return html`<ul class="review">
      ${review.map(
        (entry) => html`<li>
          <span><span class="title">${t.text(entry.title)}</span> <span class="quiet">${rich(t.text(entry.gloss))}</span></span>
          <span class="need nums ${entry.missed > 0 ? "is-wrong" : "quiet"}">
            ${entry.missed > 0 ? t.t(strings.missedOf, entry.missed, entry.asked) : t.t(strings.slowOf, entry.slow, entry.asked)}
          </span>
          ${pointersOf(t, this.#titles, entry)}
        </li>`,
      )}
    </ul>`;
  }

  #miss({ outcome, question }: DrillAnswer, index: number): TemplateResult {
    const t = this.#i18n;
    const number = html`<span class="number nums quiet" aria-hidden="true">${index + 1}</span>`;
    if (!question) return html`<li>${number}<p class="quiet">${t.t(strings.goneCard)}</p></li>`;
    const lang = promptLang(t, question.englishOnly);
    return html`<li>
      ${number}
      <div class="miss">
        <h3 class="quiet">${t.text(question.ask)}</h3>
        ${promptOf(question.form, t.lang === "en" ? question.prompt.en : question.prompt.zh, lang)}
        <p class="answers">
          <span class="is-wrong">${signOf(outcome)}${maybe(question.given, (given) => html`<s>${rich(t.text(given.label))}</s>`)}${question.given ? nothing : outcomeWord(t, outcome)}</span>
          <span class="is-right">${signOf("right")}<span class="visually-hidden">${t.t(strings.rightAnswer)}: </span>${rich(t.text(question.answer.label))}</span>
        </p>
        <p>${rich(t.text(question.reason))}</p>
      </div>
    </li>`;
  }

  /** A bar for each answer on one axis: as long as the time limit, or as the slowest answer without one. */
  #times({ answers, session }: DrillSummary): TemplateResult {
    const t = this.#i18n;
    const full = session.limitMs ?? Math.max(1, ...answers.map((answer) => answer.elapsedMs));
    return html`<ol class="times">
      ${answers.map((answer, index) => {
        const time = spanOf(t, answer.elapsedMs);
        const right = answer.outcome === "right";
        return html`<li>
          <span class="visually-hidden">${t.t(strings.timeRow, index + 1, outcomeWord(t, answer.outcome), time)}</span>
          <span class="number nums quiet" aria-hidden="true">${index + 1}</span>
          <span aria-hidden="true">${signOf(answer.outcome)}</span>
          <span class="track" aria-hidden="true"><span class=${classMap({ length: true, missed: !right })} style="width: ${Math.min(100, (100 * answer.elapsedMs) / full)}%"></span></span>
          <span class="nums span" aria-hidden="true">${time}</span>
        </li>`;
      })}
      <li class="axis nums" aria-hidden="true"><span class="scale"><span>0</span><span>${spanOf(t, full)}</span></span></li>
    </ol>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-train-result": TrainResult;
  }
}
