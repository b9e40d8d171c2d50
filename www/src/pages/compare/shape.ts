import type { Check, Operation, Param } from "../../kit/types.js";

/** What kind of value a Python type is, as far as it matters when two methods are compared. */
export type Kind = "none" | "bool" | "number" | "str" | "list" | "dict" | "tuple" | "callable" | "any";

/** The kind of a type; that it may also be None is `mayBeNone`. */
export function kindOf(type: string): Kind {
  const plain = type.replace(/ \| None$/, "");
  if (/^(int|float)( \| (int|float))*$/.test(plain)) return "number";
  if (plain === "None" || plain === "bool" || plain === "str") return plain === "None" ? "none" : plain;
  const container = /^(list|dict|tuple)\b/.exec(plain)?.[1] as "list" | "dict" | "tuple" | undefined;
  return container ?? (plain.endsWith("callable") ? "callable" : "any");
}

/** The kind of a parameter; lists of ids and lists of dicts are different things to give. */
export function paramKindOf(type: string): string {
  const kind = kindOf(type);
  const inner = /^list\[(.*)\]$/.exec(type)?.[1];
  return inner === undefined ? kind : `${kind} of ${kindOf(inner)}`;
}

/** The parameters besides the time of the call, which every method of a system takes in the same place. */
export function ownParams(operation: Operation): readonly Param[] {
  return operation.params.filter((param) => param.name !== "timestamp");
}

/** Where a method takes the time of the call. */
export type TimestampPlace = "none" | "first" | "later";

export function timestampOf(operation: Operation): TimestampPlace {
  const at = operation.params.findIndex((param) => param.name === "timestamp");
  return at < 0 ? "none" : at === 0 ? "first" : "later";
}

/** Whether a method runs many items under a limit. */
export function isBounded(operation: Operation): boolean {
  return operation.params.some((param) => param.name === "max_concurrent" || param.name === "num_workers");
}

/** The rules of the checks, with how often each stands there. */
export function rulesOf(operation: Operation): readonly Check["rule"][] {
  return operation.checks.map((check) => check.rule);
}

/** How alike two bags are, from 0 to 100: twice what they share by what they hold together. */
export function alike(left: readonly string[], right: readonly string[]): number {
  if (left.length + right.length === 0) return 100;
  const rest = [...right];
  const shared = left.filter((each) => {
    const at = rest.indexOf(each);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return Math.round((200 * shared.length) / (left.length + right.length));
}
