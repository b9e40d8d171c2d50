import type { Pattern, SystemInfo } from "../../kit/types.js";
import { foundIn, wordsOf, type Evidence } from "./find.js";

/** What the reader asks of the list, as it stands in the address; "" asks for nothing. */
export interface Filters {
  readonly family: string;
  readonly group: string;
  /** The id of a mechanism: `remaining_ttl_backup`. */
  readonly uses: string;
  /** Only systems with methods there; the search then looks at names and at this level alone. */
  readonly level: string;
  readonly q: string;
}

export type FilterKey = keyof Filters;
export const filterKeys = ["q", "family", "group", "uses", "level"] as const satisfies readonly FilterKey[];
export const noFilters: Filters = { family: "", group: "", uses: "", level: "", q: "" };

/** Reads the filters of an address. An unknown word is kept: it fits nothing, and the page can say so. */
export function readFilters(query: URLSearchParams): Filters {
  const word = (key: FilterKey): string => query.get(key) ?? "";
  return { family: word("family"), group: word("group"), uses: word("uses"), level: word("level"), q: word("q") };
}

/** The filters that ask for something. */
export function asked(filters: Filters): FilterKey[] {
  return filterKeys.filter((key) => filters[key].trim() !== "");
}

/** A system of the list, and why the search found it. */
export interface Found {
  readonly system: SystemInfo;
  readonly evidence: readonly Evidence[];
}

/** The systems that fit every filter, in the order given. */
export function select(systems: readonly SystemInfo[], filters: Filters): Found[] {
  const words = wordsOf(filters.q);
  return systems.flatMap((system) => {
    if (filters.family && system.family !== filters.family) return [];
    if (filters.group && system.group !== filters.group) return [];
    if (filters.uses && !system.uses.some(({ id }) => id === filters.uses)) return [];
    if (filters.level && !system.operations.some(({ level }) => String(level) === filters.level)) return [];
    const evidence = foundIn(system, words, filters.level);
    return evidence ? [{ system, evidence }] : [];
  });
}

/** How many systems each value of one filter would leave, the other filters staying as they are; a value not named leaves none. */
export function left(systems: readonly SystemInfo[], filters: Filters, key: FilterKey): Map<string, number> {
  const counts = new Map<string, number>();
  const others = select(systems, { ...filters, [key]: "" });
  counts.set("", others.length);
  // A level also changes what the search looks at, so its counts need a search each.
  if (key === "level") {
    for (const level of ["1", "2", "3", "4", "5", "6"]) counts.set(level, select(systems, { ...filters, level }).length);
    return counts;
  }
  if (key === "q") return counts;
  for (const { system } of others) {
    const values = key === "uses" ? system.uses.map(({ id }) => id) : [system[key]];
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** The mechanisms of the catalogue, the most common first. */
export function mechanisms(systems: readonly SystemInfo[]): Pattern[] {
  const seen = new Map<string, { pattern: Pattern; systems: number }>();
  for (const pattern of systems.flatMap(({ uses }) => uses)) {
    const known = seen.get(pattern.id);
    if (known) known.systems++;
    else seen.set(pattern.id, { pattern, systems: 1 });
  }
  return [...seen.values()].sort((a, b) => b.systems - a.systems).map(({ pattern }) => pattern);
}
