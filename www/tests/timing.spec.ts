import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Workload } from "../src/kit/types.js";
import * as kit from "../../pkg-laboratory/laboratory.js";
import { accessibility, test } from "./verbs.js";

kit.initSync({ module: readFileSync(new URL("../../pkg-laboratory/laboratory_bg.wasm", import.meta.url)) });

/** The total of a strategy, straight from the package. */
function totalOf(strategy: string, workload: Workload): number {
  const timeline = kit.Timeline.ofStrategy(strategy, workload);
  while (!timeline.advance().done);
  const { totalMs } = timeline.analysis();
  timeline.free();
  return totalMs;
}

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`#/timing${query}`);
  await expect(page.getByRole("heading", { level: 1, name: "Why is the total this number?" })).toBeVisible();
}

/** The words and source of a strategy. */
const strategy = (page: Page, name: string): Locator => page.locator(".strategies > li").filter({ has: page.getByRole("heading", { name }) });

test("every strategy can be added, and its total is the model's", async ({ page }) => {
  const workload: Workload = { items: 5, invalid: [{ item: 1, check: 1 }], sleep: { listed: [10, 20, 5] }, maxConcurrent: 2, sharedLock: true };
  for (const { id, title } of kit.strategies()) {
    await open(page, `?n=5&bad=2&sleep=10,20,5&with=${id}`);
    await expect(strategy(page, title.en)).toBeVisible();
    const total = totalOf(id, workload);
    if (id === "pair_lock_unsorted") await expect(strategy(page, title.en)).toContainText("Deadlock");
    else await expect(page.locator("specsight-timeline")).toContainText(`${total} ms`);
  }
});

test("the difference is written out", async ({ page }) => {
  await open(page);
  await expect(strategy(page, "All-sleep")).toContainText("10 ms more than Fail-fast: 3 items that returned at once there sleep here.");
  await expect(strategy(page, "Fail-fast")).toContainText("5 tasks sleep, 2 at a time: 3 waves of 10 ms.");
});

test("a change of the workload is one step of the back button, and a link restores it", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Item 3 is valid" }).click();
  await expect(page).toHaveURL(/bad=2%2C\+3/);
  await expect(strategy(page, "Fail-fast")).toContainText("4 tasks sleep, 2 at a time: 2 waves of 10 ms.");
  const link = page.url();
  await page.goBack();
  await expect(strategy(page, "Fail-fast")).toContainText("5 tasks sleep");
  await page.goto("about:blank");
  await page.goto(link);
  await expect(strategy(page, "Fail-fast")).toContainText("4 tasks sleep");
});

for (const [field, text, sentence] of [
  ["max_concurrent", "-1", "ValueError"],
  ["Items", "1000000", "at the most 200000"],
  ["Items", "many", "Give a whole number."],
  ["Sleep, ms", "soon", "Give a number of ms"],
  ["Invalid", "2, 9", "There are 8 items: give numbers from 1 to 8."],
] as const) {
  test(`${field} of "${text}" gets a sentence, and the last runs stay`, async ({ page }) => {
    await open(page);
    await expect(strategy(page, "Fail-fast")).toBeVisible();
    await page.getByRole("textbox", { name: field }).fill(text);
    await page.getByRole("textbox", { name: field }).press("Enter");
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page.getByRole("textbox", { name: field })).toHaveAttribute("aria-invalid", "true");
    await expect(strategy(page, "Fail-fast")).toContainText("5 tasks sleep");
  });
}

test("no permits: everybody waits, and nobody has what they wait for", async ({ page }) => {
  await open(page, "?n=3&bad=none&max=0&with=fail_fast");
  await expect(strategy(page, "Fail-fast")).toContainText("nobody will ever give back what they wait for");
});

test("two locks taken in any order are found to be a circle", async ({ page }) => {
  await open(page, "?n=4&bad=none&with=pair_lock_sorted,pair_lock_unsorted");
  const unsorted = page.locator(".strategies > li").nth(1);
  await expect(unsorted).toContainText("each waits for what the next one holds");
  await expect(unsorted).toContainText(/Item 1 waits for lock .*, held by item 2\./);
});

test("the source says who stands where at the cursor", async ({ page }) => {
  await open(page, "?at=12");
  const source = strategy(page, "Fail-fast").locator("specsight-timing-code");
  await expect(source.locator(".line", { hasText: "async with sem" })).toContainText("1 waiting");
  await expect(source.locator(".line", { hasText: "await sleep" })).toContainText("2 sleeping");
});

test("playing moves the cursor, a step goes to where something happens, and the keys do both", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "One event on" }).click();
  await page.getByRole("button", { name: "One event on" }).click();
  await expect(page).toHaveURL(/at=10/);
  await page.getByRole("button", { name: "One event back" }).click();
  await expect(page).toHaveURL(/at=0/);
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  await page.getByRole("application").press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("application").press("Space");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test("a large batch shows its progress, can be cancelled, and leaves what was there", async ({ page }) => {
  await open(page);
  await expect(strategy(page, "Fail-fast")).toBeVisible();
  await page.evaluate(() => (location.hash = "#/timing?n=200000&bad=none&max=10&with=fail_fast,all_sleep,check_inside"));
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Cancelled. Change anything to run again.")).toBeVisible();
  await expect(strategy(page, "All-sleep")).toContainText("8 tasks sleep");
});

test("a large batch goes on while the strategies beside it change", async ({ page }) => {
  await open(page, "?n=50000&bad=none&max=10&lock=own&with=semaphore_inside_lock,all_sleep");
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "Remove All-sleep" }).click();
  await expect(strategy(page, "Semaphore inside the lock")).toContainText("50,000 tasks sleep, 10 at a time");
  await expect(page.getByRole("progressbar")).toBeHidden();
});

test("strategies stand in notes on another host", async ({ page, baseURL }) => {
  const notes = new URL("/fixtures/notes.html", baseURL);
  notes.hostname = "localhost";
  await page.goto(notes.href);
  await page.addScriptTag({ type: "module", url: new URL("embed.js", baseURL).href });
  await expect(strategy(page, "Fail-fast")).toContainText("5 tasks sleep, 2 at a time: 3 waves of 10 ms.");
});

test("an old link to an operation finds its page", async ({ page }) => {
  await open(page, "?system=bank&op=process_external_transfers");
  await expect(page).toHaveURL(/#\/timing\/operation\?system=bank&op=process_external_transfers/);
});

test("without a strategy there is a way back to two", async ({ page }) => {
  await open(page, "?with=fail_fast");
  await page.getByRole("button", { name: "Remove Fail-fast" }).click();
  await page.getByRole("button", { name: "Fail-fast against all-sleep" }).click();
  await expect(strategy(page, "All-sleep")).toBeVisible();
});

for (const [name, width, theme, language] of [
  ["wide and light", 1440, "light", "en"],
  ["narrow and dark", 390, "dark", "zh-HK"],
] as const) {
  test(`axe finds nothing, and nothing overflows: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    for (const query of ["at=5", "axis=order", "n=4&bad=none&with=pair_lock_unsorted,lifecycle", "max=-1", "with=none"]) {
      await page.goto("about:blank");
      await page.goto(`#/timing?lang=${language}&${query}`);
      await expect(page.locator("specsight-workload select").first()).toBeVisible();
      expect(await accessibility(page), query).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), query).toBeLessThanOrEqual(0);
    }
  });
}
