import type { Workload } from "../../kit/types.js";
import type { Query } from "../../router/index.js";
import { moment, readLook, wholeLook, writeLook, type Look } from "../../timing/place.js";

/** The workload as the reader typed it: what is wrong must show itself, not vanish. */
export interface Draft {
  readonly items: string;
  /** By the numbers that items are shown with, from 1. `1, 4:2`: item 1 fails check 1, item 4 fails check 2. */
  readonly invalid: string;
  /** `10`, `10, 20, 30` or `5..20 @ 7`: random from 5 to 20 by the seed 7. */
  readonly sleep: string;
  readonly maxConcurrent: string;
  /** One lock for all, or one each. */
  readonly lock: "shared" | "own";
  /** Items whose external call fails, by the same numbers. */
  readonly fails: string;
}

export type Field = keyof Draft;

/** Everything the reader chose. */
export interface Settings extends Look {
  readonly draft: Draft;
  readonly strategies: readonly string[];
  readonly task: number | undefined;
}

/** Beyond, the charts are too small to compare. */
export const MAX_STRATEGIES = 6;

export const defaults: Settings = {
  draft: { items: "8", invalid: "2, 5, 7", sleep: "10", maxConcurrent: "2", lock: "shared", fails: "" },
  strategies: ["fail_fast", "all_sleep"],
  ...wholeLook,
  task: undefined,
};

const keys: Record<Field, string> = { items: "n", invalid: "bad", sleep: "sleep", maxConcurrent: "max", lock: "lock", fails: "fail" };

/** Reads the settings of an address; what is not there is the default. */
export function readSettings(query: URLSearchParams): Settings {
  const text = (field: Field): string => {
    const given = query.get(keys[field]);
    return given === null ? defaults.draft[field] : given === "none" ? "" : given;
  };
  const strategies = query.get("with")?.split(",").filter((id) => id !== "" && id !== "none");
  return {
    draft: {
      items: text("items"),
      invalid: text("invalid"),
      sleep: text("sleep"),
      maxConcurrent: text("maxConcurrent"),
      lock: query.get("lock") === "own" ? "own" : "shared",
      fails: text("fails"),
    },
    strategies: strategies ? [...new Set(strategies)].slice(0, MAX_STRATEGIES) : defaults.strategies,
    ...readLook(query),
    task: moment(query.get("task")),
  };
}

/** The same as parts of an address; what is as by default is left out. "none" stands for an empty word. */
export function writeSettings(settings: Settings): Query {
  const { draft, strategies, task } = settings;
  const text = (field: Field): string | undefined => (draft[field] === defaults.draft[field] ? undefined : draft[field] || "none");
  return {
    [keys.items]: text("items"),
    [keys.invalid]: text("invalid"),
    [keys.sleep]: text("sleep"),
    [keys.maxConcurrent]: text("maxConcurrent"),
    [keys.lock]: text("lock"),
    [keys.fails]: text("fails"),
    with: strategies.join() === defaults.strategies.join() ? undefined : strategies.join(",") || "none",
    ...writeLook(settings),
    task,
  };
}

/** A field that cannot be read, and why. */
export interface Unreadable {
  readonly field: Field;
  readonly problem: "whole" | "numbers" | "checks" | "sleep";
}

/** Reads the draft. Whether the numbers make sense is for the laboratory to say; here they only have to be numbers. */
export function workloadOf(draft: Draft): { readonly workload: Workload } | Unreadable {
  const items = whole(draft.items);
  if (items === undefined) return { field: "items", problem: "whole" };
  const maxConcurrent = whole(draft.maxConcurrent);
  if (maxConcurrent === undefined) return { field: "maxConcurrent", problem: "whole" };
  const invalid = invalidOf(draft.invalid);
  if (!invalid) return { field: "invalid", problem: "checks" };
  const sleep = sleepOf(draft.sleep);
  if (!sleep) return { field: "sleep", problem: "sleep" };
  const fails = numbers(draft.fails)?.map((shown) => shown - 1);
  if (!fails) return { field: "fails", problem: "numbers" };
  return { workload: { items, invalid, sleep, maxConcurrent, sharedLock: draft.lock === "shared", fails } };
}

const parts = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

function whole(text: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

function number(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : undefined;
}

/** `3, 5` or `1-4`. */
function numbers(text: string): number[] | undefined {
  const found = new Set<number>();
  for (const part of parts(text)) {
    const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part);
    if (!range) return undefined;
    const [from, to] = [Number(range[1]), Number(range[2] ?? range[1])];
    if (from < 1 || to - from > 200_000) return undefined;
    for (let at = from; at <= to; at += 1) found.add(at);
  }
  return [...found].sort((a, b) => a - b);
}

function invalidOf(text: string): NonNullable<Workload["invalid"]> | undefined {
  const found = new Map<number, 1 | 2 | 3>();
  for (const part of parts(text)) {
    const [where = "", check = "1", ...rest] = part.split(":");
    const at = numbers(where);
    if (!at || at.length === 0 || rest.length > 0 || !/^[123]$/.test(check)) return undefined;
    for (const shown of at) found.set(shown - 1, Number(check) as 1 | 2 | 3);
  }
  return [...found].map(([item, check]) => ({ item, check })).sort((a, b) => a.item - b.item);
}

function sleepOf(text: string): Workload["sleep"] | undefined {
  const random = /^(.+?)\.\.(.+?)(?:@(.+))?$/.exec(text.replaceAll(/\s/g, ""));
  if (random) {
    const [from, to, seed] = [number(random[1] ?? ""), number(random[2] ?? ""), whole(random[3] ?? "1")];
    return from === undefined || to === undefined || seed === undefined ? undefined : { seed, from, to };
  }
  const listed = parts(text).map(number);
  if (listed.length === 0 || listed.includes(undefined)) return undefined;
  const [first = 0] = listed;
  return listed.length === 1 ? { fixed: first } : { listed: listed as number[] };
}

/** Writes invalid items the way they are typed. */
export function invalidText(invalid: NonNullable<Workload["invalid"]>): string {
  return invalid.map(({ item, check }) => (check === 1 ? String(item + 1) : `${item + 1}:${check}`)).join(", ");
}
