import type { Change, ViewEntry, ViewNode } from "../kit/index.js";

/** A node of the state with what a call did to it; removed entries are there too, where they were. */
export interface MarkedNode {
  node: ViewNode;
  mark?: Change["kind"];
  /** The old value of a changed one, or the text of a removed one. */
  before?: string;
  /** For a container: its entries, and between them how many are folded away. */
  entries: (MarkedEntry | Fold)[];
  /** Something inside changed. */
  touched: boolean;
}

export interface MarkedEntry {
  key: string | number;
  keyText: string;
  value: MarkedNode;
}

/** Entries that are not shown. */
export interface Fold {
  folded: number;
}

export function isFold(entry: MarkedEntry | Fold): entry is Fold {
  return "folded" in entry;
}

/** The changes as a tree along their paths, so that marking walks both trees once. */
interface ChangeNode {
  change?: Change;
  /** A key that stands elsewhere is removed and added: both have one path. */
  removed?: Change;
  below: Map<string | number, ChangeNode>;
}

function plant(changes: readonly Change[]): ChangeNode {
  const root: ChangeNode = { below: new Map() };
  for (const change of changes) {
    let node = root;
    for (const piece of change.path) {
      let next = node.below.get(piece);
      if (!next) node.below.set(piece, (next = { below: new Map() }));
      node = next;
    }
    if (change.kind === "removed") node.removed = change;
    else node.change = change;
  }
  return root;
}

/** Joins a state, the state before it and the changes between them into one tree to draw. */
export function markState(after: ViewNode, before: ViewNode | undefined, changes: readonly Change[]): MarkedNode {
  return mark(after, before, plant(changes));
}

function mark(after: ViewNode, before: ViewNode | undefined, at: ChangeNode | undefined): MarkedNode {
  const change = at?.change;
  const node: MarkedNode = { node: after, entries: [], touched: at !== undefined };
  if (change) {
    node.mark = change.kind;
    if (change.beforeText !== undefined) node.before = change.beforeText;
  }
  if (!("entries" in after)) return node;
  const old = before && "entries" in before ? before : undefined;
  const oldByKey = new Map(old?.entries.map((entry) => [entry.key, entry]));
  const entries: MarkedEntry[] = after.entries.map((entry) => ({
    key: entry.key,
    keyText: entry.keyText,
    value: mark(entry.node, oldByKey.get(entry.key)?.node, at?.below.get(entry.key)),
  }));
  node.entries = withFolds(after, insertRemoved(entries, old?.entries ?? [], at));
  return node;
}

/** Puts removed entries back after the neighbour they stood behind. */
function insertRemoved(entries: MarkedEntry[], old: readonly ViewEntry[], at: ChangeNode | undefined): MarkedEntry[] {
  if (!at) return entries;
  for (const [index, entry] of old.entries()) {
    const change = at.below.get(entry.key)?.removed;
    if (!change) continue;
    const ghost: MarkedEntry = {
      key: entry.key,
      keyText: entry.keyText,
      value: { node: entry.node, mark: "removed", before: change.beforeText ?? "", entries: [], touched: true },
    };
    // A neighbour that is gone from its place stands there as a ghost, wherever else it stands now.
    const stands = (other: ViewEntry): number =>
      entries.findIndex((e) => e.key === other.key && (e.value.mark === "removed") === (at.below.get(other.key)?.removed !== undefined));
    const behind = old.slice(0, index).findLast((other) => stands(other) >= 0);
    entries.splice(behind ? stands(behind) + 1 : 0, 0, ghost);
  }
  return entries;
}

/**
 * Says where entries are missing. A list's positions tell it exactly; a dict shows its first entries and then those that
 * were asked for, so what is missing lies before the asked-for ones.
 */
function withFolds(node: Extract<ViewNode, { entries: unknown }>, entries: MarkedEntry[]): (MarkedEntry | Fold)[] {
  const missing = node.size - node.entries.length;
  if (missing <= 0) return entries;
  if (node.kind === "list" || node.kind === "tuple") {
    const result: (MarkedEntry | Fold)[] = [];
    let next = 0;
    for (const entry of entries) {
      if (entry.value.mark !== "removed" && typeof entry.key === "number") {
        if (entry.key > next) result.push({ folded: entry.key - next });
        next = entry.key + 1;
      }
      result.push(entry);
    }
    if (next < node.size) result.push({ folded: node.size - next });
    return result;
  }
  const firstTouched = entries.findLastIndex((entry) => !entry.value.touched) + 1;
  const fold: Fold = { folded: missing };
  return [...entries.slice(0, firstTouched), fold, ...entries.slice(firstTouched)];
}
