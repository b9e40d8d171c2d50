/** The two ways to write a program: as Python, or as the program form in JSON. */
export type Form = "python" | "json";

/** A program as it was written. */
export interface Writing {
  readonly form: Form;
  readonly text: string;
}

/** A program with its name, and the one it is compared with. */
export interface Draft extends Writing {
  readonly name: string;
  readonly pinned?: Writing;
}

/** Longer texts are not taken in: an editor would only stumble over them. */
export const MAX_TEXT = 1_000_000;
export const MAX_NAME = 80;

/** Passes what is a draft, or throws. */
export function asDraft(value: unknown): Draft {
  const { name, pinned } = (value ?? {}) as Partial<Draft>;
  if (typeof name !== "string") throw new Error("a program has a name");
  return { ...asWriting(value), name: name.slice(0, MAX_NAME), ...(pinned === undefined ? {} : { pinned: asWriting(pinned) }) };
}

function asWriting(value: unknown): Writing {
  const { form, text } = (value ?? {}) as Partial<Writing>;
  if (form !== "python" && form !== "json") throw new Error("a program is written as python or as json");
  if (typeof text !== "string") throw new Error("a program has a text");
  return { form, text };
}

export function sameWriting(a: Writing | undefined, b: Writing | undefined): boolean {
  return a?.form === b?.form && a?.text === b?.text;
}

/** A name that none of the others has: `Lock outside 2`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const name = wanted.trim().slice(0, MAX_NAME);
  if (!taken.includes(name)) return name;
  const stem = name.replace(/ \d{1,6}$/, "");
  for (let number = 2; ; number += 1) {
    const next = `${stem} ${number}`;
    if (!taken.includes(next)) return next;
  }
}
