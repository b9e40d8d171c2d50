import { expect, test, type Locator, type Page } from "@playwright/test";
import { accessibility, open } from "./verbs.js";

/** The call that is shown, and its answer. */
function call(page: Page): Locator {
  return page.locator("specsight-player .call");
}

test("a story is stepped with the keyboard, and its step is in the address", async ({ page }) => {
  await open(page, "#/systems/bank/story?step=4");
  await expect(call(page)).toContainText('bank.deposit(2500, "alice", 500)');
  await page.keyboard.press("ArrowRight");
  await expect(call(page)).toContainText('bank.transfer(3000, "alice", "bob", 200)');
  await expect(call(page)).toContainText("300");
  await expect(page).toHaveURL(/\/story\?step=5$/);
  const state = page.locator("specsight-state");
  await expect(state.locator(".changed").first()).toContainText("300");
  await expect(state.locator(".was").first()).toContainText("500");
  await page.keyboard.press("End");
  await expect(page.getByText("step 28 of 28", { exact: true })).toBeVisible();
  await page.keyboard.press("Home");
  await expect(page.getByText("Nothing has been called yet")).toBeVisible();
  await expect(page).toHaveURL(/\/story$/);
});

test("a story plays by itself and stops at a key", async ({ page }) => {
  await page.clock.install();
  await open(page, "#/systems/bank/story");
  await page.keyboard.press(" ");
  await page.clock.runFor(1500);
  await expect(call(page)).toContainText("create_account");
  await page.keyboard.press(" ");
  await page.clock.runFor(60_000);
  await expect(page.getByText("step 1 of 28", { exact: true })).toBeVisible();
});

test("a removed cell stays visible for its step, where it was", async ({ page }) => {
  await open(page, "#/systems/in_mem_db/story?step=21");
  await expect(page.locator("specsight-state del")).toContainText('"session"');
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("specsight-state del")).toHaveCount(0);
});

test("the ruler tells now, what is due, and on which side the moment itself stands", async ({ page }) => {
  await open(page, "#/systems/in_mem_db/story?step=11");
  const ruler = page.locator("specsight-ruler").getByRole("img");
  await expect(ruler).toHaveAccessibleName("now 149; session 150, still to come");
  await page.keyboard.press("ArrowRight");
  await expect(ruler).toHaveAccessibleName("now 150; session 150, reached");
  await expect(page.locator("specsight-ruler").getByText("already counts")).toBeVisible();
});

test("the first stories run to their end, with a sentence a step in both languages", async ({ page }) => {
  for (const [system, steps] of [
    ["bank", 28],
    ["in_mem_db", 28],
    ["task_queue", 29],
  ] as const) {
    for (const lang of ["en", "zh-HK"]) {
      await open(page, `#/systems/${system}/story?lang=${lang}`);
      for (let step = 1; step <= steps; step++) {
        await page.keyboard.press("ArrowRight");
        await expect(page.locator("specsight-player .watch")).not.toBeEmpty();
      }
      await expect(page.getByRole("slider")).toHaveValue(String(steps));
    }
  }
});

test("any of ten thousand calls can be sought, and only what is seen is drawn", async ({ page }) => {
  await open(page, "#/systems/bank/try");
  const calls = [["create_account", [1, "alice"]], ...Array.from({ length: 10_000 }, (_, i) => ["deposit", [i + 2, "alice", 1]])];
  const word = await page.evaluate(async (json) => {
    const stream = new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }, JSON.stringify(calls));
  await page.goto(`./#/systems/bank/try?calls=${word}`);
  const slider = page.getByRole("slider");
  await expect(slider).toHaveValue("10001");
  for (const at of [10_001, 2, 5_000, 9_999, 43]) {
    await slider.evaluate((input: HTMLInputElement, value) => {
      input.value = value;
      input.dispatchEvent(new Event("input"));
    }, String(at));
    await expect(page.locator("specsight-state")).toContainText(`changed: ${at - 1}was ${at - 2},`);
  }
  await expect(page.locator("specsight-calls li")).not.toHaveCount(10_002);
  await expect(page.locator("specsight-state .fold")).toContainText("more");
});

test("a wrong argument is told at its field, and nothing is lost", async ({ page }) => {
  await open(page, "#/systems/bank/try?from=5");
  await page.locator("specsight-call-form select").first().selectOption("process_batch");
  const amount = page.locator("#a-operations-1-amount");
  await amount.fill("many");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await expect(amount).toBeFocused();
  await expect(amount).toHaveAccessibleDescription(/amount must be int, not str "many".*bad_item/);
  await expect(amount).toHaveValue("many");
  await expect(page.getByRole("slider")).toHaveValue("5");
  await amount.fill("30");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("slider")).toHaveValue("6");
  await expect(call(page)).toContainText("process_batch");
});

test("what went wrong is told in the reader's language, beside the engine's own words", async ({ page }) => {
  await open(page, "#/systems/bank/try?from=5&lang=zh-HK");
  await page.locator("specsight-call-form select").first().selectOption("process_batch");
  const amount = page.locator("#a-operations-1-amount");
  await amount.fill("many");
  await page.getByRole("button", { name: "執行" }).click();
  await expect(amount).toHaveAccessibleDescription(/第 2 個 item 嘅 amount 唔啱。.*amount must be int/);
  await open(page, "#/systems/bank/story?step=26&lang=zh-HK");
  await expect(page.locator("specsight-why")).toContainText("raise KeyError：dict 入面冇嗰條 key。");
});

