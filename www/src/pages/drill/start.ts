import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Localized, type Phrase } from "../../i18n/index.js";
import type { DrillDeck, DrillOverview, DrillSessionInfo } from "../../kit/index.js";
import type { Preference } from "../../prefs/index.js";
import { href, navigate, updateQuery } from "../../router/index.js";
import { download } from "../../ui/download.js";
import { base, buttons } from "../../ui/styles.js";
import { clock, clocks, decksOf, length, lengths, limitMs, seconds } from "./options.js";
import { maybe, parts, spanOf, whenIn } from "./parts.js";
import { startStyles } from "./start-styles.js";
import { strings } from "./strings.js";
import { messageOf, type Trainer } from "./trainer.js";

/** How many sessions are listed at first. */
const few = 8;

/** What there is to train: what is due, the decks, how to ask, and the sessions so far. */
@customElement("specsight-train-start")
export class TrainStart extends LitElement {
  static override styles = [base, buttons, parts, startStyles];

  @property({ attribute: false }) trainer!: Trainer;
  /** The decks of the address: empty for all, else their ids with commas, or `none`. */
  @property({ attribute: false }) decks = "";
  @state() private showsAll = false;
  @state() private told: { text: string; failed: boolean } | undefined;
  @query("input[type=file]") private file!: HTMLInputElement;

  #i18n = new Localized(this);

