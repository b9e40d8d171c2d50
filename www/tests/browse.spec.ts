import { expect, test, type Locator, type Page } from "@playwright/test";
import { accessibility, open } from "./verbs.js";

const rows = (page: Page): Locator => page.locator("specsight-systems section li");
const count = (page: Page): Locator => page.locator("specsight-systems").getByRole("status");

test("an address lists the systems of a pattern, and filters combine in it", async ({ page }) => {
  await open(page, "#/systems?uses=remaining_ttl_backup");
  const pattern = page.getByRole("combobox", { name: "Pattern", exact: true });
  await expect(pattern.locator("option:checked")).toContainText("Backup with remaining TTL");
  const promised = Number(/\((\d+)\)/.exec(await pattern.locator("option:checked").innerText())?.[1]);
  await expect(rows(page)).toHaveCount(promised);
  await page.getByRole("link", { name: /^Nested/ }).click();
  await expect(page).toHaveURL(/family=nested/);
  await expect(page).toHaveURL(/uses=remaining_ttl_backup/);
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(1);
  await page.getByRole("combobox", { name: "Group", exact: true }).selectOption("Nested+TTL");
  await expect(page).toHaveURL(/group=Nested%2BTTL/);
  const text = await count(page).innerText();
  await expect(rows(page)).toHaveCount(parseInt(text, 10));
  await page.goBack();
  await expect(rows(page)).toHaveCount(promised);
});

test("a method is found, and the row says why", async ({ page }) => {
  await open(page, "#/systems");
  await page.getByRole("searchbox").fill("merge_acc balance");
  const bank = rows(page).filter({ has: page.getByRole("heading", { name: "Bank", exact: true }) });
  await expect(bank.locator("mark", { hasText: "merge_acc" })).toBeVisible();
  await expect(bank).toContainText("signal balance at");
  await bank.getByRole("link", { name: "merge_accounts" }).click();
  await expect(page).toHaveURL(/#\/systems\/bank\?method=merge_accounts$/);
});

test("a level shows its methods and keeps the search to them", async ({ page }) => {
  await open(page, "#/systems?q=get_balance&level=4");
  await expect(rows(page).first()).toContainText("L4 methods");
  await expect(rows(page).first().locator("dl .chosen")).toContainText("merge");
  await page.getByRole("combobox", { name: "Level", exact: true }).selectOption("");
  await expect(page).toHaveURL(/\?q=get_balance$/);
});

test("Chinese finds on the English page, and English on the Chinese one", async ({ page }) => {
  await open(page, "#/systems?q=銀行");
  await expect(page.getByRole("heading", { name: "Bank", exact: true })).toBeVisible();
  await expect(page.locator("mark").first()).toHaveText("銀行");
  await open(page, "#/systems?q=存款");
  await expect(rows(page).filter({ has: page.getByRole("heading", { name: "Bank", exact: true }) }).locator("mark")).toHaveText("存款");
  await open(page, "#/systems?q=bank&lang=zh-HK");
  await expect(page.getByRole("heading", { name: "銀行", exact: true })).toBeVisible();
});

test("nothing found says so, and leads out", async ({ page }) => {
  await open(page, "#/systems?uses=merge&family=flat&q=zzz");
  await expect(page.getByText("No system fits all of this.")).toBeVisible();
  await expect(count(page)).toContainText(/^0 of/);
  await page.getByRole("link", { name: "without search “zzz”" }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(count(page)).toBeFocused();
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL(/#\/systems$/);
  await expect(page.getByRole("combobox", { name: "Pattern", exact: true })).toHaveValue("");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await expect(count(page)).toBeFocused();
});

test("each row leads to its story, its timing and a comparison", async ({ page }) => {
  await open(page, "#/systems?q=BankSystem");
  await expect(page.getByRole("link", { name: "Story: Bank" })).toHaveAttribute("href", "#/systems/bank/story");
  await expect(page.getByRole("link", { name: "Timing: Bank" })).toHaveAttribute("href", "#/timing/operation?system=bank");
  await expect(page.getByRole("link", { name: "Compare: Bank" })).toHaveAttribute("href", "#/compare?left=bank");
});

const addresses = ["#/systems", "#/systems?q=merge&level=4", "#/systems?q=backup+ttl&lang=zh-HK", "#/systems?uses=merge&family=flat&q=zzz"];
for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing, and nothing overflows: ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const address of addresses) {
      for (const width of [360, 390, 861, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        await open(page, address);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${address} ${width}`).toBe(0);
      }
      expect(await accessibility(page), address).toEqual([]);
    }
  });
}
