import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import type { Param, SystemInfo } from "../../src/kit/types.js";
import type { Notes } from "../../src/notes/notes.js";
import { namesOf } from "../../src/notes/renames.js";
import type { StoryFile } from "../../src/story/file.js";
import * as kit from "../../../pkg/specsight.js";

kit.initSync({ module: readFileSync(new URL("../../../pkg/specsight_bg.wasm", import.meta.url)) });
const systems = new Map(kit.systems().map((info): [string, SystemInfo] => [info.id, info]));

const folder = new URL("../../../stories/", import.meta.url);
const stories = new Map(
  readdirSync(folder).map((file): [string, StoryFile & Partial<Notes>] => [
    file.replace(/\.json$/, ""),
    JSON.parse(readFileSync(new URL(file, folder), "utf8")) as StoryFile & Partial<Notes>,
  ]),
);

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (Array.isArray(value)) for (const each of value) collect(each, into);
  else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      into.add(key);
      collect(each, into);
    }
  }
}

/** Every word that a system has besides its methods: parameters, keys of batch items, and whatever its story puts into its state. */
function wordsOf(info: SystemInfo): Set<string> {
  const words = new Set<string>();
  const take = (params: readonly Param[]): void => {
    for (const param of params) {
      words.add(param.name);
      for (const item of param.items ?? []) take(item.fields);
    }
  };
  for (const operation of info.operations) take(operation.params);
  const story = stories.get(info.id);
  const engine = new kit.Engine(info.id, story?.config ?? []);
  for (const step of story?.steps ?? []) {
    if ("clock" in step) engine.setClock(step.clock);
    else {
      try {
        engine.call(step.call, step.args);
      } catch {
        // Stories call what is refused, too; it changes nothing.
      }
      collect(engine.state(), words);
    }
  }
  engine.free();
  return words;
}

test("what a template's names become is really there, and methods become methods", () => {
  let checked = 0;
  for (const [id, { renames = [] }] of stories) {
    const template = systems.get(id);
    if (!template || renames.length === 0) continue;
    const own = wordsOf(template);
    expect(new Set(renames.map(({ system }) => system)).size, id).toBe(renames.length);
    for (const each of renames) {
      const made = systems.get(each.system);
      if (!made) throw new Error(`${id} renames to ${each.system}, which is not there`);
      const words = wordsOf(made);
      const methods = new Set(made.operations.map(({ name }) => name));
      const taken: string[] = [];
      for (const { from, to, what } of namesOf(template, each)) {
        const place = `${id} as ${each.system}: ${from} becomes ${to}`;
        expect(from, place).not.toBe(to);
        if (what !== "method") expect(own, place).toContain(from);
        if (what === "method") taken.push(to);
        else expect(words, place).toContain(to);
        checked += 1;
      }
      for (const name of taken) expect(methods, `${id} as ${each.system}`).toContain(name);
      expect(new Set(taken).size, `${id} as ${each.system}: two methods become one`).toBe(taken.length);
    }
  }
  expect(checked).toBeGreaterThan(300);
});

test("every template says what it turns into", () => {
  for (const id of systems.keys()) expect((stories.get(id)?.renames ?? []).length > 0, id).toBe(id.startsWith("generic_"));
});

test("code in a variant is closed, in both languages", () => {
  for (const [id, { variants = [] }] of stories) {
    for (const { text } of variants) {
      for (const words of [text.en, text.zh]) expect(words.split("`").length % 2, `${id}: ${words}`).toBe(1);
    }
  }
});
