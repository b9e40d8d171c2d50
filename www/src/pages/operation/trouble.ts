import { css, html, nothing, type TemplateResult } from "lit";
import { numberIn, say } from "../../i18n/index.js";
import type { Failure } from "./runs.js";
import { several, waitingSentences, type Voice } from "./sentences.js";
import { failuresOf, runsOf, type Session } from "./session.js";
import { nouns, strings } from "./strings.js";

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

/** How many of the tasks that wait are named. */
const MAX_WAITING = 8;

/** Everything that did not go as asked, each with what to do; nothing if all went well. */
export function troubleOf(voice: Voice, session: Session, onOne: () => void): unknown {
  const { lang } = voice;
  const { capped, surprises, own } = session;
  const stuck = runsOf(session).find((run) => run.why.kind === "stuck");
  return html`
    ${capped ? mild(say(lang, strings.tooMany, capped.asked, capped.cap)) : nothing}
    ${surprises.length > 0 && own.ok
      ? mild(say(lang, strings.notAsPlanned, several(voice, surprises, own)))
      : nothing}
    ${stuck && stuck.why.kind === "stuck" ? noPermits(voice, stuck.why.waits, onOne) : nothing}
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

/** The deadlock of a semaphore without permits: it is drawn below, with everybody who waits. */
function noPermits(voice: Voice, waiting: Failure["waiting"], onOne: () => void): TemplateResult {
  return html`<div class="trouble" role="alert">
    <p class="what">${say(voice.lang, strings.zeroLimit, voice.limitName ?? "", waiting.length)}</p>
    ${waitingList(voice, waiting)} ${giveOne(voice, onOne)}
  </div>`;
}

function waitingList(voice: Voice, waiting: Failure["waiting"]): TemplateResult {
  const lines = waitingSentences(voice, { waiting: waiting.slice(0, MAX_WAITING) });
  const rest = waiting.length - lines.length;
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)} ${rest > 0 ? html`<li>${say(voice.lang, strings.andMore, rest)}</li>` : nothing}
  </ul>`;
}

function failureOf(voice: Voice, session: Session, failure: Failure, onOne: () => void): TemplateResult {
  const { lang } = voice;
  const aboutLimit = failure.param !== undefined && failure.param === voice.limitName;
  const negative = failure.code === "reference_error" && typeof session.limit === "number" && session.limit < 0;
  return html`<div class="trouble" role="alert">
    <p class="what">${sentenceFor(voice, session, failure, aboutLimit, negative)}</p>
    ${failure.code === "deadlock"
      ? html`${waitingList(voice, failure.waiting)}
          ${failure.waiting.some(({ resource }) => resource.startsWith("lock:")) ? html`<p>${say(lang, strings.deadlockSelf)}</p>` : nothing}`
      : failure.message
        ? html`<p class="own-words" lang="en">${failure.message}</p>`
        : nothing}
    ${aboutLimit || negative ? giveOne(voice, onOne) : nothing}
  </div>`;
}

function sentenceFor(voice: Voice, session: Session, failure: Failure, aboutLimit: boolean, negative: boolean): string {
  const { lang } = voice;
  const name = voice.limitName ?? "";
  if (negative) return say(lang, strings.negativeLimit, name, numberIn(lang, Number(session.limit)));
  switch (failure.code) {
    case "deadlock":
      return say(lang, strings.deadlock, say(lang, nouns[voice.noun]), failure.waiting.length);
    case "reference_error":
      return say(lang, strings.raised);
    case "limit":
      return say(lang, strings.tooMuch);
    default:
      return aboutLimit ? say(lang, strings.badLimit, name, String(session.limit)) : say(lang, strings.wrongArgs);
  }
}
