import { expect, test, type Locator, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { accessibility, open } from "./verbs.js";

const stage = (page: Page): Locator => page.getByRole("application");
const reading = (page: Page): Locator => page.locator("specsight-timeline .reading");
const fit = (page: Page): Locator => page.getByRole("button", { name: "Fit: show everything" });

/** How many different colours the chart has: one when nothing is drawn. */
async function colours(page: Page): Promise<number> {
  return stage(page).locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]},${data[at + 3]}`);
    return seen.size;
  });
}

test("keys walk through events and lanes, zoom, brush, and are read out", async ({ page }) => {
  await open(page, "#/timing/benchmark?items=12");
  await stage(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(reading(page)).toContainText("item 0");
  await page.keyboard.press("Home");
  await expect(reading(page)).toHaveText("0 to 10 ms: item 0 sleeps 10 ms, holding lock 0 and a permit.");
  await page.keyboard.press("ArrowDown");
  await expect(reading(page)).toContainText("item 1 sleeps");
  await page.keyboard.press("Control+End");
  await expect(reading(page)).toContainText(/permits|locks/);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press(".");
  await expect(reading(page)).toContainText("0 ms");

  await expect(fit(page)).toBeDisabled();
  await page.keyboard.press("+");
  await expect(fit(page)).toBeEnabled();
  await page.keyboard.press("0");
  await expect(fit(page)).toBeDisabled();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Home");
  await page.keyboard.press("b");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(fit(page)).toBeEnabled();

  await page.keyboard.press("Escape");
  await expect(reading(page)).toHaveText(/^Point at a mark/);
});

test("a pointer reads what it is over, and drags out what to zoom to", async ({ page }) => {
  await open(page, "#/timing/benchmark?items=12");
  const box = await stage(page).boundingBox();
  if (!box) throw new Error("The chart has no place");
  await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
  await expect(reading(page)).toContainText("sleeps");
  const before = await colours(page);
  expect(before).toBeGreaterThan(4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 90, { steps: 4 });
  await page.mouse.up();
  await expect(fit(page)).toBeEnabled();
  await page.mouse.dblclick(box.x + box.width * 0.5, box.y + 60);
  await expect(fit(page)).toBeDisabled();
});

test("the canvas follows the theme", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "#/timing/benchmark?items=12");
  const picture = (): Promise<string> => stage(page).locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await expect.poll(() => colours(page)).toBeGreaterThan(4);
  const light = await picture();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(picture).not.toBe(light);
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(picture).toBe(light);
});

test("ten thousand lanes are drawn, scrolled to by key, and told page by page", async ({ page }) => {
  await open(page, "#/timing/benchmark?items=10000");
  await stage(page).focus();
  await expect.poll(() => colours(page)).toBeGreaterThan(4);
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("]");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(reading(page)).toContainText("item 9999");
  await expect.poll(() => page.locator("specsight-timeline .scroller").evaluate((scroller) => scroller.scrollTop)).toBeGreaterThan(100_000);

  await page.getByText("The same as a table").click();
  await expect(page.getByRole("rowheader", { name: "item 49", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Next" }).first().click();
  await expect(page.getByText("51 to 100 of 10,000")).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "item 99", exact: true })).toBeVisible();

  await page.getByText("Export", { exact: true }).click();
  await page.getByRole("button", { name: "Download: SVG picture" }).click();
  await expect(page.getByRole("status").filter({ hasText: "more than 5,000 lanes" })).toBeVisible();
});

test("what is exported can be opened", async ({ page }) => {
  await open(page, "#/timing/benchmark?items=12");
  await expect.poll(() => colours(page)).toBeGreaterThan(4);
  await page.getByText("Export", { exact: true }).click();
  const files: Record<string, Buffer> = {};
  for (const what of ["SVG picture", "PNG picture", "Trace (Perfetto)"]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: `Download: ${what}` }).click();
    files[what] = readFileSync(await (await download).path());
  }
  const svg = files["SVG picture"]?.toString("utf8") ?? "";
  const parsed = await page.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
    return { root: documentElement.localName, texts: documentElement.querySelectorAll("text").length };
  }, svg);
  expect(parsed.root).toBe("svg");
  expect(parsed.texts).toBeGreaterThan(12);
  expect(files["PNG picture"]?.subarray(1, 4).toString()).toBe("PNG");
  const trace = JSON.parse(files["Trace (Perfetto)"]?.toString("utf8") ?? "") as { traceEvents: { ph: string }[] };
  expect(trace.traceEvents.filter(({ ph }) => ph === "X").length).toBeGreaterThan(36);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing wrong with the chart, its tables and its menu (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, "#/timing/benchmark?items=12");
    await page.getByText("The same as a table").click();
    await page.getByText(/^Every event/).click();
    await page.getByText("Export", { exact: true }).click();
    await expect(page.getByText("item 0 starts")).toBeVisible();
    expect(await accessibility(page)).toEqual([]);
  });
}

test("nothing overflows on a phone, in Cantonese", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "?lang=zh-HK#/timing/benchmark?items=12&lang=zh-HK");
  await expect(page.getByText("同一份資料，用表睇")).toBeVisible();
  await page.getByText("匯出", { exact: true }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
