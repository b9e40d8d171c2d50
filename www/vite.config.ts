import { defineConfig } from "vite";
import { checklists } from "./build/checklists.js";
import { offline } from "./build/offline.js";

export default defineConfig({
  // Every address in the output is relative, so the folder works under any path of any static host.
  base: "./",
  plugins: [checklists(), offline()],
  server: { fs: { allow: [".."] } },
  // A thread of an embedded element finds the engines beside its own script, not beside the notes.
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The browsers that have `light-dark()`: the themes are written with it and must reach the page as they are.
    target: ["chrome123", "firefox121", "safari17.5"],
    // The WebAssembly and the fonts stay files: they are cached and streamed, never inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", embed: "src/embed.ts" },
      output: {
        // Study notes name this file, so it keeps its address from build to build.
        entryFileNames: (chunk) => (chunk.name === "embed" ? "embed.js" : "assets/[name]-[hash].js"),
      },
      preserveEntrySignatures: "strict",
    },
  },
});
