// Runs the cases in Node, where there is no browser. Prints JSON.
import { readFile } from "node:fs/promises";

import { measure } from "./cases.mjs";

const root = new URL("../../../", import.meta.url);
const kit = await import(new URL("pkg/specsight.js", root));
kit.initSync({ module: await readFile(new URL("pkg/specsight_bg.wasm", root)) });
const workload = JSON.parse(await readFile(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify({ engine: `Node ${process.versions.node}`, results: measure(kit, workload) }));
