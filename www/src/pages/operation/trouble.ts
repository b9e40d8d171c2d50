import { css, html, nothing, type TemplateResult } from "lit";
import { numberIn, say } from "../../i18n/index.js";
import { nouns } from "../../timeline/strings.js";
import { deadlockOf, severalIn, type Deadlock } from "../../timing/readout.js";
import type { Told } from "../../timing/told.js";
import type { Failure } from "./runs.js";
import type { Voice } from "./sentences.js";
import { failuresOf, type Session } from "./session.js";
import { strings } from "./strings.js";

export const troubleStyles = css`
  .trouble {
    display: grid;
    gap: var(--space-2);
    justify-items: start;
    margin-block: var(--space-3);
    padding-inline-start: var(--space-4);
    border-inline-start: 3px solid var(--removed);
  }
  .trouble.mild {
    border-color: var(--changed);
  }
  .trouble .what {
    font-weight: 550;
  }
  .trouble .own-words {
    font: var(--text-13) / var(--leading-code) var(--font-code);
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
`;

/** Everything that did not go as asked, each with what to do; nothing if all went well. */
export function troubleOf(voice: Voice, session: Session, own: Told | undefined, onOne: () => void): unknown {
  const { lang } = voice;
  const { capped, surprises } = session;
  return html`
    ${capped ? mild(say(lang, strings.tooMany, capped.asked, capped.cap)) : nothing}
    ${surprises.length > 0 && own ? mild(say(lang, strings.notAsPlanned, severalIn(lang, own, surprises))) : nothing}
    ${own?.outcome?.kind === "deadlock" ? stuck(voice, session, own, own.outcome, onOne) : nothing}
    ${failuresOf(session).map((failure) =>
      failure.code === "no_sleep" ? mild(say(lang, strings.noSleep)) : failureOf(voice, session, failure, onOne),
    )}
  `;
}

function mild(sentence: string): TemplateResult {
  return html`<div class="trouble mild" role="status"><p>${sentence}</p></div>`;
}

function giveOne(voice: Voice, onOne: () => void): TemplateResult {
  return html`<button class="button" type="button" @click=${onOne}>${voice.limitName} = 1</button>`;
}

/** A deadlock is drawn below; here is who waits, and what to do where that is known. */
function stuck(voice: Voice, { limit }: Session, own: Told, outcome: Deadlock, onOne: () => void): TemplateResult {
  const { lang } = voice;
  const [, ...waits] = deadlockOf(lang, own, outcome);
  const count = outcome.waiting.length;
  return html`<div class="trouble" role="alert">
    <p class="what">
      ${limit === 0 ? say(lang, strings.zeroLimit, voice.limitName ?? "", count) : say(lang, strings.deadlock, say(lang, nouns[voice.noun]), count)}
    </p>
    <ul>
      ${waits.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    ${outcome.cycle.length === 1 ? html`<p>${say(lang, strings.deadlockSelf)}</p>` : nothing} ${limit === 0 ? giveOne(voice, onOne) : nothing}
  </div>`;
}

function failureOf(voice: Voice, session: Session, failure: Failure, onOne: () => void): TemplateResult {
  const aboutLimit = failure.param !== undefined && failure.param === voice.limitName;
  const negative = failure.code === "reference_error" && typeof session.limit === "number" && session.limit < 0;
  return html`<div class="trouble" role="alert">
    <p class="what">${sentenceFor(voice, session, failure, aboutLimit, negative)}</p>
    ${failure.message ? html`<p class="own-words" lang="en">${failure.message}</p>` : nothing}
    ${aboutLimit || negative ? giveOne(voice, onOne) : nothing}
  </div>`;
}

function sentenceFor(voice: Voice, session: Session, failure: Failure, aboutLimit: boolean, negative: boolean): string {
  const { lang } = voice;
  const name = voice.limitName ?? "";
  if (negative) return say(lang, strings.negativeLimit, name, numberIn(lang, Number(session.limit)));
  switch (failure.code) {
    case "reference_error":
      return say(lang, strings.raised);
    case "limit":
      return say(lang, strings.tooMuch);
    default:
      return aboutLimit ? say(lang, strings.badLimit, name, String(session.limit)) : say(lang, strings.wrongArgs);
  }
}