test("calls can be taken back, made again, shared and reloaded", async ({ page }) => {
  await open(page, "#/systems/task_queue/try");
  await expect(page.getByText("Nothing has been called yet")).toBeVisible();
  await page.getByLabel("task_id").fill("mail");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(call(page)).toContainText('add_task');
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Nothing has been called yet")).toBeVisible();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(call(page)).toContainText('"mail"');
  await expect(page).toHaveURL(/calls=/);
  await page.reload();
  await expect(call(page)).toContainText('"mail"');
});

test("a scenario is kept by name, deleted, and brought back", async ({ page }) => {
  await open(page, "#/systems/bank/try?from=5");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("slider")).toHaveValue("6");
  await expect(page).toHaveURL(/calls=/);
  await page.getByRole("button", { name: "Save …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name of the scenario").fill("My trap");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete My trap" }).click();
  await expect(dialog.getByText("“My trap” is deleted.")).toBeVisible();
  await dialog.getByRole("button", { name: "Undo" }).click();
  await page.goto("./#/systems/bank/try");
  await page.reload();
  await page.getByRole("button", { name: "Save …" }).click();
  await dialog.getByRole("link", { name: "My trap" }).click();
  await expect(page.getByRole("slider")).toHaveValue("6");
});

test("a damaged link says so and leaves a fresh system", async ({ page }) => {
  await open(page, "#/systems/bank/try?calls=garbage");
  await expect(page.getByText("The calls in this address cannot be read")).toBeVisible();
});

test("a story stands in somebody's notes, in its own language and theme", async ({ page }) => {
  const failed: string[] = [];
  page.on("pageerror", (error) => failed.push(error.message));
  await page.goto("/fixtures/embed.html");
  const [first, second] = [page.locator("specsight-story").first(), page.locator("specsight-story").nth(1)];
  await expect(first.locator(".watch")).toContainText("兩個戶口都變");
  await expect(second.locator(".watch")).toContainText("strict");
  await expect(first).toHaveCSS("background-color", "rgb(21, 23, 27)");
  await first.locator(".call").focus();
  await page.keyboard.press("ArrowRight");
  await expect(first.locator(".call")).toContainText('"alice", "alice"');
  await expect(second.locator(".call")).toContainText("get_at");
  expect(page.url()).not.toContain("#");
  expect(failed).toEqual([]);
});

test("the variants of a system stand beside what it does itself, in both languages", async ({ page }) => {
  await open(page, "#/systems/bank");
  await page.getByRole("navigation", { name: "Views of this system" }).getByRole("link", { name: "Variants" }).click();
  await expect(page).toHaveURL(/#\/systems\/bank\/variants$/);
  const history = page.getByRole("region", { name: "L4 History" });
  await expect(history).toContainText("value at time, merge");
  await expect(history.getByRole("listitem").filter({ hasText: "get_value_at as a generic form" })).toBeVisible();
  await expect(page.getByText("No variant is known of L1, L2.")).toBeVisible();
  await history.getByRole("link", { name: "merge_accounts" }).click();
  await expect(page).toHaveURL(/#\/systems\/bank\?method=merge_accounts$/);
  await open(page, "#/systems/bank?tab=variants&lang=zh-HK");
  await expect(page.getByRole("region", { name: "L4 歷史" }).getByRole("listitem").first()).toContainText("攞 target 或之前最新嗰個");
});

test("a mechanism leads to all systems that have it", async ({ page }) => {
  await open(page, "#/systems/dns_router");
  const link = page.getByRole("link", { name: /^Backup with remaining TTL \d+ systems$/ });
  const promised = parseInt(await link.locator(".nums").innerText(), 10);
  await link.click();
  await expect(page).toHaveURL(/#\/systems\?uses=remaining_ttl_backup$/);
  await expect(page.locator("specsight-systems section li")).toHaveCount(promised);
});

test("a template says what to rename for each system it turns into", async ({ page }) => {
  await open(page, "#/systems/generic_nested");
  await expect(page.getByRole("table", { name: "Rename these and you have In-memory DB" })).toBeVisible();
  await page.getByRole("navigation", { name: "What it turns into" }).getByRole("link", { name: "Recipe manager" }).click();
  await expect(page).toHaveURL(/as=recipe_manager$/);
  const table = page.getByRole("table", { name: "Rename these and you have Recipe manager" });
  await expect(table.getByRole("row", { name: "add_sub add_ingredient", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "compare Generic: nested and Recipe manager" }).click();
  await expect(page).toHaveURL(/#\/compare\?left=generic_nested&right=recipe_manager$/);
  await open(page, "#/systems/bank");
  await expect(page.getByRole("table")).toHaveCount(0);
});

for (const [theme, lang, width] of [
  ["light", "en", 1440],
  ["dark", "zh-HK", 390],
] as const) {
  test(`axe finds nothing on who a system is and on its variants: ${theme}, ${lang}, ${width} px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    for (const address of ["bank", "bank/variants", "generic_two_collections?as=order_book", "generic_two_collections/variants"]) {
      await open(page, `#/systems/${address}${address.includes("?") ? "&" : "?"}lang=${lang}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), address).toBe(0);
      expect(await accessibility(page), address).toEqual([]);
    }
  });
}
