import { existsSync, readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import type { SystemInfo } from "../src/kit/types.js";
import * as kit from "../../pkg/specsight.js";
import { accessibility, test } from "./verbs.js";

kit.initSync({ module: readFileSync(new URL("../../pkg/specsight_bg.wasm", import.meta.url)) });

type Step = { call: string; args: unknown[] } | { clock: number };
type Call = Extract<Step, { call: string }>;

/** What the story's fullest call of an operation takes, straight from the package. */
function simulated(system: string, operation: string): number | undefined {
  const file = new URL(`../../stories/${system}.json`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const { steps, config } = JSON.parse(readFileSync(file, "utf8")) as { steps: Step[]; config?: unknown[] };
  const size = ({ args }: Call): number => Math.max(0, ...args.map((arg) => (Array.isArray(arg) ? arg.length : 0)));
  const calls = steps.filter((step): step is Call => "call" in step && step.call === operation);
  const fullest = calls.find((step) => size(step) === Math.max(...calls.map(size)));
  if (!fullest) return undefined;
  const engine = new kit.Engine(system, config ?? []);
  try {
    for (const step of steps) {
      if ("clock" in step) {
        engine.setClock(step.clock);
        continue;
      }
      if (step === fullest) return engine.simulate(step.call, step.args).virtualMs;
      try {
        engine.call(step.call, step.args);
      } catch {
        // Stories show calls that raise, too.
      }
    }
    return undefined;
  } catch {
    return undefined;
  } finally {
    engine.free();
  }
}

function run(page: Page, id: string): Locator {
  return page.locator(`section.run[data-run="${id}"]`);
}

async function open(page: Page, hash = "#/timing/operation"): Promise<void> {
  await page.goto(hash);
  await expect(page.getByRole("heading", { level: 1, name: "Why is the total this number?" })).toBeVisible();
}

/** The formula of a run, and the sentences that say why its total is that. */
const formula = (page: Page, id: string): Locator => page.locator(`[slot="run-${id}"]`);
const reason = (page: Page, nth: number): Locator => page.locator(".reasons p").nth(nth);

test("the total shown is the simulation's, for every operation with a timeline", async ({ page }) => {
  await open(page);
  for (const info of kit.systems() as SystemInfo[]) {
    for (const { name, level, async: waits } of info.operations) {
      const expected = level >= 5 && waits ? simulated(info.id, name) : undefined;
      if (expected === undefined) continue;
      await page.evaluate((hash) => (location.hash = hash), `#/timing/operation?system=${info.id}&op=${name}`);
      await expect(page.getByRole("combobox", { name: "Operation" })).toHaveValue(name);
      await expect(run(page, "own").locator(".total"), `${info.id}.${name}`).toHaveText(`${expected.toLocaleString("en")} ms`);
    }
  }
});

test("fail-fast and all-sleep stand side by side, and the difference is written out", async ({ page }) => {
  await open(page, "#/timing/operation?system=bank&op=process_external_transfers&items=8&invalid=1,4,6&limit=2");
  await expect(run(page, "own").locator(".total")).toHaveText("30 ms");
  await expect(formula(page, "own")).toHaveText("ceil(5 / 2) × 10 ms");
  await expect(run(page, "other").locator(".total")).toHaveText("40 ms");
  await expect(formula(page, "other")).toHaveText("ceil(8 / 2) × 10 ms");
  await expect(reason(page, 1)).toContainText("10 ms more than fail-fast: 3 items that returned at once there sleep here.");
});

test("a pool is set beside a pool of another size", async ({ page }) => {
  await open(page, "#/timing/operation?system=task_queue&op=run_workers&limit=2");
  await expect(run(page, "own").getByRole("heading")).toHaveText("num_workers 2");
  await expect(reason(page, 1)).toContainText("num_workers is 1 instead of 2");
});

test("an L5 batch stands at 0 ms, in the order of its locks", async ({ page }) => {
  await open(page, "#/timing/operation?system=bank&op=process_batch");
  await expect(run(page, "own").locator(".total")).toHaveText("0 ms");
  await expect(reason(page, 0)).toContainText("Locks are taken and given back within that instant.");
  await expect(page.getByRole("radio")).toHaveCount(0);
});

test("the address holds the workload, and the back button undoes a change", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "More: Items" }).click();
  await page.getByRole("button", { name: "Item 0 is invalid" }).click();
  await page.getByRole("button", { name: "max_concurrent 1" }).click();
  await page.getByRole("radio", { name: "by order of events" }).check();
  const totals = await page.locator(".total").allTextContents();
  const address = page.url();
  expect(totals).toHaveLength(3);

  await page.goto("about:blank");
  await page.goto(address);
  await expect(page.locator(".total")).toHaveText(totals);
  await expect(page.getByRole("radio", { name: "by order of events" })).toBeChecked();
  await expect(page.getByRole("button", { name: "Item 0 is invalid" })).toHaveAttribute("aria-pressed", "true");

  await page.getByRole("button", { name: "Item 0 is invalid" }).click();
  await expect(page.getByRole("button", { name: "Item 0 is invalid" })).toHaveAttribute("aria-pressed", "false");
  await page.goBack();
  await expect(page.getByRole("button", { name: "Item 0 is invalid" })).toHaveAttribute("aria-pressed", "true");
});

