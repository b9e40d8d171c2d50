import { expect, test, type Page } from "@playwright/test";
import { accessibility, open } from "./verbs.js";

test("the search opens a method", async ({ page }) => {
  await open(page, "#/");
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Systems, methods, patterns, pages" }).fill("merge_accounts");
  await expect(page.getByRole("option").first()).toContainText("merge_accounts");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/systems\/bank\?method=merge_accounts$/);
  await expect(page.getByRole("article").filter({ hasText: "merge_accounts" })).toBeInViewport();
});

test("the search opens with Ctrl-K, and says when nothing is found", async ({ page }) => {
  await open(page, "#/systems");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Systems, methods, patterns, pages" }).fill("qqqq");
  await expect(page.getByText("Nothing is called “qqqq”")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Systems, methods, patterns, pages" })).toBeHidden();
});

test("language and theme are kept over a reload", async ({ page }) => {
  await open(page, "#/systems");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-HK");
  await page.getByRole("button", { name: /^主題/ }).click();
  await page.getByRole("button", { name: /^主題：淺色/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-HK");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("navigation").getByText("主頁")).toBeVisible();
});

test("an address may ask for a language, for the visit only", async ({ page }) => {
  await open(page, "#/systems?lang=zh-HK");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-HK");
  await open(page, "#/systems");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the back button goes back, to where one had read", async ({ page }) => {
  await open(page, "#/systems/bank");
  await page.getByRole("article").filter({ hasText: "process_external_transfers" }).scrollIntoViewIfNeeded();
  const read = await page.evaluate(() => scrollY);
  expect(read).toBeGreaterThan(200);
  await page.getByRole("link", { name: "Try it" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/#\/systems\/bank$/);
});

test("an address that leads nowhere says so and leads on", async ({ page }) => {
  await open(page, "#/no/such/page");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("No such page");
  await page.getByRole("link", { name: "Browse the systems" }).click();
  await expect(page).toHaveURL(/#\/systems$/);
});

test("the keys are explained", async ({ page }) => {
  await open(page, "#/");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog").getByText("Play or pause").first()).toBeVisible();
});

test("the key help begins with the keys of the page that is shown", async ({ page }) => {
  const groups = page.getByRole("dialog").getByRole("heading", { level: 3 });
  for (const [address, first] of [
    ["#/train", "Train: a question"],
    ["#/systems/bank/story", "Story and Try it"],
    ["#/timing/operation", "Timing: an operation"],
  ] as const) {
    await open(page, address);
    await page.keyboard.press("?");
    await expect(groups.nth(1)).toHaveText(first);
    expect(new Set(await groups.allInnerTexts()).size).toBe(await groups.count());
    expect(await accessibility(page)).toEqual([]);
    await page.keyboard.press("Escape");
  }
});

test("nothing is asked of another host", async ({ page, baseURL }) => {
  const foreign: string[] = [];
  const own = new URL(baseURL ?? "").host;
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^https?:$/.test(protocol) && host !== own) foreign.push(request.url());
  });
  for (const address of ["#/", "#/systems", "#/systems/bank/story?step=3", "#/systems/bank/try", "#/train", "#/timing"]) {
    await open(page, address);
    await page.waitForLoadState("networkidle");
  }
  expect(foreign).toEqual([]);
});

test("after one visit everything works offline", async ({ page, context }) => {
  await open(page, "#/");
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.reload();
  await open(page, "#/systems/bank/story?step=5");
  await expect(page.locator("specsight-player .call")).toContainText("bank.transfer");
});

/** By how much the page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const pages: [name: string, address: string][] = [
  ["home", "#/"],
  ["systems", "#/systems"],
  ["one system", "#/systems/in_mem_db"],
  ["story before its first step", "#/systems/bank/story"],
  ["story", "#/systems/in_mem_db/story?step=21"],
  ["story with an exception", "#/systems/bank/story?step=26"],
  ["try it", "#/systems/bank/try?from=5"],
  ["not found", "#/nowhere"],
];

for (const theme of ["light", "dark"] as const) {
  for (const [name, address] of pages) {
    test(`no accessibility violation: ${name}, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await open(page, address);
      expect(await accessibility(page)).toEqual([]);
    });
  }
}

test("the header fits every width, in both languages", async ({ page }) => {
  for (const lang of ["en", "zh-HK"]) {
    await open(page, `#/?lang=${lang}`);
    for (let width = 360; width <= 1440; width += 12) {
      await page.setViewportSize({ width, height: 600 });
      expect(await overflow(page), `${lang}, ${width} px`).toBe(0);
    }
    // The breakpoints themselves, from both sides.
    for (const width of [720, 721, 860, 861, 960, 961]) {
      await page.setViewportSize({ width, height: 600 });
      expect(await overflow(page), `${lang}, ${width} px`).toBe(0);
    }
  }
});

test("nothing overflows, from a phone to a desk", async ({ page }) => {
  const addresses = [...pages.map(([, address]) => address), "#/systems/bank/variants", "#/systems/generic_nested", "#/compare?left=bank&right=hotel", "#/train"];
  for (const address of addresses) {
    await open(page, address);
    for (const width of [360, 390, 540, 721, 800, 900, 1024, 1120, 1280, 1440]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await overflow(page), `${address}, ${width} px`).toBe(0);
    }
  }
});
