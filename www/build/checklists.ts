import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin } from "vite";
import type { DrillChecklist, SystemInfo } from "../../pkg/specsight.js";
import { demandText } from "../src/story/demands.js";

const ID = "virtual:checklists";
const engines = fileURLToPath(new URL("../../pkg/specsight.js", import.meta.url));
const module = fileURLToPath(new URL("../../pkg/specsight_bg.wasm", import.meta.url));

/** The checks of every operation, out of the engines' catalogue while the page is built: a drill then needs no engine. */
export function checklists(): Plugin {
  return {
    name: "specsight-checklists",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    async load(id) {
      if (id !== `\0${ID}`) return undefined;
      this.addWatchFile(module);
      const kit = (await import(pathToFileURL(engines).href)) as typeof import("../../pkg/specsight.js");
      kit.initSync({ module: readFileSync(module) });
      return `export default ${JSON.stringify(JSON.stringify(kit.systems().flatMap(checklistsOf)))}`;
    },
  };
}

/** One check alone has no order. */
function checklistsOf({ id, className, operations }: SystemInfo): DrillChecklist[] {
  return operations
    .filter(({ checks }) => checks.length > 1)
    .map(({ name, level, params, async, checks }) => ({
      system: id,
      className,
      operation: name,
      level,
      params: params.map((param) => param.name),
      async,
      checks: checks.map((check) => ({
        rule: check.rule,
        noun: check.noun,
        refusal: check.refusal,
        demand: { en: demandText("en", check), zh: demandText("zh-HK", check) },
      })),
    }));
}
