import { css, html, nothing, type TemplateResult } from "lit";
import { say } from "../i18n/index.js";
import type { TimelineOutcome } from "../kit/types.js";
import { deadlockOf, thingIn, whoIn, type Cast } from "./readout.js";
import { strings } from "./strings.js";

/** Styles of `cycleOf`. */
export const cycleStyles = css`
  .deadlock {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-2) var(--space-3);
    border-inline-start: 3px solid var(--removed);
  }
  .deadlock .title {
    color: var(--removed);
    font-weight: 600;
  }
  .cycle {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-2);
    font-size: var(--text-13);
  }
  .cycle .task {
    padding: 2px var(--space-2);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    white-space: nowrap;
  }
  .cycle .again {
    border-style: dashed;
    color: var(--ink-2);
  }
  .cycle .waits {
    color: var(--ink-2);
    white-space: nowrap;
  }
`;

/** A deadlock: the circle as a row of tasks and arrows that comes back to where it began, and in sentences. */
export function cycleOf(cast: Cast, outcome: Extract<TimelineOutcome, { kind: "deadlock" }>): TemplateResult {
  const [title, ...waits] = deadlockOf(cast, outcome);
  const [first] = outcome.cycle;
  const arrow = (resource: number): TemplateResult =>
    html`<span class="waits">${say(cast.lang, strings.waitsShort, thingIn(cast, resource))} <span aria-hidden="true">→</span></span>`;
  return html`<div class="deadlock">
    <p class="title">${title}</p>
    ${first
      ? html`<div class="cycle" aria-hidden="true">
          ${outcome.cycle.map(({ task, waitsFor }) => html`<span class="task">${whoIn(cast, task)}</span>${arrow(waitsFor)}`)}
          <span class="task again">${whoIn(cast, first.task)}</span>
        </div>`
      : nothing}
    <ul>
      ${waits.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
  </div>`;
}
