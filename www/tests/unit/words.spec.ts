import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { docOf } from "../../src/words/docs.js";
import * as kit from "../../../pkg/specsight.js";

test.beforeAll(() => {
  kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });
});

test("what every method does is said in Cantonese too", () => {
  const untold = kit
    .systems()
    .flatMap((system) => system.operations.filter((operation) => docOf("zh-HK", system, operation).lang === "en").map((operation) => `${system.id}.${operation.name}: ${operation.doc}`));
  expect(untold).toEqual([]);
});

test("no translation is left over", () => {
  const said = new Set(kit.systems().flatMap((system) => system.operations.map((operation) => operation.doc)));
  const zh = JSON.parse(readFileSync(new URL("../../src/words/docs.zh.json", import.meta.url), "utf8")) as Record<string, string>;
  expect(Object.keys(zh).filter((english) => !said.has(english))).toEqual([]);
});
