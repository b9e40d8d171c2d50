import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const source = fileURLToPath(new URL("./offline-worker.js", import.meta.url));

/** Writes the service worker, with the list of what the build made: after one visit everything is there offline. */
export function offline(): Plugin {
  let publicDir = "";
  return {
    name: "specsight-offline",
    apply: "build",
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const files = [...Object.keys(bundle), ...readdirSync(publicDir), "index.html"].filter((file) => !file.endsWith(".map"));
        const list = JSON.stringify([...new Set(files)].toSorted(), null, 2);
        const version = createHash("sha256").update(list).digest("hex").slice(0, 12);
        const code = readFileSync(source, "utf8").replace('"VERSION"', () => JSON.stringify(version)).replace("[/* FILES */]", () => list);
        this.emitFile({ type: "asset", fileName: "offline.js", source: code });
      },
    },
  };
}
