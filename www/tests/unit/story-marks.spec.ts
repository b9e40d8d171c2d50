import { expect, test } from "@playwright/test";
import type { Change, ViewNode } from "../../src/kit/index.js";
import { isFold, markState } from "../../src/story/marks.js";

/** A dict of numbers, each under its own name. */
function dict(names: string): ViewNode {
  const entries = [...names].map((name) => ({ key: name, keyText: `"${name}"`, node: { kind: "int" as const, text: name } }));
  return { kind: "dict", size: entries.length, entries };
}

const removed = (name: string): Change => ({ path: [name], kind: "removed", before: 0, beforeText: name });
const added = (name: string, position?: number): Change => ({
  path: [name],
  kind: "added",
  after: 0,
  afterText: name,
  ...(position === undefined ? {} : { position }),
});

function shown(before: string, after: string, changes: Change[]): string {
  const { entries } = markState(dict(after), dict(before), changes);
  const signs = { added: "+", removed: "-", changed: "~" };
  return entries.map((entry) => (isFold(entry) ? "…" : `${entry.value.mark ? signs[entry.value.mark] : ""}${entry.key}`)).join(" ");
}

test("what was removed stands where it was", () => {
  expect(shown("abcd", "ad", [removed("b"), removed("c")])).toBe("a -b -c d");
  expect(shown("ab", "b", [removed("a")])).toBe("-a b");
});

test("a key that stands elsewhere is gone from its place and comes at another", () => {
  expect(shown("abc", "bca", [removed("a"), added("a")])).toBe("-a b c +a");
  expect(shown("bca", "abc", [removed("a"), added("a", 0)])).toBe("+a b c -a");
  expect(shown("abcd", "adb", [removed("b"), removed("c"), added("b")])).toBe("a -b -c d +b");
});
