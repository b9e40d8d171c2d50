import { html, nothing, svg, type TemplateResult } from "lit";
import { say, type Lang } from "../i18n/index.js";
import type { Command } from "./keys.js";
import { totalOf } from "./sentences.js";
import { hasManyLocks } from "./rows.js";
import type { Stage, Strip } from "./stage.js";
import { strings } from "./strings.js";

const icon = (path: string): TemplateResult => html`<svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">${svg`<path d=${path} />`}</svg>`;

/** The tools above the chart; they keep their places whether they can be used or not. */
export function tools(lang: Lang, stage: Stage, run: (command: Command) => void): TemplateResult {
  const critical = stage.strips.some(({ layout }) => (layout.run.critical?.length ?? 0) > 0);
  const button = (label: string, path: string, command: Command, disabled = false): TemplateResult =>
    html`<button class="icon-button" type="button" aria-label=${label} title=${label} ?disabled=${disabled} @click=${() => run(command)}>${icon(path)}</button>`;
  return html`<div class="tools" role="group" aria-label=${say(lang, strings.tools)}>
    <div class="group">
      ${button(say(lang, strings.zoomOut), "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10M11.6 11.6L15.5 15.5M5.8 8h4.4", { kind: "zoom", factor: 1 / 2 }, !stage.zoomed)}
      ${button(say(lang, strings.zoomIn), "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10M11.6 11.6L15.5 15.5M5.8 8h4.4M8 5.8v4.4", { kind: "zoom", factor: 2 })}
      ${button(say(lang, strings.fitLabel), "M2.5 4v10M15.5 4v10M5 9h8M7 6.5L4.8 9L7 11.5M11 6.5L13.2 9L11 11.5", { kind: "fit" }, !stage.zoomed)}
    </div>
    <div class="group">
      ${button(say(lang, strings.lower), "M3 6.5h12M3 9h12M3 11.5h12", { kind: "height", by: -1 })}
      ${button(say(lang, strings.taller), "M3 4h12M3 9h12M3 14h12", { kind: "height", by: 1 })}
    </div>
    <div class="overview" aria-hidden="true" title=${say(lang, strings.overview)}></div>
    ${critical
      ? html`<label><input type="checkbox" .checked=${stage.critical} @change=${() => run({ kind: "critical" })} />${say(lang, strings.criticalPath)}</label>`
      : nothing}
    <slot name="tools"></slot>
  </div>`;
}

/** The head of a run, which stays in sight, and the room for its rows. */
export function runHeader(lang: Lang, stage: Stage, strip: Strip, fold: () => void, spreadLocks: () => void): TemplateResult {
  const { layout, rows, folded } = strip;
  const { id, title, detail } = layout.run;
  const spread = stage.spreadsLocks(id);
  const single = stage.strips.length === 1;
  return html`<section class="run" data-run=${id} aria-label=${title}>
    <header>
      ${single
        ? nothing
        : html`<button class="fold" type="button" aria-expanded=${folded ? "false" : "true"} aria-label=${say(lang, folded ? strings.unfold : strings.fold, title)} @click=${fold}>
            <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">${svg`<path d="M2.5 4L6 8l3.5-4" />`}</svg>
          </button>`}
      <h2>${title}</h2>
      <span class="total">${totalOf(lang, layout)}</span>
      <slot name=${`run-${id}`}></slot>
      ${detail ? html`<span class="detail">${detail}</span>` : nothing}
      ${hasManyLocks(rows) && !folded
        ? html`<button class="locks" type="button" aria-pressed=${spread ? "true" : "false"} @click=${spreadLocks}>
            ${say(lang, spread ? strings.locksAsOne : strings.eachLock, rows.busyLocks.length)}
          </button>`
        : nothing}
    </header>
    <div class="body" style="height:${folded ? 0 : Math.ceil(rows.height)}px"></div>
    ${folded ? nothing : idleLocks(lang, strip)}
  </section>`;
}

function idleLocks(lang: Lang, { layout, rows }: Strip): unknown {
  if (rows.idleLocks.length === 0) return nothing;
  const names = rows.idleLocks.slice(0, 5).map((lock) => layout.run.resources[lock]?.name ?? "");
  if (rows.idleLocks.length > names.length) names.push(say(lang, strings.andMore, rows.idleLocks.length - names.length));
  return html`<p class="note">${say(lang, strings.idleLocks, names.join(", "), rows.idleLocks.length)}</p>`;
}
