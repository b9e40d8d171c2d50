import { say, textIn, type Lang } from "../../i18n/index.js";
import type { Problem } from "../../laboratory/index.js";
import type { Writing } from "./draft.js";
import { pathPlace } from "./json.js";
import { strings } from "./strings.js";

/** What is wrong with a text: a sentence, and where it is if that is known. */
export interface PlacedFault {
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
  readonly unplaced: boolean;
}

export function faultOf(lang: Lang, { form, text }: Writing, problem: Problem): PlacedFault {
  const sentence = sentenceOf(lang, form === "json", problem);
  if (problem.line !== undefined) return { line: problem.line, column: problem.column ?? 1, sentence, unplaced: false };
  if (form === "json" && problem.field !== undefined) return { ...pathPlace(text, problem.field), sentence, unplaced: false };
  return { line: 1, column: 1, sentence, unplaced: true };
}

function sentenceOf(lang: Lang, json: boolean, { code, message: en, zh = en }: Problem): string {
  const message = textIn(lang, { en, zh });
  if (code === "not_json") return say(lang, strings.notJson);
  if (code === "engine") return `${say(lang, strings.noLab)} ${message}`.trim();
  return json && code === "bad_argument" ? `${say(lang, strings.badJson)} ${message}` : message;
}
