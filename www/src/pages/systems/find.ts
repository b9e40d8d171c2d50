import type { Operation, Pattern, SystemInfo } from "../../kit/types.js";

/** Why the search found a system, for what its row does not show by itself. */
export type Evidence =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "summary"; readonly text: string }
  | { readonly kind: "method"; readonly operation: Operation }
  | { readonly kind: "signal"; readonly signal: string }
  | { readonly kind: "uses"; readonly pattern: Pattern };

interface Field {
  readonly text: string;
  /** 0 belongs to no level, so a chosen level leaves it out; undefined is looked at always. */
  readonly level?: number;
  /** None for what stands in the row anyway. */
  readonly evidence?: Evidence;
}

// `fail_fast`, `fail-fast` and `Fail fast` are one word to a reader. One character for one, so that positions stay.
const fold = (text: string): string => text.toLowerCase().replace(/[-_]/g, " ");

/** The words of a search: parted by spaces, all of which must be found. */
export function wordsOf(query: string): string[] {
  return query
    .split(/[\s,;，、；]+/u)
    .map((word) => fold(word).trim())
    .filter(Boolean);
}

const fields = new WeakMap<SystemInfo, readonly Field[]>();

/** Everything of a system that is searched, folded once. */
function fieldsOf(system: SystemInfo): readonly Field[] {
  let known = fields.get(system);
  if (known) return known;
  const name = (text: string): Field => ({ text: fold(text), evidence: { kind: "name", name: text } });
  const { l3, l4, l5, l6 } = system.patterns;
  known = [
    ...[system.title.en, system.title.zh, system.className, system.id].map(name),
    ...[system.summary.en, system.summary.zh].map((text): Field => ({ text: fold(text), level: 0, evidence: { kind: "summary", text } })),
    { text: fold(system.group), level: 0 },
    ...[l3, l4, l5, l6].map((words, i) => ({ text: fold(words), level: i + 3 })),
    ...system.operations.map((operation): Field => ({ text: fold(operation.name), level: operation.level, evidence: { kind: "method", operation } })),
    ...system.signals.map((signal): Field => ({ text: fold(signal), level: 0, evidence: { kind: "signal", signal } })),
    ...system.uses.map(
      // A line break is in no word, so a word cannot be found across the two languages.
      (pattern): Field => ({ text: fold(`${pattern.title.en}\n${pattern.title.zh}\n${pattern.id}`), level: 0, evidence: { kind: "uses", pattern } }),
    ),
  ];
  fields.set(system, known);
  return known;
}

/** Where the words are in a system, or undefined if one of them is nowhere. A level keeps the search to names and that level. */
export function foundIn(system: SystemInfo, words: readonly string[], level = ""): Evidence[] | undefined {
  if (words.length === 0) return [];
  const looked = fieldsOf(system).filter((field) => !level || field.level === undefined || String(field.level) === level);
  if (!words.every((word) => looked.some(({ text }) => text.includes(word)))) return undefined;
  return looked.flatMap(({ text, evidence }) => (evidence && words.some((word) => text.includes(word)) ? [evidence] : []));
}

/** Whether one of the words is in the text. */
export function mentions(text: string, words: readonly string[]): boolean {
  const folded = fold(text);
  return words.some((word) => folded.includes(word));
}

/** A text in pieces, each found or not; together they are the text. */
export function pieces(text: string, words: readonly string[]): { text: string; found: boolean }[] {
  const folded = fold(text);
  const hit = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = folded.indexOf(word); word && at >= 0; at = folded.indexOf(word, at + 1)) hit.fill(true, at, at + word.length);
  }
  const parts: { text: string; found: boolean }[] = [];
  for (const [i, found] of hit.entries()) {
    const last = parts.at(-1);
    if (last?.found === found) last.text += text.charAt(i);
    else parts.push({ text: text.charAt(i), found });
  }
  return parts;
}
