import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { keyed } from "lit/directives/keyed.js";
import { Localized } from "../../i18n/index.js";
import { SystemTitles, type DrillChoice, type DrillQuestion, type DrillVerdict } from "../../kit/index.js";
import { href, navigate } from "../../router/index.js";
import { base, buttons } from "../../ui/styles.js";
import { Clock } from "./clock.js";
import "./figure.js";
import { seconds } from "./options.js";
import { memoryOf, outcomeWord, parts, plain, pointersOf, promptLang, promptOf, rich, signOf } from "./parts.js";
import { questionStyles } from "./question-styles.js";
import { strings } from "./strings.js";
import type { Trainer } from "./trainer.js";

/** One question at a time: read, choose, learn why. */
@customElement("specsight-train-question")
export class TrainQuestion extends LitElement {
  static override styles = [base, buttons, parts, questionStyles];

  @property({ attribute: false }) trainer!: Trainer;
  /** The decks of the address, handed on to where one goes from here. */
  @property({ attribute: false }) decks = "";
  @state() private question: DrillQuestion | undefined;
  @state() private verdict: DrillVerdict | undefined;
  @state() private paused = false;
  @state() private secondsLeft: number | undefined;
  @query("h1") private heading!: HTMLElement;
  @query(".next") private nextButton!: HTMLButtonElement | null;

