import type { ItemShape, Operation, Param } from "../kit/index.js";

/** What stands in the fields, as the reader typed it. Nothing is thrown away until the engine has taken it. */
export type Draft = string | string[] | ItemDraft[];

export interface ItemDraft {
  /** Which of the forms an item may take. */
  shape: number;
  /** The word of the tag, for the form that takes any. */
  tag: string;
  values: Record<string, string>;
}

export type FieldKind = "text" | "bool" | "list" | "items" | "json";

/** Which kind of field a parameter gets. */
export function fieldKind(param: Param): FieldKind {
  if (param.items) return "items";
  if (/^list\[(str|int|float)\]/.test(param.type)) return "list";
  if (/^bool\b/.test(param.type)) return "bool";
  if (/\b(dict|list|tuple|set|callable|Any)\b/i.test(param.type)) return "json";
  return "text";
}

/** Whether a field is for a number, so that a phone shows its digits. */
export function isNumeric(type: string): boolean {
  return /\b(int|float)\b/.test(type) && !/\bstr\b/.test(type);
}

/** What a field starts with, by type. */
export function initialDraft(param: Param): Draft {
  switch (fieldKind(param)) {
    case "items":
      return [initialItem(param.items ?? [], 0)];
    case "list":
      return [param.type.includes("str") ? "a" : "1"];
    case "bool":
      return "True";
    case "json":
      if (param.type.startsWith("Any")) return '"a"';
      return /callable/i.test(param.type) ? '{ "sleep_ms": 10 }' : param.type.startsWith("list") ? "[]" : "{}";
    case "text":
      if (param.optional) return "";
      return isNumeric(param.type) ? "1" : "a";
  }
}

/** An item in one of its forms. */
export function initialItem(shapes: readonly ItemShape[], shape: number): ItemDraft {
  const form = shapes[shape];
  const values = Object.fromEntries((form?.fields ?? []).map((field) => [field.name, String(initialDraft(field))]));
  return { shape, tag: form?.tag?.value ?? "", values };
}

/** A value as a draft: the other way round, for calls that are taken from a story. */
export function draftOf(param: Param, value: unknown): Draft {
  const kind = fieldKind(param);
  if (kind === "items" && Array.isArray(value)) return value.map((item) => itemDraft(param.items ?? [], item));
  if (kind === "list" && Array.isArray(value)) return value.map(String);
  if (kind === "bool") return value === null ? "None" : value ? "True" : "False";
  if (kind === "json" || kind === "items" || kind === "list") return JSON.stringify(value);
  return value === null || value === undefined ? (param.optional ? "" : "None") : String(value);
}

function itemDraft(shapes: readonly ItemShape[], item: unknown): ItemDraft {
  const record = (item ?? {}) as Record<string, unknown>;
  const tagged = shapes.findIndex((each) => each.tag && record[each.tag.key] === each.tag.value);
  const open = shapes.findIndex((each) => !each.tag || each.tag.value === null);
  const shape = tagged >= 0 ? tagged : Math.max(0, open);
  const form = shapes[shape];
  const values = Object.fromEntries(
    (form?.fields ?? []).map((field) => [field.name, field.name in record ? String(draftOf(field, record[field.name])) : ""]),
  );
  return { shape, tag: form?.tag ? String(record[form.tag.key] ?? "") : "", values };
}

/** A typed text as a value of a type. What does not fit goes on as text: the engine says what is wrong with it. */
export function valueOf(type: string, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === "None" && /\bNone\b/.test(type)) return null;
  if (/^bool\b/.test(type)) return trimmed === "True" ? true : trimmed === "False" ? false : text;
  if (isNumeric(type)) {
    if (/^[-+]?\d[\d_]*$/.test(trimmed)) {
      const digits = trimmed.replaceAll("_", "");
      const number = Number(digits);
      return Number.isSafeInteger(number) ? number : BigInt(digits);
    }
    if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed)) return Number(trimmed);
    return text;
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function itemValue(shapes: readonly ItemShape[], draft: ItemDraft): Record<string, unknown> {
  const form = shapes[draft.shape];
  const item: Record<string, unknown> = {};
  if (form?.tag) item[form.tag.key] = form.tag.value ?? draft.tag;
  for (const field of form?.fields ?? []) {
    const text = draft.values[field.name] ?? "";
    if (field.optional && text === "") continue;
    item[field.name] = fieldKind(field) === "json" ? parsed(text) : valueOf(field.type, text);
  }
  return item;
}

/** Constructor arguments for a system nobody has given any: the required ones, with something of their type. */
export function initialConfig(params: readonly Param[]): unknown[] {
  return params.filter((param) => !param.optional).map((param) => (isNumeric(param.type) ? 3 : argumentOf(param, initialDraft(param))));
}

/** A draft as the argument it stands for. */
export function argumentOf(param: Param, draft: Draft): unknown {
  if (typeof draft === "string") return fieldKind(param) === "text" || fieldKind(param) === "bool" ? valueOf(param.type, draft) : parsed(draft);
  const element = param.type.replace(/^list\[(.*)\]$/, "$1");
  return draft.map((each) => (typeof each === "string" ? valueOf(element, each) : itemValue(param.items ?? [], each)));
}

/** The arguments of a call. Optional parameters at the end that were left empty are left out. */
export function argumentsOf(operation: Operation, drafts: Readonly<Record<string, Draft>>): unknown[] {
  const { params } = operation;
  const blank = (param: Param): boolean => param.optional === true && drafts[param.name] === "";
  const given = params.slice(0, params.findLastIndex((param) => !blank(param)) + 1);
  return given.map((param) => (blank(param) ? null : argumentOf(param, drafts[param.name] ?? initialDraft(param))));
}
