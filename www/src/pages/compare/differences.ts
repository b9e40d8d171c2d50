import type { Check, L6Kind, Level, Param } from "../../kit/types.js";
import type { Meaning, Parameter } from "./meaning.js";
import { kindOf, timestampOf, type TimestampPlace } from "./shape.js";

export type Side = "left" | "right";

/** Something of both sides. */
export interface Both<T> {
  left: T;
  right: T;
}

/** In what two methods of equal meaning differ. */
export type Difference =
  | ({ kind: "level" } & Both<Level>)
  | ({ kind: "timestamp" } & Both<TimestampPlace>)
  /** Parameters that have no like on the other side. */
  | ({ kind: "params" } & Both<readonly Param[]>)
  /** The parameters that both take, in the order of each side. */
  | ({ kind: "order" } & Both<readonly Param[]>)
  | ({ kind: "type" } & Both<Param>)
  | ({ kind: "optional"; side: Side } & Both<Param>)
  | ({ kind: "returns"; listAgainstString: boolean } & Both<string>)
  | { kind: "async"; side: Side }
  | ({ kind: "strategy" } & Both<L6Kind>)
  | { kind: "check"; side: Side; check: Check }
  /** The same check with another answer. */
  | ({ kind: "refusal" } & Both<Check>)
  /** The same checks, in another order. */
  | { kind: "checkOrder" };

/** What comparing two methods found. */
export interface Findings {
  differences: readonly Difference[];
  /** Checks of both sides with the same answer. */
  shared: readonly Both<Check>[];
}

/** Compares two methods that belong together; with the sides swapped the findings are mirrored. */
export function findingsOf(left: Meaning, right: Meaning): Findings {
  const { differences, shared } = inChecks(left.operation.checks, right.operation.checks);
  return { differences: [...inWhole(left, right), ...inParams(left.params, right.params), ...inAnswer(left, right), ...differences], shared };
}

function inWhole(left: Meaning, right: Meaning): Difference[] {
  const [l, r] = [left.operation, right.operation];
  const found: Difference[] = [];
  if (l.level !== r.level) found.push({ kind: "level", left: l.level, right: r.level });
  if (l.async !== r.async) found.push({ kind: "async", side: l.async ? "left" : "right" });
  if (left.strategy && right.strategy && left.strategy !== right.strategy) {
    found.push({ kind: "strategy", left: left.strategy, right: right.strategy });
  }
  const times = { left: timestampOf(l), right: timestampOf(r) };
  if (times.left !== times.right) found.push({ kind: "timestamp", ...times });
  return found;
}

function inAnswer({ operation: left }: Meaning, { operation: right }: Meaning): Difference[] {
  if (loose(left.returns) === loose(right.returns)) return [];
  const kinds = [kindOf(left.returns), kindOf(right.returns)];
  return [{ kind: "returns", left: left.returns, right: right.returns, listAgainstString: kinds.includes("list") && kinds.includes("str") }];
}

/** Whether numbers are whole makes no method another one. */
const loose = (type: string): string => type.replaceAll(/\bint \| float\b|\bfloat\b/g, "int");

function inParams(left: readonly Parameter[], right: readonly Parameter[]): Difference[] {
  const byRole = matched(left, right, (parameter) => parameter.role);
  const byKind = matched(byRole.left, byRole.right, (parameter) => parameter.kind);
  const pairs = [...byRole.pairs, ...byKind.pairs].map(([l, r]): Both<Parameter> => ({ left: l, right: r }));
  const found: Difference[] = [];
  const alone = { left: byKind.left.map(({ param }) => param), right: byKind.right.map(({ param }) => param) };
  if (alone.left.length + alone.right.length > 0) found.push({ kind: "params", ...alone });
  const inLeft = pairs.toSorted((a, b) => left.indexOf(a.left) - left.indexOf(b.left));
  const inRight = pairs.toSorted((a, b) => right.indexOf(a.right) - right.indexOf(b.right));
  if (inLeft.some((pair, i) => pair !== inRight[i])) {
    found.push({ kind: "order", left: inLeft.map((pair) => pair.left.param), right: inRight.map((pair) => pair.right.param) });
  }
  for (const { left: { param: l }, right: { param: r } } of inLeft) {
    if (loose(l.type) !== loose(r.type)) found.push({ kind: "type", left: l, right: r });
    if ((l.optional ?? false) !== (r.optional ?? false)) found.push({ kind: "optional", side: l.optional ? "left" : "right", left: l, right: r });
  }
  return found;
}

function inChecks(left: readonly Check[], right: readonly Check[]): Findings {
  const { pairs, ...alone } = matched(left, right, (check) => check.rule);
  const differences: Difference[] = [];
  const shared: Both<Check>[] = [];
  for (const [l, r] of pairs) {
    if (l.refusal === r.refusal) shared.push({ left: l, right: r });
    else differences.push({ kind: "refusal", left: l, right: r });
  }
  for (const side of ["left", "right"] as const) {
    for (const check of alone[side]) differences.push({ kind: "check", side, check });
  }
  const places = pairs.map(([, r]) => right.indexOf(r));
  if (places.some((place, i) => place < (places[i - 1] ?? 0))) differences.push({ kind: "checkOrder" });
  return { differences, shared };
}

/** Brings together what has the same key, the first with the first, in the order of the left side; the rest stays alone. */
function matched<T>(left: readonly T[], right: readonly T[], key: (each: T) => string): { pairs: [T, T][]; left: T[]; right: T[] } {
  const rest = [...right];
  const pairs: [T, T][] = [];
  const alone = left.filter((l) => {
    const at = rest.findIndex((r) => key(r) === key(l));
    const [r] = at < 0 ? [] : rest.splice(at, 1);
    if (r !== undefined) pairs.push([l, r]);
    return r === undefined;
  });
  return { pairs, left: alone, right: rest };
}

/** What to mark in the signature of one side: names of parameters, `returns`, `async`. */
export function marksOf(differences: readonly Difference[], side: Side): ReadonlySet<string> {
  const marks = new Set<string>();
  for (const difference of differences) {
    switch (difference.kind) {
      case "timestamp":
        marks.add("timestamp");
        break;
      case "params":
        for (const param of difference[side]) marks.add(param.name);
        break;
      case "type":
      case "optional":
        marks.add(difference[side].name);
        break;
      case "returns":
        marks.add("-> returns");
        break;
      case "async":
        marks.add("async");
        break;
    }
  }
  return marks;
}
