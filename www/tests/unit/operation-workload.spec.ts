import { expect, test } from "@playwright/test";
import { html } from "lit";
import type { Param } from "../../src/kit/types.js";
import { href } from "../../src/router/index.js";
import { plain } from "../../src/pages/operation/plain.js";
import { parseArgs, limitValue } from "../../src/pages/operation/session.js";
import { MAX_BESIDE, readSettings, writeSettings, type Settings } from "../../src/pages/operation/settings.js";
import { edited, exampleArgs, shapeOf, spoil, templatesOf } from "../../src/pages/operation/workload.js";

const reread = (settings: Settings): Settings =>
  readSettings(new URLSearchParams(href("/timing/operation", writeSettings(settings)).split("?")[1] ?? ""));

test.describe("settings", () => {
  const none = readSettings(new URLSearchParams());

  test("survive being an address", () => {
    const all: Settings[] = [
      none,
      { ...none, system: "bank", operation: "process_batch", args: '[1, [{"a": "b&c=d#e%"}], 2]' },
      { ...none, items: 0, invalid: [], limit: "-3", beside: [], axis: "order", at: 12.5, zoom: { from: 2, to: 12.5 } },
      { ...none, items: 7, invalid: [0, 6], limit: "a lot", beside: [{ kind: "other" }, { kind: "limit", limit: 4 }], axis: "time", at: 0 },
    ];
    for (const settings of all) expect(reread(settings)).toEqual(settings);
  });

  test("pass over what makes no sense, but keep a limit as typed", () => {
    const odd = readSettings(new URLSearchParams("items=-1&invalid=x,2,2,-1,1&limit=zero&beside=bad,limit-x&axis=up&at=never"));
    expect(odd).toEqual({ ...none, invalid: [1, 2], limit: "zero", beside: [] });
    const many = readSettings(new URLSearchParams({ beside: Array.from({ length: 20 }, (_, i) => `limit-${i}`).join(",") }));
    expect(many.beside).toHaveLength(MAX_BESIDE);
  });

  test("a limit is a number only if it is one", () => {
    expect([" 3 ", "0", "-2", "2.5", "", "x", "Infinity"].map(limitValue)).toEqual([3, 0, -2, 2.5, "", "x", "Infinity"]);
  });

  test("typed arguments are a list, or say what is wrong", () => {
    expect(parseArgs("[1]")).toEqual({ args: [1] });
    expect(parseArgs("{}")).toMatchObject({ reason: "list" });
    expect(parseArgs("[1")).toMatchObject({ reason: "json" });
  });
});

test.describe("a workload", () => {
  const param = (name: string, type: string): Param => ({ name, type });
  const batch = { params: [param("timestamp", "int"), param("items", "list[dict]"), param("max_concurrent", "int")] };
  const shape = shapeOf(batch);
  const items = [{ id: "a", amount: 5 }, { id: "ghost", amount: 5 }, { id: "b", amount: 9 }];
  const args = [1000, items, 2];
  const templates = templatesOf(items, [1]);

  test("is read off the signature", () => {
    expect(shape).toEqual({ list: 1, limit: 2, limitName: "max_concurrent", noun: "item" });
    expect(shapeOf({ params: [param("timestamp", "int"), param("num_workers", "int")] })).toMatchObject({ list: undefined, limit: 1, noun: "worker" });
    expect(shapeOf({ params: [param("timestamp", "int"), param("id", "str")] })).toMatchObject({ limit: undefined, noun: "task" });
  });

  test("stays the very same without edits", () => {
    expect(edited(args, shape, templates, {})).toEqual(args);
    expect(edited(args, shape, templates, { items: 3, invalid: [1], limit: 2 })).toEqual(args);
  });

  test("one edit changes one thing", () => {
    expect(edited(args, shape, templates, { limit: 7 })).toEqual([1000, items, 7]);
    expect(edited(args, shape, templates, { items: 2 })).toEqual([1000, items.slice(0, 2), 2]);
    const [, spoilt] = edited(args, shape, templates, { invalid: [1, 2] }) as [number, unknown[]];
    expect(spoilt).toEqual([items[0], items[1], items[1]]);
    const [, mended] = edited(args, shape, templates, { invalid: [] }) as [number, unknown[]];
    expect(mended).toEqual([items[0], { id: "b", amount: 1 }, items[2]]);
  });

  test("grows to any length with as many invalid items as asked for", () => {
    const [, grown] = edited(args, shape, templates, { items: 50, invalid: [0, 49] }) as [number, { id: string }[]];
    expect(grown).toHaveLength(50);
    expect(grown.flatMap(({ id }, index) => (id === "ghost" ? [index] : []))).toEqual([0, 49]);
  });

  test("is spoilt in its first name when nothing invalid is known", () => {
    expect(spoil("user1")).toBe("nobody");
    expect(spoil({ type: "deposit", account_id: "alice", amount: 1 })).toEqual({ type: "deposit", account_id: "nobody", amount: 1 });
    expect(spoil(["#dev", "alice"])).toEqual(["nobody", "alice"]);
    expect(spoil(null)).toBeNull();
  });

  test("has an example for every kind of parameter", () => {
    const fields = [param("account_id", "str"), param("amount", "int")];
    const params: Param[] = [param("timestamp", "int"), { ...param("ops", "list[dict]"), items: [{ tag: { key: "type", value: "pay" }, fields }] }, param("keys", "list[str]"), param("pairs", "list[tuple[str, int]]"), param("call", "async callable")];
    expect(exampleArgs(params)).toEqual([1000, [{ type: "pay", account_id: "a", amount: 2 }], ["a", "b", "c"], [["a", 2]], { sleep_ms: 10 }]);
  });
});

test("a marked-up sentence reads the same as plain text", () => {
  expect(plain(html`there is no account ${html`<code>${"zoe"}</code>`}: ${3}`)).toBe("there is no account zoe: 3");
  expect(plain("as it is")).toBe("as it is");
  expect(plain(undefined)).toBe("");
});
