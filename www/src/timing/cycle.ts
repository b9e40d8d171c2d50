import { css, html, nothing, type TemplateResult } from "lit";
import { say, type Lang } from "../i18n/index.js";
import { taskName, thing } from "../timeline/names.js";
import { deadlockOf } from "./readout.js";
import { strings } from "./strings.js";
import type { Told } from "./told.js";

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

/** A deadlock: the circle as a row of tasks and arrows that comes back to where it began, and in sentences; else nothing. */
export function cycleOf(lang: Lang, run: Told): TemplateResult | typeof nothing {
  const { outcome } = run;
  if (outcome?.kind !== "deadlock") return nothing;
  const [title, ...waits] = deadlockOf(lang, run, outcome);
  const [first] = outcome.cycle;
  const arrow = (resource: number): TemplateResult =>
    html`<span class="waits">${say(lang, strings.waitsShort, thing(lang, run, resource))} <span aria-hidden="true">→</span></span>`;
  return html`<div class="deadlock">
    <p class="title">${title}</p>
    ${first
      ? html`<div class="cycle" aria-hidden="true">
          ${outcome.cycle.map(({ task, waitsFor }) => html`<span class="task">${taskName(lang, run, task)}</span>${arrow(waitsFor)}`)}
          <span class="task again">${taskName(lang, run, first.task)}</span>
        </div>`
      : nothing}
    <ul>
      ${waits.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
  </div>`;
}
