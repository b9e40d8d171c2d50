import { css, html, nothing, type TemplateResult } from "lit";
import type { Localized } from "../i18n/index.js";
import { kinds, type Rename } from "./renames.js";
import { strings } from "./strings.js";

/** The table of renamed names; part of the styles of every element that draws one. */
export const renameStyles = css`
  .renames {
    min-width: min(100%, 400px);
    border-collapse: collapse;
    font-size: var(--text-13);
  }
  .renames caption {
    padding-bottom: var(--space-3);
    text-align: start;
    font-size: var(--text-15);
  }
  .renames th,
  .renames td {
    padding: 6px var(--space-8) 6px 0;
    text-align: start;
    font-weight: 400;
    border-bottom: 1px solid var(--rule);
    overflow-wrap: anywhere;
  }
  .renames thead th {
    color: var(--ink-2);
    font-weight: 550;
    border-bottom-color: var(--rule-strong);
  }
  .renames td {
    padding-inline-end: 0;
  }
  .renames .kind {
    padding-top: var(--space-3);
    color: var(--ink-2);
  }
  .renames tbody td code {
    font-weight: 700;
  }
  @media (max-width: 720px) {
    .renames {
      width: 100%;
    }
    .renames th,
    .renames td {
      padding-inline-end: var(--space-4);
    }
  }
`;

/** The names of a template beside those of the system that is made from it. */
export function renameTable(t: Localized, titles: { template: string; made: string }, names: readonly Rename[]): TemplateResult {
  return html`<table class="renames">
    <caption>
      ${t.t(strings.title, titles.made)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${titles.template}</th>
        <th scope="col">${titles.made}</th>
      </tr>
    </thead>
    ${kinds.map((kind) => {
      const group = names.filter(({ what }) => what === kind);
      if (group.length === 0) return nothing;
      return html`<tbody>
        <tr>
          <th class="kind" scope="rowgroup" colspan="2">${t.t(strings[kind])}</th>
        </tr>
        ${group.map(
          ({ from, to }) => html`<tr>
            <th scope="row"><code>${breakable(from)}</code></th>
            <td><code>${breakable(to)}</code></td>
          </tr>`,
        )}
      </tbody>`;
    })}
  </table>`;
}

/** A name that may go on in the next line after each of its words. */
function breakable(name: string): unknown {
  return name.split(/(?<=_)/).map((word) => html`${word}<wbr />`);
}
