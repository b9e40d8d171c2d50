import type { SystemInfo } from "../kit/types.js";
import type { Renames } from "./notes.js";

/** The kinds of names, from what is stored to what is called. */
export const kinds = ["attribute", "key", "parameter", "value", "method"] as const;

/** What a name is the name of. */
export type NameKind = (typeof kinds)[number];

/** A name of a template, and what the other system calls the same. */
export interface Rename {
  from: string;
  to: string;
  what: NameKind;
}

/** The names of a template that change, each with what it is the name of. */
export function namesOf(template: SystemInfo, { map }: Renames): Rename[] {
  return Object.entries(map).map(([from, to]) => ({ from, to, what: kindOfName(template, from) }));
}

/** What a name of a system is the name of. What is neither a method, an attribute nor a parameter is in its records. */
export function kindOfName(system: SystemInfo, name: string): NameKind {
  if (system.operations.some((operation) => operation.name === name)) return "method";
  if (system.initialState.split("\n").some((line) => line.startsWith(`self.${name} `))) return "attribute";
  if (system.operations.some((operation) => operation.params.some((param) => param.name === name))) return "parameter";
  return /^[A-Z_]+$/.test(name) ? "value" : "key";
}
