import { expect, test, type Locator, type Page } from "@playwright/test";
import { accessibility } from "./verbs.js";

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`#/compare${query}`);
  await expect(page.getByRole("combobox", { name: "First system" })).toBeVisible();
}

const picker = (page: Page, which: "First" | "Second"): Locator => page.getByRole("combobox", { name: `${which} system` });
const level = (page: Page, name: string): Locator => page.getByRole("region", { name: new RegExp(`^${name}`) });
const counts = (page: Page): Locator => page.locator(".counts");

/** The line of a method, whichever side it is on. */
const line = (page: Page, method: string): Locator =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name: method, exact: true }) });

test("the address sets two systems side by side", async ({ page }) => {
  await open(page, "?left=dns_router&right=in_mem_db");
  await expect(page).toHaveTitle("DNS router and In-memory DB · Compare · Specsight");
  await expect(counts(page)).toHaveText(/^\d+ methods on both sides, \d+ of them different besides the timestamp; \d+ only in DNS router, \d+ only in In-memory DB\.$/);
  const who = page.getByRole("region", { name: "Who it is" });
  await expect(who).toContainText("DNS router takes timestamp first; In-memory DB takes no timestamp.");
  await expect(who).toContainText(/So it is in \d+ of the \d+ methods on both sides/);
  const row = line(page, "resolve");
  await expect(row.getByRole("link", { name: "get", exact: true })).toBeVisible();
  await expect(row).not.toContainText("takes no timestamp");
  await expect(line(page, "backup").first()).toContainText("Here each takes timestamp first.");
  await expect(row).toContainText(/Only DNS router checks record_type: the record is alive, else ""\./);
  await expect(row).toContainText("Both check domain / key: an existing domain / key");
  await expect(line(page, "scan_by_prefix")).toContainText("Only in In-memory DB");
  await expect(level(page, "L3")).toContainText("Same pattern.");
  await expect(who).toContainText("Same family, same group.");
});