  #chosen(overview: DrillOverview): DrillDeck[] {
    const wanted = decksOf(this.decks);
    return wanted.length === 0 ? overview.decks : overview.decks.filter((deck) => wanted.includes(deck.id));
  }

  /** Puts the choice into the address; all decks is the plain address. */
  #choose(ids: string[], all: number): void {
    updateQuery({ decks: ids.length === all ? null : ids.join(",") || "none" });
  }

  #toggle(deck: DrillDeck, overview: DrillOverview): void {
    const chosen = new Set(this.#chosen(overview).map(({ id }) => id));
    if (!chosen.delete(deck.id)) chosen.add(deck.id);
    const kept = overview.decks.map(({ id }) => id).filter((id) => chosen.has(id));
    this.#choose(kept, overview.decks.length);
  }

  #start(decks: DrillDeck[]): void {
    this.trainer.start({ length: Number(length.value), limitMs: limitMs(), decks: decks.map(({ id }) => id) });
    navigate(href("/train/run", { decks: this.decks }));
  }

  #end = (): void => {
    const session = this.trainer.stop();
    if (session === undefined) this.requestUpdate();
    else navigate(href(`/train/result/${session}`, { decks: this.decks }));
  };

  #set<T extends string>(preference: Preference<T>, value: T): void {
    preference.keep(value);
    this.requestUpdate();
  }

  #export = (): void => {
    download("specsight-drill.json", this.trainer.exported());
  };

  #import = async (): Promise<void> => {
    const file = this.file.files?.[0];
    if (!file) return;
    try {
      this.trainer.import(await file.text());
      this.told = { text: this.#i18n.t(strings.imported), failed: false };
    } catch (error) {
      this.told = { text: this.#i18n.t(strings.importFailed) + messageOf(error), failed: true };
    }
    this.file.value = "";
  };

  override render(): TemplateResult {
    const t = this.#i18n;
    const overview = this.trainer.overview();
    return html`<h1>${t.t(strings.title)}</h1>
      <p class="lead quiet">${t.t(strings.lead)}</p>
      <div class="grid">
        ${this.#panel(overview)}
        <section class="decks" aria-labelledby="decks">${this.#deckTable(overview)}</section>
        <section class="sessions" aria-labelledby="sessions">${this.#history(overview.sessions)}</section>
      </div>`;
  }

  #panel(overview: DrillOverview): TemplateResult {
    const t = this.#i18n;
    const chosen = this.#chosen(overview);
    const sum = (count: (deck: DrillDeck) => number): number => chosen.reduce((total, deck) => total + count(deck), 0);
    const size = Math.min(Number(length.value), sum((deck) => deck.total));
    const running = overview.running;
    return html`<section class="panel">
      ${maybe(
        running,
        ({ answered, length }) => html`<div class="running">
          <p>${t.t(strings.runningTitle, answered + 1, length)}</p>
          <p class="actions">
            <a class="button primary" href=${href("/train/run", { decks: this.decks })}>${t.t(strings.goOn)}</a>
            <button class="button" type="button" @click=${this.#end}>${t.t(strings.endIt)}</button>
          </p>
        </div>`,
      )}
      <button class="button start ${running ? "" : "primary"}" type="button" ?disabled=${chosen.length === 0} @click=${() => this.#start(chosen)}>
        ${t.t(strings.start, size)}
      </button>
      <p class="quiet">
        ${chosen.length === 0
          ? t.t(strings.pickDeck)
          : t.t(strings.status, t.number(sum((deck) => deck.due)), t.number(sum((deck) => deck.unseen)))}
        ${maybe(overview.nextDueMs, (due) => html`<br />${t.t(strings.nextDue, whenIn(t, (due - Date.now()) / 60_000))}`)}
      </p>
      ${this.#radios("clock", strings.clock, clocks, clock, { "30": strings.clock30, "60": strings.clock60, none: strings.clockNone })}
      ${this.#radios("length", strings.length, lengths, length)}
      <label class="check">
        <input type="checkbox" .checked=${seconds.value === "yes"} ?disabled=${clock.value === "none"} @change=${() => this.#set(seconds, seconds.value === "yes" ? "no" : "yes")} />
        ${t.t(strings.showSeconds)}
      </label>
    </section>`;
  }

  #radios<T extends string>(
    name: string,
    legend: Phrase<string>,
    values: readonly T[],
    preference: Preference<T>,
    labels?: Readonly<Record<T, Phrase<string>>>,
  ): TemplateResult {
    return html`<fieldset>
      <legend>${this.#i18n.t(legend)}</legend>
      <div class="radios">
        ${values.map(
          (value) => html`<label>
            <input type="radio" name=${name} value=${value} .checked=${preference.value === value} @change=${() => this.#set(preference, value)} />
            <span class="nums">${labels ? this.#i18n.t(labels[value]) : value}</span>
          </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #deckTable(overview: DrillOverview): TemplateResult {
    const t = this.#i18n;
    const chosen = new Set(this.#chosen(overview));
    const all = overview.decks.length;
    return html`<div class="head">
        <h2 id="decks">${t.t(strings.decks)}</h2>
        <span class="all">
          <button class="button plain" type="button" ?disabled=${chosen.size === all} @click=${() => this.#choose(overview.decks.map(({ id }) => id), all)}>${t.t(strings.allDecks)}</button>
          <button class="button plain" type="button" ?disabled=${chosen.size === 0} @click=${() => this.#choose([], all)}>${t.t(strings.noDecks)}</button>
        </span>
        <span class="counts quiet small" aria-hidden="true">
          <span>${t.t(strings.due)}</span><span>${t.t(strings.unseen)}</span><span>${t.t(strings.known)}</span>
        </span>
      </div>
      <ul>
        ${overview.decks.map(
          (deck) => html`<li>
            <label>
              <input type="checkbox" .checked=${chosen.has(deck)} @change=${() => this.#toggle(deck, overview)} />
              <span class="deck"><span class="title">${t.text(deck.title)}</span><span class="about quiet small">${t.text(deck.about)}</span></span>
              <span class="counts nums">
                ${this.#count(strings.due, deck.due, true)}${this.#count(strings.unseen, deck.unseen)}${this.#count(strings.known, deck.known)}
              </span>
            </label>
          </li>`,
        )}
      </ul>`;
  }

  #count(name: Phrase<string>, count: number, strong = false): TemplateResult {
    return html`<span class=${strong && count > 0 ? "strong" : ""}><span class="name">${this.#i18n.t(name)} </span>${this.#i18n.number(count)}</span>`;
  }

  #history(sessions: readonly DrillSessionInfo[]): TemplateResult {
    const t = this.#i18n;
    const shown = this.showsAll ? sessions : sessions.slice(0, few);
    return html`<div class="head"><h2 id="sessions">${t.t(strings.sessions)}</h2></div>
      ${sessions.length === 0 ? html`<p class="quiet none">${t.t(strings.noSessions)}</p>` : nothing}
      <ul>
        ${shown.map(
          (session) => html`<li>
            <a href=${href(`/train/result/${session.id}`, { decks: this.decks })}>
              <time datetime=${new Date(session.startedMs).toISOString()}>${this.#date(session.startedMs)}</time>
            </a>
            <span class="nums">${t.t(strings.rightOf, session.right, session.answered)}</span>
            <span class="nums quiet">${session.endedMs === null ? "" : spanOf(t, session.endedMs - session.startedMs)}</span>
          </li>`,
        )}
      </ul>
      ${shown.length < sessions.length
        ? html`<button class="button plain" type="button" @click=${() => (this.showsAll = true)}>${t.t(strings.showAll, sessions.length)}</button>`
        : nothing}
      <p class="data">
        <button class="button" type="button" @click=${this.#export}>${t.t(strings.exportIt)}</button>
        <button class="button" type="button" @click=${() => this.file.click()}>${t.t(strings.importIt)}</button>
        <input type="file" accept="application/json,.json" hidden aria-label=${t.t(strings.importIt)} @change=${this.#import} />
      </p>
      <p class="told ${this.told?.failed ? "is-wrong" : ""}" role="status">${this.told?.text ?? ""}</p>`;
  }

  #date(ms: number): string {
    const region = this.#i18n.lang === "en" ? "en-HK" : "zh-HK";
    return new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" }).format(ms);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-train-start": TrainStart;
  }
}
