import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/browser.js";
import { basePath, port } from "./tests/address.mjs";

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // A busy machine is slow, not wrong.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  outputDir: "../test-results/playwright",
  use: {
    baseURL: `http://127.0.0.1:${port}${basePath}`,
    locale: "en-GB",
    launchOptions: {
      executablePath: findBrowser(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    },
  },
  webServer: {
    command: "node tests/server.mjs",
    url: `http://127.0.0.1:${port}${basePath}`,
    reuseExistingServer: false,
  },
});
