import type { Query } from "../../router/index.js";
import { readLook, writeLook, type Look } from "../../timing/place.js";

/** A way to run the workload that is set beside the operation as it is. */
export type Strategy =
  /** Fail-fast where the operation is all-sleep, and the other way round. */
  | { readonly kind: "other" }
  /** The same with another number of permits or workers. */
  | { readonly kind: "limit"; readonly limit: number };

/** Everything the reader chose; what is undefined follows from the story. */
export interface Settings extends Look {
  readonly system: string | undefined;
  readonly operation: string | undefined;
  /** Arguments in place of the story's, as the reader typed them. */
  readonly args: string | undefined;
  readonly items: number | undefined;
  /** Positions of the items that are to be turned away. */
  readonly invalid: readonly number[] | undefined;
  /** As typed: what is no number must show itself, not vanish. */
  readonly limit: string | undefined;
  readonly beside: readonly Strategy[] | undefined;
}

/** What one page draws; more would be too fine to see. */
export const MAX_ITEMS = 200;
/** How many runs are set beside the first. */
export const MAX_BESIDE = 4;

/** Reads the settings of an address. A word that makes no sense counts as not given, except for the limit. */
export function readSettings(query: URLSearchParams): Settings {
  return {
    system: query.get("system") ?? undefined,
    operation: query.get("op") ?? undefined,
    args: query.get("args") ?? undefined,
    items: count(query.get("items")),
    invalid: query.has("invalid") ? positions(query.get("invalid") ?? "") : undefined,
    limit: query.get("limit") ?? undefined,
    beside: query.has("beside") ? strategies(query.get("beside") ?? "") : undefined,
    ...readLook(query),
  };
}

/** The same as parts of an address. "none" stands for an empty list, since an empty word is left out. */
export function writeSettings(settings: Settings): Query {
  return {
    system: settings.system,
    op: settings.operation,
    args: settings.args,
    items: settings.items,
    invalid: settings.invalid && (settings.invalid.join(",") || "none"),
    limit: settings.limit,
    beside: settings.beside && (settings.beside.map(strategyWord).join(",") || "none"),
    ...writeLook(settings),
  };
}

/** The word of a strategy in an address. */
export function strategyWord(strategy: Strategy): string {
  return strategy.kind === "other" ? "other" : `limit-${strategy.limit}`;
}

function strategies(words: string): Strategy[] {
  const found = new Map<string, Strategy>();
  for (const word of words.split(",")) {
    const limit = /^limit-(\d{1,6})$/.exec(word)?.[1];
    if (word === "other") found.set(word, { kind: "other" });
    else if (limit !== undefined) found.set(word, { kind: "limit", limit: Number(limit) });
  }
  return [...found.values()].slice(0, MAX_BESIDE);
}

function positions(words: string): number[] {
  const numbers = words.split(",").flatMap((word) => (/^\d{1,5}$/.test(word) ? [Number(word)] : []));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function count(word: string | null): number | undefined {
  return word !== null && /^\d{1,9}$/.test(word) ? Number(word) : undefined;
}
