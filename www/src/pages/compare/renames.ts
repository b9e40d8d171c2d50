import type { SystemInfo } from "../../kit/types.js";
import type { Both, Side } from "./differences.js";
import type { Notes } from "./notes.js";
import type { Renames } from "./pairing.js";

/** The names of a template, and what the other system calls the same. */
export interface Renaming {
  /** The side the template is on. */
  template: Side;
  names: readonly { from: string; to: string; what: NameKind }[];
}

export type NameKind = "method" | "parameter" | "attribute" | "value";

/** The renaming between two systems, if one is a template that names the other. */
export function renamingOf(systems: Both<SystemInfo>, notes: Both<Notes>): Renaming | undefined {
  for (const template of ["left", "right"] as const) {
    const other = systems[template === "left" ? "right" : "left"];
    const map = notes[template].renames.find(({ system }) => system === other.id)?.map;
    if (!map) continue;
    const names = Object.entries(map).map(([from, to]) => ({ from, to, what: kindOfName(systems[template], from) }));
    return { template, names };
  }
  return undefined;
}

/** The renaming as pairing needs it, from left to right. */
export function renamesOf(renaming: Renaming | undefined): Renames {
  const names = renaming?.names ?? [];
  return new Map(names.map(({ from, to }) => (renaming?.template === "left" ? [from, to] : [to, from])));
}

function kindOfName(system: SystemInfo, name: string): NameKind {
  if (system.operations.some((operation) => operation.name === name)) return "method";
  if (system.initialState.split("\n").some((line) => line.startsWith(`self.${name} `))) return "attribute";
  return /^[A-Z_]+$/.test(name) ? "value" : "parameter";
}
