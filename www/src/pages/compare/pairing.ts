import type { Concept } from "./concepts.js";
import type { Meaning } from "./meaning.js";
import { alike, kindOf } from "./shape.js";

/** What the methods of the left system are called in the right one, where somebody has said so. */
export type Renames = ReadonlyMap<string, string>;

/** Below this two methods of a level have too little in common. */
const enough = 50;
/** Between levels a purpose that a system has once is enough; of the common ones only the very alike come together. */
const enoughAcross = (concept: Concept): number => (common.has(concept) ? 92 : 64);
const common: ReadonlySet<Concept> = new Set(["put", "get", "delete", "update", "list", "count", "batch", "bounded"]);

/** Two methods of equal meaning, left and right. */
export type Pair = readonly [Meaning, Meaning];

/** By the places of both; what is left of the order is decided by the names, since neither side goes before the other. */
function inOrder([a, b]: Pair, [c, d]: Pair): number {
  const names = (l: Meaning, r: Meaning): string => [l.operation.name, r.operation.name].toSorted().join(" ");
  return a.index + b.index - (c.index + d.index) || names(a, b).localeCompare(names(c, d), "en");
}

/**
 * Brings methods of equal meaning together: those of one name at one level, those that are known to be renamed, then the
 * most alike first. A method has one partner at the most, and with the sides swapped the pairs are the same, mirrored.
 */
export function pairUp(left: readonly Meaning[], right: readonly Meaning[], renames: Renames): Pair[] {
  const pairs: Pair[] = [];
  const taken = new Set<Meaning>();
  const take = (candidates: readonly Pair[]): void => {
    for (const pair of candidates) {
      if (pair.some((meaning) => taken.has(meaning))) continue;
      pairs.push(pair);
      for (const meaning of pair) taken.add(meaning);
    }
  };
  const all = left.flatMap((l) => right.map((r): Pair => [l, r]));
  take(all.filter(([l, r]) => l.operation.name === r.operation.name && sameLevel(l, r)));
  take(all.filter(([l, r]) => renames.get(l.operation.name) === r.operation.name));
  const scored = all.map((pair) => ({ pair, score: score(...pair) }));
  // Distance and sum of the places tell all candidates of one score apart but (a, b) from (b, a), which never compete.
  scored.sort((a, b) => b.score - a.score || apart(a.pair) - apart(b.pair) || sum(a.pair) - sum(b.pair));
  take(scored.flatMap(({ pair, score }) => (sameLevel(...pair) && score >= enough ? [pair] : [])));
  take(scored.flatMap(({ pair, score }) => (isAlikeAcross(pair, score) ? [pair] : [])));
  return pairs.toSorted(inOrder);
}

const sameLevel = (left: Meaning, right: Meaning): boolean => left.operation.level === right.operation.level;

function isAlikeAcross([left, right]: Pair, score: number): boolean {
  const { verb } = left;
  return verb !== undefined && verb.line === right.verb?.line && score >= enoughAcross(verb.concept);
}

const apart = ([l, r]: Pair): number => Math.abs(l.index - r.index);
const sum = ([l, r]: Pair): number => l.index + r.index;

/** How alike two methods are, in whole numbers so that both directions agree. Without a common purpose it is 0. */
export function score(left: Meaning, right: Meaning): number {
  const sameName = left.operation.name === right.operation.name;
  const purpose = sameName ? 64 : purposeOf(left, right);
  if (purpose === 0) return 0;
  const shared = left.qualifiers.filter((word) => right.qualifiers.includes(word)).length;
  const own = left.qualifiers.length + right.qualifiers.length - 2 * shared;
  const points =
    100 * (purpose + 6 * shared - 16 * own) +
    18 * alike(left.rest, right.rest) +
    16 * alike(kinds(left), kinds(right)) +
    16 * alike(left.rules, right.rules) +
    (kindOf(left.operation.returns) === kindOf(right.operation.returns) ? 800 : 0) +
    (left.strategy !== undefined && left.strategy === right.strategy ? 1200 : 0) -
    (left.operation.async === right.operation.async ? 0 : 1200);
  return Math.round(points / 100);
}

const kinds = (meaning: Meaning): string[] => meaning.params.map(({ kind }) => kind);

function purposeOf(left: Meaning, right: Meaning): number {
  const [a, b] = [left.verb, right.verb];
  if (!a || !b) return 0;
  if (a.concept === b.concept) return a.line === b.line ? 40 : 28;
  return [a, b].every(({ concept }) => concept === "get" || concept === "count") ? 12 : 0;
}
