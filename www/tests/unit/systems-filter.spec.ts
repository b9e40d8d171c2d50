import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { href } from "../../src/router/index.js";
import { asked, filterKeys, left, mechanisms, noFilters, readFilters, select, type Filters } from "../../src/pages/systems/filter.js";
import { pieces, wordsOf } from "../../src/pages/systems/find.js";
import type { SystemInfo } from "../../src/kit/types.js";

// The laws are checked over the catalogue itself: it is what readers browse.
let systems: readonly SystemInfo[] = [];
test.beforeAll(async () => {
  const kit = await import("../../../pkg/specsight.js");
  kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });
  systems = kit.systems();
});

const ids = (filters: Partial<Filters>): string[] => select(systems, { ...noFilters, ...filters }).map(({ system }) => system.id);

test("filters survive being an address", () => {
  const all: Filters = { family: "flat", group: "Flat+Lazy", uses: "merge", level: "4", q: "get & balance=1" };
  for (const filters of [all, noFilters]) {
    expect(readFilters(new URLSearchParams(href("/systems", { ...filters }).split("?")[1] ?? ""))).toEqual(filters);
  }
  expect(asked(all)).toEqual(filterKeys);
  expect(asked({ ...noFilters, q: "  " })).toEqual([]);
});

test("without filters everything is there, in teaching order and with nothing to explain", () => {
  expect(ids({})).toEqual(systems.map(({ id }) => id));
  expect(select(systems, noFilters).every(({ evidence }) => evidence.length === 0)).toBe(true);
});

test("a system is found by every name, summary, method, signal, mechanism and pattern it has, in any case", () => {
  for (const system of systems) {
    const { id, className, title, summary, signals, uses, operations, patterns } = system;
    const words = [
      ...[id, className, title.en, title.zh, summary.en, summary.zh, ...signals, ...Object.values(patterns)],
      ...uses.flatMap((pattern) => [pattern.id, pattern.title.en, pattern.title.zh]),
      ...operations.map(({ name }) => name),
    ];
    for (const q of words) expect(ids({ q: q.toUpperCase() }), q).toContain(id);
  }
});

test("a method is found at its own level, told as the reason, and at no level that lacks its name", () => {
  for (const system of systems) {
    for (const operation of system.operations) {
      const found = select([system], { ...noFilters, q: operation.name, level: String(operation.level) });
      expect(found[0]?.evidence).toContainEqual({ kind: "method", operation });
    }
  }
  expect(ids({ q: "get_balance", level: "4" })).toContain("bank");
  expect(ids({ q: "get_balance", level: "1" })).not.toContain("bank");
});

test("every word must be found, so a further word never adds a system", () => {
  for (const [first, second] of [["merge", "lock"], ["ttl", "backup"], ["lazy", "合併"]] as const) {
    const both = ids({ q: `${first} ${second}` });
    expect(both).toEqual(ids({ q: first }).filter((id) => ids({ q: second }).includes(id)));
    expect(both.length).toBeGreaterThan(0);
  }
});

test("the number beside a value is what choosing it leaves", () => {
  const settings: Partial<Filters>[] = [{}, { family: "flat" }, { uses: "merge" }, { q: "backup", group: "Nested+TTL" }, { level: "5", q: "batch" }, { q: "zzz" }];
  for (const filters of settings.map((some) => ({ ...noFilters, ...some }))) {
    for (const key of filterKeys) {
      for (const [value, n] of left(systems, filters, key)) {
        expect(n, `${key}=${value} with ${JSON.stringify(filters)}`).toBe(select(systems, { ...filters, [key]: value }).length);
      }
    }
  }
});

test("a mechanism lists exactly the systems made of it, and an unknown one lists none", () => {
  for (const { id } of mechanisms(systems)) {
    expect(ids({ uses: id })).toEqual(systems.filter(({ uses }) => uses.some((pattern) => pattern.id === id)).map((system) => system.id));
  }
  for (const key of ["family", "group", "uses", "level"]) expect(ids({ [key]: "no such thing" })).toEqual([]);
});

test("the pieces of a text are the text, and what is found is a word of the search", () => {
  expect(wordsOf(" fail_fast, TOP-N　合併 - ")).toEqual(["fail fast", "top n", "合併"]);
  for (const text of ["merge_accounts", "Merge（合併）", "aaa", ""]) {
    for (const q of ["merge acc", "合併", "aa a", "", "zzz"]) {
      const parts = pieces(text, wordsOf(q));
      expect(parts.map((part) => part.text).join("")).toBe(text);
      for (const part of parts.filter(({ found }) => found)) expect(wordsOf(q).some((word) => wordsOf(part.text).join(" ").includes(word))).toBe(true);
    }
  }
});
