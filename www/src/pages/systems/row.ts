import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { Localized } from "../../i18n/index.js";
import type { SystemInfo } from "../../kit/index.js";
import { href } from "../../router/index.js";
import { storyIds } from "../../story/file.js";
import { patternsOf } from "../../words/index.js";
import type { Found } from "./filter.js";
import { mentions, pieces, type Evidence } from "./find.js";
import { strings } from "./strings.js";

/** How much evidence a row shows before it only counts. */
const MOST = 8;

/** A text with the searched words marked. */
function marked(text: string, words: readonly string[]): TemplateResult {
  return html`${pieces(text, words).map((piece) => (piece.found ? html`<mark>${piece.text}</mark>` : piece.text))}`;
}

/** One system of the list. */
export function row(t: Localized, { system, evidence }: Found, words: readonly string[], level: string): TemplateResult {
  return html`<li>
    <div class="who">
      <h3><a href=${href(`/systems/${system.id}`)}>${marked(t.text(system.title), words)}</a></h3>
      <p class="kind" lang="en"><code>${marked(system.className, words)}</code> <span class="group">${marked(system.group, words)}</span></p>
      <p class="summary">${marked(t.text(system.summary), words)}</p>
      ${level ? ofLevel(t, system, words, level) : nothing} ${why(t, system, evidence, words, level)}
    </div>
    <dl>
      ${patternsOf(system).map(
        (pattern) =>
          html`<div class=${classMap({ chosen: String(pattern.level) === level })}>
            <dt>L${pattern.level}</dt>
            <dd>${marked(t.t(pattern.words), words)}</dd>
          </div>`,
      )}
    </dl>
    ${links(t, system)}
  </li>`;
}

/** The methods of the chosen level. */
function ofLevel(t: Localized, system: SystemInfo, words: readonly string[], level: string): TemplateResult {
  const methods = system.operations.filter((operation) => String(operation.level) === level);
  return html`<p class="found">
    <span class="label">${t.t(strings.methodsOf, level)}</span>
    ${methods.map(({ name }) => method(system, name, words))}
  </p>`;
}

function method(system: SystemInfo, name: string, words: readonly string[]): TemplateResult {
  return html`<a lang="en" href=${href(`/systems/${system.id}`, { method: name })}><code>${marked(name, words)}</code></a>`;
}

/** Why the search found it, unless the row shows that by itself. */
function why(t: Localized, system: SystemInfo, evidence: readonly Evidence[], words: readonly string[], level: string): TemplateResult | typeof nothing {
  const shown = [t.text(system.title), system.className, t.text(system.summary)];
  const unseen = words.filter((word) => !shown.some((text) => mentions(text, [word])));
  const told = evidence.filter((each) => {
    if (each.kind === "name") return mentions(each.name, unseen);
    if (each.kind === "summary") return each.text !== t.text(system.summary) && mentions(each.text, unseen);
    return each.kind !== "method" || !level;
  });
  if (told.length === 0) return nothing;
  return html`<p class="found">
    <span class="label">${t.t(strings.matches)}</span>
    ${told.slice(0, MOST).map((each) => one(t, system, each, words))}
    ${told.length > MOST ? html`<span>${t.t(strings.more, told.length - MOST)}</span>` : nothing}
  </p>`;
}

function one(t: Localized, system: SystemInfo, evidence: Evidence, words: readonly string[]): TemplateResult {
  switch (evidence.kind) {
    case "name":
      return html`<span>${marked(evidence.name, words)}</span>`;
    case "summary":
      return html`<span>${marked(evidence.text, words)}</span>`;
    case "method":
      return method(system, evidence.operation.name, words);
    case "signal":
      return html`<span>${t.t(strings.signal)} <span lang="en">${marked(evidence.signal, words)}</span></span>`;
    case "uses": {
      // Found by its other name, it is told by that name: else nothing in it would be marked.
      const { id, title } = evidence.pattern;
      const name = [t.text(title), title.en, title.zh].find((text) => mentions(text, words)) ?? id;
      return html`<span>${t.t(strings.patternFound)} <a href=${href("/systems", { uses: id })}>${marked(name, words)}</a></span>`;
    }
  }
}

function links(t: Localized, system: SystemInfo): TemplateResult {
  const link = (words: string, to: string): TemplateResult => html`<a href=${to} aria-label=${t.t(strings.linkOf, words, t.text(system.title))}>${words}</a>`;
  return html`<p class="links">
    ${storyIds.includes(system.id) ? link(t.t(strings.story), href(`/systems/${system.id}/story`)) : nothing}
    ${system.operations.some(({ level, async }) => level === 6 && async) ? link(t.t(strings.timing), href("/timing/operation", { system: system.id })) : nothing}
    ${link(t.t(strings.compare), href("/compare", { left: system.id }))}
  </p>`;
}
