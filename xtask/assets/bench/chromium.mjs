// Runs the cases in the browser named by CHROME, and lists what the built page loads on its first visit.
// Prints JSON. Nothing is served: requests are answered from the project's folders.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../../../", import.meta.url);
const { chromium } = createRequire(new URL("www/package.json", root))("@playwright/test");

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

// Only a page that is isolated from others may read a clock finer than a tenth of a millisecond.
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const EMPTY_PAGE = "<!doctype html><title>Benchmark</title>";

const workload = JSON.parse(await readFile(process.argv[2], "utf8"));
const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"];
const browser = await chromium.launch({ executablePath: process.env.CHROME, args });
try {
  const results = await bench();
  const firstLoad = await loadedBy("www/dist/");
  const chart = await frames("www/dist/");
  process.stdout.write(JSON.stringify({ engine: `Chromium ${browser.version()}`, results, firstLoad, chart }));
} finally {
  await browser.close();
}

async function bench() {
  const page = await pageOn("", []);
  await page.goto("http://localhost/");
  return page.evaluate(async (workload) => {
    const kit = await import("/pkg/specsight.js");
    await kit.default();
    const { measure } = await import("/xtask/assets/bench/cases.mjs");
    return measure(kit, workload);
  }, workload);
}

/** The files of a folder that its start page loads until it comes to rest. */
async function loadedBy(folder) {
  const loaded = [];
  const page = await pageOn(folder, loaded);
  await page.goto("http://localhost/index.html", { waitUntil: "networkidle" });
  return loaded;
}

/** What the page's own benchmark finds: how smoothly a large timeline moves, and how long large batches take. */
async function frames(folder) {
  // A service worker that fills its cache meanwhile would be measured, too.
  const page = await pageOn(folder, [], { viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await page.goto("http://localhost/index.html#/timing/benchmark?run");
  const table = page.locator("[data-measured]");
  await table.waitFor({ timeout: 300_000 });
  return JSON.parse(await table.getAttribute("data-measured"));
}

async function pageOn(folder, loaded, options = {}) {
  const page = await browser.newPage(options);
  await page.route("**/*", async (route) => {
    const path = folder + new URL(route.request().url()).pathname.slice(1);
    if (path === "") return route.fulfill({ body: EMPTY_PAGE, contentType: "text/html", headers: ISOLATED });
    try {
      const body = await readFile(fileURLToPath(new URL(path, root)));
      loaded.push(path);
      await route.fulfill({ body, contentType: TYPES[extname(path)] ?? "application/octet-stream", headers: ISOLATED });
    } catch {
      await route.fulfill({ status: 404 });
    }
  });
  return page;
}
