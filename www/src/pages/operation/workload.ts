import type { Noun } from "../../timeline/index.js";
import type { Operation, Param } from "../../kit/types.js";

/** Which parameters of an operation make its workload. */
export interface WorkloadShape {
  /** The list whose items become tasks. */
  readonly list: number | undefined;
  /** How many run at once: permits, or workers. */
  readonly limit: number | undefined;
  readonly limitName: string | undefined;
  /** Tasks are items (of a list, or of the state), workers of a pool, or neither. */
  readonly noun: Noun;
}

/** Reads the shape off the signature: the first list, and the last `int` that is no timestamp. */
export function shapeOf({ params }: Pick<Operation, "params">): WorkloadShape {
  const list = params.findIndex(({ type }) => type.startsWith("list"));
  const limit = params.findLastIndex(({ type, name }) => type === "int" && name !== "timestamp");
  return {
    list: list < 0 ? undefined : list,
    limit: limit < 0 ? undefined : limit,
    limitName: params[limit]?.name,
    noun: /worker/.test(params[limit]?.name ?? "") ? "worker" : list >= 0 || limit >= 0 ? "item" : "task",
  };
}

/** Items to make others from: some that went through, some that were turned away. */
export interface Templates {
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
  /** Which items of the workload itself were turned away. */
  readonly turnedAway: readonly number[];
}

/** Sorts the items of a workload by what became of them. */
export function templatesOf(items: readonly unknown[], turnedAway: readonly number[]): Templates {
  const away = new Set(turnedAway);
  return {
    valid: items.filter((_, index) => !away.has(index)),
    invalid: items.filter((_, index) => away.has(index)),
    turnedAway: items.flatMap((_, index) => (away.has(index) ? [index] : [])),
  };
}

/** What the reader asked to change about a workload. */
export interface Edits {
  readonly items?: number | undefined;
  readonly invalid?: readonly number[] | undefined;
  readonly limit?: unknown;
}

/** The arguments with the edits made; without edits they are the very same. */
export function edited(args: readonly unknown[], shape: WorkloadShape, templates: Templates, edits: Edits): unknown[] {
  const result = [...args];
  if (shape.limit !== undefined && edits.limit !== undefined) result[shape.limit] = edits.limit;
  const items = shape.list === undefined ? undefined : args[shape.list];
  if (shape.list !== undefined && Array.isArray(items)) {
    result[shape.list] = editedItems(items as unknown[], templates, edits);
  }
  return result;
}

function editedItems(items: readonly unknown[], templates: Templates, { items: count, invalid }: Edits): unknown[] {
  const wanted = new Set(invalid ?? templates.turnedAway);
  const was = new Set(templates.turnedAway);
  const spoilt = templates.invalid.length > 0 ? templates.invalid : [spoil(items[0])];
  const sound = templates.valid.length > 0 ? templates.valid : items;
  return Array.from({ length: count ?? items.length }, (_, index) => {
    // Items that are as wanted stay what they are, so that one change is one change.
    if (index < items.length && wanted.has(index) === was.has(index)) return items[index];
    const pool = wanted.has(index) ? spoilt : sound;
    const item = pool[index % Math.max(1, pool.length)] ?? null;
    return wanted.has(index) ? item : modest(item);
  });
}

/** A copy that asks for little, so that many of them do not use up what the first one draws on. */
export function modest(item: unknown): unknown {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return item;
  const few = (value: unknown): unknown => (typeof value === "number" && value > 1 ? 1 : value);
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, few(value)]));
}

/** An item that names nobody: its first name is replaced. */
export function spoil(item: unknown): unknown {
  if (typeof item === "string" || item === undefined) return "nobody";
  if (typeof item === "number") return 999_999;
  if (Array.isArray(item)) return item.map((part: unknown, index) => (index === 0 ? spoil(part) : part));
  if (typeof item !== "object" || item === null) return item;
  const entries = Object.entries(item);
  const named = entries.find(([key, value]) => typeof value === "string" && key !== "type" && key !== "action");
  return named ? { ...item, [named[0]]: "nobody" } : item;
}

/** Arguments of the right shape for an operation that no story calls. */
export function exampleArgs(params: readonly Param[]): unknown[] {
  return params.filter(({ optional }) => !optional).map(example);
}

function example({ name, type, items }: Param): unknown {
  const tuple = /^list\[tuple\[(.*)\]\]$/.exec(type)?.[1];
  if (tuple !== undefined) return [tuple.split(", ").map((part) => example({ name, type: part }))];
  if (type.startsWith("list")) {
    const fields = items?.[0]?.fields;
    if (!fields) return ["a", "b", "c"];
    const tag = items[0]?.tag;
    const item = Object.fromEntries(fields.map((field) => [field.name, example(field)]));
    return [tag?.value == null ? item : { [tag.key]: tag.value, ...item }];
  }
  if (type === "int" || type === "float") return name === "timestamp" ? 1000 : 2;
  if (type === "bool") return true;
  return type === "str" || type === "Any" ? "a" : { sleep_ms: 10 };
}
