import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Localized } from "../../i18n/index.js";
import type { Timeline } from "../../kit/index.js";
import type { Change, TimelineMutation, TimelineNote } from "../../kit/types.js";
import { markState, type MarkedNode } from "../../story/marks.js";
import { checkOf, noteSentence } from "../../story/sentences.js";
import "../../story/state-view.js";
import { base, buttons } from "../../ui/styles.js";
import { strings } from "./strings.js";

/** So many entries of each container are shown until more are asked for. */
const LIMIT = 30;
/** So many reasons of one instant are told. */
const MAX_NOTES = 8;

/**
 * The state at an instant of an operation: what it is, what changed it last and why. Without an instant it is the state
 * after the call, with everything the call changed.
 *
 * @fires instant-seek - The reader asks for another change; `detail` is the event that it followed.
 */
@customElement("specsight-instant")
export class Instant extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-3);
        align-content: start;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
      }
      h2 {
        margin-inline-end: auto;
      }
      .steps {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
        font-size: var(--text-13);
        font-variant-numeric: tabular-nums;
      }
      .icon-button {
        min-height: 32px;
        min-width: 32px;
      }
      .state {
        max-height: 32rem;
        padding: var(--space-3);
        overflow: auto;
        border-radius: var(--radius);
        background: var(--paper-sunk);
      }
      li {
        padding-block: var(--space-1);
        border-top: 1px solid var(--rule);
      }
      .no {
        color: var(--removed);
      }
      @media (pointer: coarse) {
        .icon-button {
          min-width: var(--touch);
          min-height: var(--touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | undefined;
  /** The last event that has happened; -1 before the first, undefined after everything. */
  @property({ attribute: false }) event: number | undefined;
  /** Everything the call changed, before against after. */
  @property({ attribute: false }) changes: readonly Change[] = [];
  /** What a task is called. */
  @property({ attribute: false }) who: (task: number) => string = String;

  #i18n = new Localized(this);
  #mutations: readonly TimelineMutation[] = [];
  #last = -1;
  @state() private limit = LIMIT;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("timeline")) {
      this.#mutations = byEvent(this.timeline?.mutations() ?? []);
      this.#last = (this.timeline?.advance().events ?? 0) - 1;
      this.limit = LIMIT;
    }
  }

  /** How many mutations have happened. */
  get #done(): number {
    const { event } = this;
    return event === undefined ? this.#mutations.length : this.#mutations.filter((mutation) => mutation.event <= event).length;
  }

  override render(): TemplateResult | typeof nothing {
    const { timeline, event } = this;
    if (!timeline) return nothing;
    const t = this.#i18n;
    const done = this.#done;
    const shown = event === undefined ? undefined : this.#mutations[done - 1];
    return html`
      <div class="head">
        <h2>${event === undefined ? t.t(strings.stateAfter) : event < 0 ? t.t(strings.stateBefore) : t.t(strings.stateAt)}</h2>
        <span class="steps" role="group" aria-label=${t.t(strings.mutations)}>
          ${this.#button(strings.previousMutation, "‹", done > 0 ? () => this.#seek(event === undefined ? done - 1 : done - 2) : undefined)}
          <span>${t.t(strings.mutationOf, done, this.#mutations.length)}</span>
          ${this.#button(strings.nextMutation, "›", event !== undefined && done < this.#mutations.length ? () => this.#seek(done) : undefined)}
        </span>
      </div>
      <p class="small quiet">${this.#sentence(shown)}</p>
      <div class="state" tabindex="0" role="region" aria-label=${t.t(strings.stateAt)}>
        <specsight-state .root=${this.#marked(timeline, shown)} .position=${done} @more=${() => (this.limit *= 8)}></specsight-state>
      </div>
      ${this.#reasons(timeline, shown)}
    `;
  }

  #button(label: typeof strings.previousMutation, sign: string, onClick: (() => void) | undefined): TemplateResult {
    const words = this.#i18n.t(label);
    return html`<button class="icon-button" type="button" aria-label=${words} title=${words} ?disabled=${!onClick} @click=${onClick}>
      <span aria-hidden="true">${sign}</span>
    </button>`;
  }

  /** Goes to just after a mutation; before the first there is the state before the call. */
  #seek(mutation: number): void {
    const event = this.#mutations[mutation]?.event ?? -1;
    this.dispatchEvent(new CustomEvent<number>("instant-seek", { detail: event }));
  }

  #sentence(shown: TimelineMutation | undefined): string {
    const t = this.#i18n;
    if (this.event === undefined) return t.t(this.changes.length > 0 ? strings.allChanges : strings.noChanges, this.changes.length);
    if (!shown) return t.t(strings.nothingYet);
    return t.t(strings.changedBy, this.who(shown.task), shown.atMs);
  }

  #marked(timeline: Timeline, shown: TimelineMutation | undefined): MarkedNode {
    const { event } = this;
    const options = { limit: this.limit, reveal: (shown?.changes ?? this.changes).map(({ path }) => path) };
    if (event === undefined) return markState(timeline.view(this.#last, options), timeline.before(options), this.changes);
    const now = timeline.view(event, options);
    if (!shown) return markState(now, undefined, []);
    const before = shown.event < 0 ? timeline.before(options) : timeline.view(shown.event - 1, options);
    return markState(now, before, shown.changes);
  }

  /** Why tasks did what they did since the change that is shown. */
  #reasons(timeline: Timeline, shown: TimelineMutation | undefined): TemplateResult | typeof nothing {
    const { event } = this;
    if (event === undefined) return nothing;
    const notes = timeline.notes(shown?.event ?? -1, event + 1);
    if (notes.length === 0) return nothing;
    return html`<section>
      <h3 class="small quiet">${this.#i18n.t(strings.reasons)}</h3>
      <ul>
        ${notes.slice(-MAX_NOTES).map((note) => this.#reason(note))}
      </ul>
    </section>`;
  }

  #reason(note: TimelineNote): TemplateResult {
    const check = checkOf(this.#i18n.lang, note);
    return html`<li>
      <span class="quiet small">${this.who(note.task)}</span>
      ${check ? html`${check.sentence} <span class=${check.ok ? "quiet" : "no"}>${check.ok ? "ok" : "✗"}</span>` : noteSentence(this.#i18n.lang, note)}
    </li>`;
  }
}

/** Between two events a task may change the state several times; nobody sees what is between those. */
function byEvent(mutations: readonly TimelineMutation[]): TimelineMutation[] {
  const grouped: TimelineMutation[] = [];
  for (const mutation of mutations) {
    const last = grouped.at(-1);
    if (last?.event === mutation.event) grouped[grouped.length - 1] = { ...last, changes: [...last.changes, ...mutation.changes] };
    else grouped.push(mutation);
  }
  return grouped;
}

declare global {
  interface HTMLElementTagNameMap {
    "specsight-instant": Instant;
  }
}
