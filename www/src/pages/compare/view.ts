import { html, type TemplateResult } from "lit";
import type { Localized } from "../../i18n/index.js";
import type { Notes } from "../../notes/notes.js";
import type { Sentence } from "../../story/sentences.js";
import type { Comparison } from "./comparison.js";
import type { Both, Side } from "./differences.js";
import type { Renaming } from "./renaming.js";

/** What the parts of the page are drawn from. */
export interface View {
  t: Localized;
  comparison: Comparison;
  /** The titles of the two systems. */
  names: Both<string>;
  notes: Both<Notes>;
  renaming: Renaming | undefined;
  /** Leave out what is the same. */
  differencesOnly: boolean;
}

/** The cell of one side; its system's name stands there where the columns have become one. */
export function cell(view: View, side: Side, content: unknown): TemplateResult {
  return html`<div class="cell"><p class="name">${view.names[side]}</p>${content}</div>`;
}

/** A sentence with its sign. */
export interface Said {
  same: boolean;
  words: Sentence;
}

/** What is said about the two sides; the signs only repeat the sentences. */
export function sayings(said: readonly Said[]): TemplateResult {
  return html`<ul class="said">
    ${said.map(
      ({ same, words }) =>
        html`<li class=${same ? "same" : "differs"}><span class="sign" aria-hidden="true">${same ? "=" : "≠"}</span><span>${words}</span></li>`,
    )}
  </ul>`;
}
