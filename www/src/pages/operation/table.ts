import { css, html, nothing, type TemplateResult } from "lit";
import { say } from "../../i18n/index.js";
import type { Entry } from "./chart.js";
import { eventSentence, msIn, reasonOf, whoOf, type Voice } from "./sentences.js";
import { strings } from "./strings.js";

/** Styles of the tables; part of the page's own. */
export const tableStyles = css`
  .scroller {
    overflow-x: auto;
    max-width: 100%;
  }
  table {
    border-collapse: collapse;
    margin-block: var(--space-2) var(--space-6);
    font-variant-numeric: tabular-nums;
    font-size: var(--text-13);
  }
  caption {
    padding-block: var(--space-2);
    text-align: start;
    font-size: var(--text-15);
    font-weight: 550;
  }
  th,
  td {
    padding: var(--space-1) var(--space-5) var(--space-1) 0;
    border-bottom: 1px solid var(--rule);
    text-align: start;
    font-weight: 400;
    vertical-align: top;
    white-space: nowrap;
  }
  td.words {
    white-space: normal;
    min-width: 22ch;
  }
  thead th {
    color: var(--ink-2);
  }
  td.number {
    text-align: end;
  }
  ol.events {
    margin-block: var(--space-2) var(--space-6);
    font-size: var(--text-13);
  }
  ol.events li {
    display: grid;
    grid-template-columns: 9ch 1fr;
    font-variant-numeric: tabular-nums;
  }
`;

/** The same as the chart, row by row: every lane, and every event. */
export function runTable(voice: Voice, { run, name }: Entry): TemplateResult {
  const { lang } = voice;
  const total = msIn(lang, run.timeline.totalMs);
  return html`
    <div class="scroller" tabindex="0" role="region" aria-label=${name}>
      <table>
        <caption>
          ${name}: ${total}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say(lang, strings.columnTask)}</th>
            <th scope="col">${say(lang, strings.columnWaits)}</th>
            <th scope="col">${say(lang, strings.columnSleeps)}</th>
            <th scope="col">${say(lang, strings.columnEnds)}</th>
            <th scope="col">${say(lang, strings.columnAnswer)}</th>
            <th scope="col">${say(lang, strings.columnWhat)}</th>
          </tr>
        </thead>
        <tbody>
          ${run.timeline.lanes.map((lane) => {
            const reason = reasonOf(voice, lane, run.notes);
            const once = lane.atOnce ? say(lang, strings.legendOnce) : "";
            const stuck = lane.ending === "stuck" ? say(lang, strings.never) : "";
            return html`<tr>
              <th scope="row">${whoOf(voice, lane.task, run)}</th>
              <td class="number">${msIn(lang, lane.waitedMs)}</td>
              <td class="number">${msIn(lang, lane.sleptMs)}</td>
              <td class="number">${msIn(lang, lane.endMs)}</td>
              <td><code>${lane.answer ?? nothing}</code></td>
              <td class="words">${[once || stuck, reason].filter(Boolean).join(": ")}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <details>
      <summary>${say(lang, strings.events, run.events.length)}</summary>
      <ol class="events">
        ${run.events.map(
          (event) =>
            html`<li>
              <span>${msIn(lang, event.atMs)}</span
              ><span>${eventSentence(voice, event.what, whoOf(voice, event.task, run), event.resource, event.label)}</span>
            </li>`,
        )}
      </ol>
    </details>
  `;
}