test("a method leads to its place in its system", async ({ page }) => {
  await open(page, "?left=bank&right=leaderboard");
  await page.getByRole("link", { name: "deposit", exact: true }).click();
  await expect(page).toHaveURL(/#\/systems\/bank\?method=deposit$/);
  await page.goBack();
  await expect(line(page, "deposit")).toContainText("update_score");
});

test("both sides are chosen by keyboard, and the back button undoes a choice", async ({ page }) => {
  await open(page);
  await expect(page.getByText("Choose two systems to set side by side.")).toBeVisible();
  await picker(page, "First").focus();
  await page.keyboard.type("leaderb");
  await expect(page.getByRole("option")).toHaveText(/Leaderboard/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/compare\?left=leaderboard$/);
  await expect(page.getByRole("heading", { name: "Closest to Leaderboard" })).toBeVisible();

  await picker(page, "Second").focus();
  await page.keyboard.press("ArrowDown");
  const first = await page.getByRole("option").first().getAttribute("id");
  await expect(picker(page, "Second")).toHaveAttribute("aria-activedescendant", first ?? "");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/left=leaderboard&right=bank$/);
  await expect(line(page, "add_player")).toContainText("create_account");
  await page.goBack();
  await expect(page).toHaveURL(/#\/compare\?left=leaderboard$/);
  await expect(page.getByRole("heading", { name: "Closest to Leaderboard" })).toBeVisible();
  await expect(picker(page, "Second")).toHaveValue("");
});

test("leaving the list keeps what was chosen, and a name that fits nothing says so", async ({ page }) => {
  await open(page, "?left=bank&right=gym");
  await picker(page, "Second").fill("zzz");
  await expect(page.getByText("No system is called “zzz”.")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(picker(page, "Second")).toHaveValue("Gym");
  await picker(page, "Second").fill("lib");
  await page.keyboard.press("Tab");
  await expect(picker(page, "Second")).toHaveValue("Gym");
  await expect(page).toHaveURL(/left=bank&right=gym$/);
});

test("swapping mirrors the comparison; choosing the other side's system swaps, too", async ({ page }) => {
  await open(page, "?left=bank&right=leaderboard");
  const names = (row: Locator): Promise<string[]> => row.locator(".cell h3 a").allTextContents();
  expect(await names(line(page, "deposit"))).toEqual(["deposit", "update_score"]);
  await page.getByRole("button", { name: "Swap the sides" }).click();
  await expect(page).toHaveURL(/left=leaderboard&right=bank$/);
  await expect(picker(page, "First")).toHaveValue("Leaderboard");
  expect(await names(line(page, "deposit"))).toEqual(["update_score", "deposit"]);
  await picker(page, "First").fill("bank");
  await page.getByRole("option", { name: /^Bank/ }).click();
  await expect(page).toHaveURL(/left=bank&right=leaderboard$/);
});

test("differences only leaves out what is the same, and has an address", async ({ page }) => {
  await open(page, "?left=bank&right=leaderboard");
  await expect(line(page, "deposit")).toBeVisible();
  await page.getByRole("checkbox", { name: "Differences only" }).check();
  await expect(page).toHaveURL(/only=differences/);
  await expect(line(page, "deposit")).toHaveCount(0);
  await expect(line(page, "transfer")).toContainText("Only in Bank");
  await expect(page.locator(".same")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Differences only" })).toBeChecked();
  await expect(line(page, "deposit")).toHaveCount(0);
});

test("variants are folded under their level", async ({ page }) => {
  await open(page, "?left=bank&right=in_mem_db");
  const fourth = level(page, "L4");
  const text = fourth.getByText("restore_strict: only a snapshot whose timestamp equals the request.");
  await expect(text).toBeHidden();
  await fourth.getByText("Variants").click();
  await expect(text).toBeVisible();
});

test("a template says what to rename, on whichever side it stands", async ({ page }) => {
  for (const query of ["?left=generic_flat_v2&right=bank", "?left=bank&right=generic_flat_v2"]) {
    await open(page, query);
    const table = page.getByRole("table", { name: "Rename these and you have Bank" });
    const attributes = table.getByRole("rowgroup").filter({ has: page.getByRole("rowheader", { name: "Attributes" }) });
    await expect(attributes.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "items", exact: true }) })).toContainText("accounts");
    await expect(line(page, "sync")).toContainText("process_external_transfers");
  }
  await open(page, "?left=bank&right=gym");
  await expect(counts(page)).toContainText("only in Gym");
  await expect(page.getByRole("table")).toHaveCount(0);
});

test("a missing side suggests the closest systems, an unknown or equal one says so", async ({ page }) => {
  await open(page, "?right=hash_ring");
  await page.getByRole("link", { name: "Chat router" }).press("Enter");
  await expect(page).toHaveURL(/left=chat_router&right=hash_ring$/);
  await expect(counts(page)).toBeFocused();
  await expect(line(page, "add_node")).toContainText("add_server");

  await open(page, "?left=atlantis&right=gym");
  await expect(page.getByRole("alert")).toHaveText("There is no system called “atlantis”.");
  await expect(page.getByRole("heading", { name: "Closest to Gym" })).toBeVisible();

  await open(page, "?left=gym&right=gym");
  await expect(page.getByRole("alert")).toHaveText("Both sides are Gym. Choose another one for a comparison.");
});

test("the search finds the page", async ({ page }) => {
  await page.goto("#/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("compare");
  await page.getByRole("option", { name: /^Compare/ }).first().click();
  await expect(page).toHaveURL(/#\/compare$/);
  await expect(picker(page, "First")).toBeVisible();
});

for (const [name, width, theme, language] of [
  ["wide and light", 1440, "light", "en"],
  ["half a desk and light", 900, "light", "en"],
  ["narrow and dark", 390, "dark", "zh-HK"],
] as const) {
  test(`axe finds nothing, and nothing overflows: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    for (const query of ["", "left=bank", "left=dns_router&right=in_mem_db", "left=bank&right=generic_flat&only=differences", "left=nowhere&right=gym"]) {
      await page.goto("about:blank");
      await page.goto(`#/compare?${query}&lang=${language}`);
      await expect(page.locator(".part, .start").first()).toBeVisible();
      await page.locator("details").evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
      expect(await accessibility(page), query).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), query).toBeLessThanOrEqual(0);
    }
    await page.getByRole("combobox").first().click();
    await expect(page.getByRole("option").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}
