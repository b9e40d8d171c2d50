import type { SystemInfo } from "../../kit/types.js";
import type { Notes } from "../../notes/notes.js";
import { namesOf, type Rename } from "../../notes/renames.js";
import type { Both, Side } from "./differences.js";
import type { Renames } from "./pairing.js";

/** The names of a template on one side, and what the system on the other side calls the same. */
export interface Renaming {
  /** The side the template is on. */
  template: Side;
  names: readonly Rename[];
}

/** The renaming between two systems, if one is a template that names the other. */
export function renamingOf(systems: Both<SystemInfo>, notes: Both<Notes>): Renaming | undefined {
  for (const template of ["left", "right"] as const) {
    const other = systems[template === "left" ? "right" : "left"];
    const renames = notes[template].renames.find(({ system }) => system === other.id);
    if (renames) return { template, names: namesOf(systems[template], renames) };
  }
  return undefined;
}

/** The renaming as pairing needs it, from left to right. */
export function renamesOf(renaming: Renaming | undefined): Renames {
  const names = renaming?.names ?? [];
  return new Map(names.map(({ from, to }) => (renaming?.template === "left" ? [from, to] : [to, from])));
}
