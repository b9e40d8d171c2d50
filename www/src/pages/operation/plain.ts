import type { Sentence } from "../../story/sentences.js";

/** A marked-up sentence as plain text, for places that can only be read out: labels, live regions. */
export function plain(sentence: unknown): string {
  if (!isTemplate(sentence)) return sentence === undefined || sentence === null ? "" : String(sentence);
  return sentence.strings.map((text, index) => text.replace(/<[^>]*>/g, "") + plain(sentence.values[index])).join("");
}

function isTemplate(value: unknown): value is Exclude<Sentence, string> {
  return typeof value === "object" && value !== null && "strings" in value && "values" in value;
}
