import { html, nothing, type TemplateResult } from "lit";
import { strings } from "./strings.js";
import type { View } from "./view.js";

/** The names of a template beside those of the system that is made from it. */
export function renameTable({ t, names, renaming }: View): TemplateResult | typeof nothing {
  if (!renaming) return nothing;
  const { template } = renaming;
  const made = template === "left" ? "right" : "left";
  const title = t.t(strings.renameTitle, names[made]);
  return html`<section class="part" aria-labelledby="renames">
    <h2 id="renames">${t.t(strings.renames)}</h2>
    <div class="body">
      <table>
        <caption>
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${names[template]}</th>
            <th scope="col">${names[made]}</th>
            <th scope="col">${t.t(strings.renameWhat)}</th>
          </tr>
        </thead>
        <tbody>
          ${renaming.names.map(
            ({ from, to, what }) => html`<tr>
              <th scope="row"><code>${breakable(from)}</code></th>
              <td><code class=${from === to ? "" : "renamed"}>${breakable(to)}</code></td>
              <td>${t.t(strings[what])}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** A name that may go on in the next line after each of its words. */
function breakable(name: string): unknown {
  return name.split(/(?<=_)/).map((word) => html`${word}<wbr />`);
}