  #i18n = new Localized(this);
  #titles = new SystemTitles(this);
  #clock: Clock | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#onKey);
    document.addEventListener("visibilitychange", this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKey);
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#clock?.pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("trainer")) this.#ask();
  }

  /** Takes up the question that is asked now. */
  #ask(): void {
    const question = this.trainer.question();
    if (!question) {
      navigate(href("/train", { decks: this.decks }), { replace: true });
      return;
    }
    this.question = question;
    this.verdict = undefined;
    this.paused = false;
    this.secondsLeft = undefined;
    this.#clock = new Clock(
      question.limitMs,
      (left) => (this.secondsLeft = left),
      () => void this.#answer(null),
    );
    this.#clock.run();
    // A screen reader starts with what is asked; the keys work wherever the focus is.
    void this.updateComplete.then(() => this.heading?.focus({ preventScroll: true }));
  }

  /** Gives the answer: a choice, or null for "do not know" and for the end of the time. */
  async #answer(choice: string | null): Promise<void> {
    if (this.verdict || !this.question || !this.#clock) return;
    this.#clock.pause();
    this.paused = false;
    this.verdict = this.trainer.answer(choice, this.#clock.elapsedMs);
    await this.updateComplete;
    this.nextButton?.focus({ preventScroll: true });
    this.nextButton?.scrollIntoView({ block: "nearest" });
  }

  #next = (): void => {
    if (!this.verdict) return;
    if (this.verdict.over && this.question) {
      navigate(href(`/train/result/${this.question.session}`, { decks: this.decks }), { replace: true });
    } else {
      this.#ask();
      window.scrollTo(0, 0);
    }
  };

  #pause(paused: boolean): void {
    if (this.verdict || !this.#clock) return;
    if (paused) this.#clock.pause();
    else this.#clock.run();
    this.paused = paused;
  }

  /** Nobody can read a page that is not shown: the clock waits. */
  #onVisibility = (): void => {
    if (document.hidden && this.question?.limitMs != null) this.#pause(true);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const path = event.composedPath();
    if (path.some((target) => target instanceof HTMLDialogElement)) return;
    const act = this.#actionOf(event.key, path[0] instanceof HTMLButtonElement || path[0] instanceof HTMLAnchorElement);
    if (!act) return;
    event.preventDefault();
    act();
  };

  /** What a key does now. Enter on a button or a link is theirs. */
  #actionOf(key: string, onControl: boolean): (() => void) | undefined {
    if (key === "Escape") return this.#leave;
    if (this.verdict) return key === "Enter" && !onControl ? this.#next : undefined;
    if (key.toLowerCase() === "p") return () => this.#pause(!this.paused);
    if (this.paused || !this.question) return undefined;
    if (key === "0") return () => void this.#answer(null);
    const choice = /^[1-9]$/.test(key) ? this.question.choices[Number(key) - 1] : undefined;
    return choice && (() => void this.#answer(choice.id));
  }

  #leave = (): void => navigate(href("/train", { decks: this.decks }));

  override render(): TemplateResult | typeof nothing {
    const { question, verdict } = this;
    if (!question) return nothing;
    const t = this.#i18n;
    return html`${keyed(question.position, this.#bar(question))}
      <header>
        <p class="nums">${t.t(strings.question, question.position + 1, question.length)}</p>
        ${this.#time(question)}
        <div class="tools">
          ${question.limitMs === null || verdict
            ? nothing
            : html`<button class="button plain" type="button" aria-keyshortcuts="P" @click=${() => this.#pause(!this.paused)}>
                ${t.t(this.paused ? strings.resume : strings.pause)}<kbd aria-hidden="true">P</kbd>
              </button>`}
          <button class="button plain" type="button" aria-keyshortcuts="Escape" @click=${this.#leave}>
            ${t.t(strings.leave)}<kbd aria-hidden="true">Esc</kbd>
          </button>
        </div>
      </header>
      <h1 tabindex="-1">${t.text(question.ask)}</h1>
      ${this.paused ? html`<p class="covered">${t.t(strings.paused)}</p>` : this.#body(question)}
      <div class="verdict" role="status">${verdict ? this.#verdict(question, verdict) : nothing}</div>
      ${verdict
        ? html`<div class="after">
            <button class="button primary next" type="button" aria-keyshortcuts="Enter" @click=${this.#next}>
              ${t.t(verdict.over ? strings.toResult : strings.next)}<kbd aria-hidden="true">Enter</kbd>
            </button>
          </div>`
        : nothing}`;
  }

  /** The clock: a line along the top edge that drains. It is drawn once for each question, so that it starts full. */
  #bar(question: DrillQuestion): TemplateResult | typeof nothing {
    if (question.limitMs === null) return nothing;
    const standing = this.paused || this.verdict !== undefined;
    return html`<div class=${classMap({ bar: true, standing })} style="--limit: ${question.limitMs}ms; --beats: ${question.limitMs / 1000}">
      <div></div>
    </div>`;
  }

  /** The seconds in figures for who wants them, and one word of warning for who cannot see the line. */
  #time(question: DrillQuestion): TemplateResult | typeof nothing {
    if (question.limitMs === null) return nothing;
    const left = this.verdict ? undefined : this.secondsLeft;
    return html`${seconds.value === "yes"
        ? html`<p class="nums seconds" aria-hidden="true">${left === undefined ? "" : this.#i18n.t(strings.secondsShort, left)}</p>`
        : nothing}
      <p class="visually-hidden" role="status">${left === 10 ? this.#i18n.t(strings.secondsLeft, left) : ""}</p>`;
  }

  #body(question: DrillQuestion): TemplateResult {
    const t = this.#i18n;
    const verdict = this.verdict;
    const lang = promptLang(t, question.englishOnly);
    const plain = [{ text: t.text(question.prompt), signal: false }];
    const marked = verdict && (t.lang === "en" || question.englishOnly ? verdict.prompt.en : verdict.prompt.zh);
    const figure = verdict?.figure ?? question.figure;
    return html`<div class="read">${promptOf(question.form, marked ?? plain, lang)}</div>
      ${figure?.asked ? html`<specsight-drill-figure .figure=${figure} ?named=${verdict !== undefined}></specsight-drill-figure>` : nothing}
      <ol class="choices" aria-label=${t.t(strings.choices)}>
        ${question.choices.map((choice, index) => this.#choice(choice, index))}
        ${verdict
          ? nothing
          : html`<li>
              <button class="choice pass" type="button" aria-keyshortcuts="0" @click=${() => void this.#answer(null)}>
                <kbd aria-hidden="true">0</kbd><span>${t.t(strings.dontKnow)}</span>
              </button>
            </li>`}
      </ol>`;
  }

  #choice(choice: DrillChoice, index: number): TemplateResult {
    const t = this.#i18n;
    const verdict = this.verdict;
    const right = verdict?.answer === choice.id;
    const wrong = verdict !== undefined && !right && verdict.given === choice.id;
    const words = html`<span class="label">${rich(t.text(choice.label))}</span>
      ${choice.gloss ? html`<span class="gloss">${rich(t.text(choice.gloss))}</span>` : nothing}`;
    if (!verdict) {
      return html`<li>
        <button class="choice" type="button" aria-keyshortcuts=${index + 1} @click=${() => void this.#answer(choice.id)}>
          <kbd aria-hidden="true">${index + 1}</kbd><span>${words}</span>
        </button>
      </li>`;
    }
    const sign = right ? "✓" : wrong ? "✗" : String(index + 1);
    const said = right ? strings.rightAnswer : wrong ? strings.yourAnswer : undefined;
    return html`<li>
      <div class=${classMap({ choice: true, right, wrong, other: !right && !wrong })}>
        <kbd aria-hidden="true">${sign}</kbd><span>${words}${said ? html`<span class="visually-hidden">, ${t.t(said)}</span>` : nothing}</span>
      </div>
    </li>`;
  }

  #verdict(question: DrillQuestion, verdict: DrillVerdict): TemplateResult {
    const t = this.#i18n;
    const answer = question.choices.find((choice) => choice.id === verdict.answer);
    const told = verdict.outcome !== "right" && answer ? t.t(strings.answerIs, plain(t.text(answer.label))) : "";
    return html`<h2>${signOf(verdict.outcome)}${outcomeWord(t, verdict.outcome)}<span class="visually-hidden">. ${told}</span></h2>
      <p class="reason">${rich(t.text(verdict.reason))}</p>
      ${verdict.figure && !verdict.figure.asked
        ? html`<specsight-drill-figure .figure=${verdict.figure} named></specsight-drill-figure>`
        : nothing}
      <p class="look"><span class="quiet">${t.t(strings.look)}</span> ${t.text(verdict.review.title)} ${pointersOf(t, this.#titles, verdict.review)}</p>
      <p class="quiet small">${memoryOf(t, verdict.before, verdict.memory)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-train-question": TrainQuestion;
  }
}