test("the state beside the chart is that of the cursor's instant, with who changed it and why", async ({ page }) => {
  await open(page, "#/timing/operation?system=bank&op=process_external_transfers&items=4&invalid=1&limit=2&at=0");
  const engine = page.locator("specsight-instant");
  await expect(engine.getByRole("heading", { name: "State at this instant" })).toBeVisible();
  await expect(engine).toContainText(/Changed last by item \d \(\w+\), at 0 ms\./);
  await page.getByRole("button", { name: "To the change before" }).click();
  await expect(page).toHaveURL(/axis=order/);
  await expect(engine).toContainText(/change 2 of 3/);
  await expect(engine.locator(".mark.changed").first()).toBeVisible();
  await expect(engine.getByRole("listitem").first()).toBeVisible();
});

test("without a cursor the state is that after the call, with all it changed", async ({ page }) => {
  await open(page, "#/timing/operation?system=bank&op=process_external_transfers&items=4&invalid=1&limit=2");
  await expect(page.getByRole("heading", { name: "State after the call" })).toBeVisible();
  await expect(page.locator("specsight-instant")).toContainText(/Marked: \d+ values that the call changed\./);
});

test("stepping and playing move the cursor, and the address keeps the moment", async ({ page }) => {
  await open(page, "#/timing/operation?system=bank&op=process_external_transfers&items=40&invalid=none&limit=1");
  await page.getByRole("button", { name: "One event on" }).click();
  await page.getByRole("button", { name: "One event on" }).click();
  await expect(page).toHaveURL(/at=10/);
  await page.getByRole("button", { name: "Play" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page).toHaveURL(/at=\d+/);
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test("max_concurrent 0 is a deadlock with everybody who waits, and one click ends it", async ({ page }) => {
  await open(page, "#/timing/operation?system=bank&op=process_external_transfers&items=3&invalid=1&limit=0");
  await expect(page.getByRole("alert")).toContainText("max_concurrent is 0: 2 items would wait for ever. Give at least 1.");
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveText([
    /^Item 0 \(\w+\) waits for a permit, for ever\.$/,
    /^Item 2 \(\w+\) waits for a permit, for ever\.$/,
  ]);
  await expect(run(page, "own").locator(".total")).toHaveText("never ends");
  await page.getByRole("button", { name: "max_concurrent = 1" }).click();
  await expect(run(page, "own").locator(".total")).toHaveText("20 ms");
});

test("a limit that is none says so and keeps what was typed", async ({ page }) => {
  await open(page);
  const limit = page.getByRole("textbox", { name: "max_concurrent" });
  for (const [typed, sentence] of [
    ["lots", "max_concurrent is “lots”. Give a whole number, at least 1."],
    ["2.5", "max_concurrent is “2.5”. Give a whole number, at least 1."],
    ["-1", "max_concurrent is -1: Python raises a ValueError when the semaphore is made. Give at least 1."],
  ] as const) {
    await limit.fill(typed);
    await limit.press("Enter");
    await expect(page.getByRole("alert").first()).toContainText(sentence);
    await expect(limit).toHaveValue(typed);
  }
});

test("too many items are capped with a sentence", async ({ page }) => {
  await open(page, "#/timing/operation?system=in_mem_db&op=batch_scan&items=100000");
  await expect(page.getByText("100,000 are asked for; 200 are drawn.")).toBeVisible();
});

test("arguments can be typed; what is no JSON is kept and explained", async ({ page }) => {
  await open(page, "#/timing/operation?system=in_mem_db&op=batch_scan_fail_fast");
  await page.getByText("The call", { exact: true }).click();
  const args = page.getByRole("textbox", { name: /^Arguments as JSON/ });
  await args.fill('[["u1", "gone"');
  await expect(page.getByText(/^This is not JSON yet/)).toBeVisible();
  await args.fill('[["gone", "gone"], 1]');
  await args.press("Control+Enter");
  await expect(run(page, "own").locator(".total")).toHaveText("0 ms");
  await expect(run(page, "other").locator(".total")).toHaveText("20 ms");
  await page.getByRole("button", { name: "Back to the story's workload" }).click();
  await expect(page).not.toHaveURL(/args=/);
});

test("a lock that is taken twice deadlocks in words", async ({ page }) => {
  const args = [5, [{ type: "transfer", source_id: "alice", target_id: "alice", amount: 1 }]];
  await open(page, `#/timing/operation?system=bank&op=process_batch&args=${encodeURIComponent(JSON.stringify(args))}`);
  await expect(page.getByRole("alert")).toContainText("Deadlock: 1 item waits for ever.");
  await expect(page.getByRole("alert")).toContainText("Item 0 (transfer alice alice) waits for lock alice, held by item 0 (transfer alice alice).");
});

test("an operation that is no coroutine says why it has no timeline, and where it can be stepped through", async ({ page }) => {
  const plain = (kit.systems() as SystemInfo[]).flatMap(({ id, operations }) => operations.filter(({ level, async }) => level >= 5 && !async).map(({ name }) => ({ id, name })));
  expect(plain).not.toEqual([]);
  for (const { id, name } of plain) {
    await open(page, `#/timing/operation?system=${id}&op=${name}`);
    await expect(page.getByText(`${name} is a plain method (def, not async def)`)).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Operation" })).toHaveValue(name);
  }
  await page.getByRole("link", { name: /^Step through the story of/ }).click();
  await expect(page).toHaveURL(new RegExp(`systems/${plain.at(-1)?.id}/story`));
});

test("an address that names nothing leads back", async ({ page }) => {
  await open(page, "#/timing/operation?system=atlantis");
  await page.getByRole("link", { name: "Open the first one" }).click();
  await expect(run(page, "own")).toBeVisible();
});

for (const [name, width, theme, language] of [
  ["wide and light", 1440, "light", "en"],
  ["narrow and dark", 390, "dark", "zh-HK"],
] as const) {
  test(`axe finds nothing, and nothing overflows: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    for (const query of ["", "&axis=order&at=5", "&limit=0", "&limit=x", "&args=[1"]) {
      await page.goto("about:blank");
      await page.goto(`#/timing/operation?lang=${language}${query}`);
      await expect(page.locator("specsight-timing-controls select").first()).toBeVisible();
      await page.locator("details").evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
      expect(await accessibility(page), query).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), query).toBeLessThanOrEqual(0);
    }
  });
}

test("an operation is played for real: files of the page through the semaphore, and one that is missing", async ({ page }) => {
  await open(page, "#/timing/operation?system=package_manager&op=download_packages");
  await page.getByRole("button", { name: "Fetch them" }).click();
  const live = page.locator("specsight-live-play");
  await expect(live.getByRole("status")).toContainText("Done. It returned");
  await expect(live.getByRole("row").filter({ hasText: "there-is-no-such-file.txt" })).toContainText("404");
  await expect(live.getByRole("row").filter({ hasText: "bytes" }).first()).toBeVisible();
  await expect(live.locator(`section.run[data-run="live"] .total`)).toContainText("ms");
});
