import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import { accessibility, test } from "./verbs.js";

async function open(page: Page, query = ""): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`#/timing/program${query}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(own(page)).toBeVisible();
}

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const python = (page: Page): Locator => page.getByRole("textbox", { name: /Python$/ });
const json = (page: Page): Locator => page.getByRole("textbox", { name: /JSON$/ });
const fault = (page: Page): Locator => page.getByRole("status", { name: "Error" });
const own = (page: Page): Locator => page.locator("specsight-program-figure .words").last();
const chart = (page: Page): Locator => page.locator("specsight-timeline");

/** Puts a text in the place of what is in an editor, as pasting does. */
async function write(page: Page, editor: Locator, text: string): Promise<void> {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await editor.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
}

/** The text of an editor, as copying gives it: only what is in sight is in the document. */
async function read(page: Page, editor: Locator): Promise<string> {
  await editor.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+c");
  return page.evaluate(() => navigator.clipboard.readText());
}

const sleeps = (first: string, second: string): string => `from asyncio import gather, sleep

seconds = {"a": ${first}, "b": ${second}}


async def one(name):
    await sleep(seconds[name])
    return name


async def main():
    return await gather(one("a"), one("b"))
`;

test("what is typed is run as it is typed, becomes a draft and is there after a reload", async ({ page }) => {
  await open(page);
  await expect(chart(page)).toContainText("60 ms");
  await write(page, python(page), sleeps("0.01", "0.03"));
  await expect(own(page)).toContainText("the total is the longest, task 1 (b) with 30 ms.");
  await expect(own(page)).toContainText('gather gives ["a", "b"]');
  await expect(page).toHaveURL(/draft=/);
  await page.getByRole("textbox", { name: "Name" }).fill("Two sleepers");
  await page.getByRole("textbox", { name: "Name" }).press("Enter");
  await expect(page.getByRole("combobox", { name: "Open" })).toContainText("Two sleepers");
  await page.reload();
  await expect(own(page)).toContainText("with 30 ms.");
  expect(await read(page, python(page))).toBe(sleeps("0.01", "0.03"));
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Two sleepers");
  // The example is as it was: one step back.
  await open(page, "?example=lock_outside");
  await expect(chart(page)).toContainText("60 ms");
});

test("an error stands at its line and column, and the last good run stays", async ({ page }) => {
  await open(page);
  await write(page, python(page), sleeps("0.01", "鎖"));
  await expect(fault(page)).toContainText("Line 3, column 28");
  await expect(chart(page)).toContainText("60 ms");
  await expect(page.getByText("The text is wrong: the chart shows the last one that ran.")).toBeVisible();
  await expect(page.locator(".cm-lintRange-error")).toHaveText("鎖");
  await fault(page).getByRole("button", { name: "Line 3, column 28" }).click();
  await page.keyboard.press("Delete");
  await page.keyboard.type("0.02");
  await expect(fault(page)).toHaveText("");
  await expect(own(page)).toContainText("with 20 ms.");
});

test("a link brings the program to another browser and leaves its drafts alone; a damaged one says so", async ({ page, browser, baseURL }) => {
  await open(page);
  await write(page, python(page), sleeps("0.01", "0.04"));
  await expect(own(page)).toContainText("with 40 ms.");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Copied").first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const there = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "en-GB", permissions: ["clipboard-read", "clipboard-write"] });
  const elsewhere = await there.newPage();
  await open(elsewhere);
  await write(elsewhere, python(elsewhere), sleeps("0.07", "0.01"));
  await expect(own(elsewhere)).toContainText("with 70 ms.");
  const draft = elsewhere.url();
  await elsewhere.goto(link);
  await expect(elsewhere.getByText("This program came with the link.")).toBeVisible();
  await expect(own(elsewhere)).toContainText("with 40 ms.");
  await elsewhere.goto(draft);
  await expect(own(elsewhere)).toContainText("with 70 ms.");
  await elsewhere.goto(link.slice(0, -7));
  await expect(elsewhere.getByText("The link is damaged")).toBeVisible();
  await expect(own(elsewhere)).toContainText("with 70 ms.");
  await there.close();
});

test("a program that is too long for a link can be saved as a file", async ({ page }) => {
  await open(page);
  let state = 1;
  const noise = Array.from({ length: 12_000 }, () => String.fromCharCode(97 + ((state = (state * 48_271) % 2_147_483_647) % 26))).join("");
  await write(page, python(page), `${sleeps("0.01", "0.02")}# ${noise}\n`);
  await expect(own(page)).toContainText("with 20 ms.");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Too long for a link")).toBeVisible();
});

test("JSON and Python are kept in step, and undo brings the old text back", async ({ page }) => {
  await open(page);
  const before = sleeps("0.01", "0.03");
  await write(page, python(page), before);
  await expect(own(page)).toContainText("with 30 ms.");
  await page.getByRole("tab", { name: "JSON" }).click();
  const program = JSON.parse(await read(page, json(page))) as { tasks: unknown[]; names: string[] };
  expect(program.names).toEqual(["a", "b"]);
  program.tasks[1] = [{ sleep: 55 }, { return: "late" }];
  await write(page, json(page), JSON.stringify(program));
  await expect(own(page)).toContainText("with 55 ms.");
  await expect(own(page)).toContainText('gather gives ["a", "late"]');
  await page.getByRole("tab", { name: "Python" }).click();
  await expect(python(page)).toContainText("0.055");
  await expect(chart(page)).toContainText("55 ms");
  await python(page).press("ControlOrMeta+z");
  await expect(own(page)).toContainText("with 30 ms.");
  expect(await read(page, python(page))).toBe(before);
});

test("what is wrong in the JSON is told at its place", async ({ page }) => {
  await open(page, "?tab=json");
  await write(page, json(page), '{\n  "tasks": [[{ "sleep": 1 } { "sleep": 2 }]]\n}');
  await expect(fault(page)).toContainText("Line 2, column 29");
  await expect(fault(page)).toContainText("This is not JSON");
  await write(page, json(page), '{\n  "tasks": [\n    [{ "sleep": 1 }, { "slep": 2 }]\n  ]\n}');
  await expect(fault(page)).toContainText("Line 3, column 22");
  await expect(fault(page)).toContainText("This is JSON, but no program.");
  await page.getByRole("tab", { name: "Python" }).click();
  await expect(page.getByText("It cannot be shown this way while the JSON is wrong.")).toBeVisible();
  await page.getByRole("button", { name: "Back to the JSON" }).click();
  await expect(json(page)).toBeVisible();
});

test("a file goes out and comes back as the same program", async ({ page, browser, baseURL }) => {
  await open(page, "?example=worker_pool");
  await page.getByText("File", { exact: true }).click();
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as JSON" }).click()]);
  expect(saved.suggestedFilename()).toBe("A-worker-pool.json");
  const path = await saved.path();
  const there = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "en-GB", permissions: ["clipboard-read", "clipboard-write"] });
  const elsewhere = await there.newPage();
  await open(elsewhere);
  await elsewhere.locator('input[type="file"]').setInputFiles({ name: "pool.json", mimeType: "application/json", buffer: await readFile(path) });
  await expect(elsewhere.getByRole("textbox", { name: "Name" })).toHaveValue("pool");
  await expect(chart(elsewhere)).toContainText("50 ms");
  expect(await read(elsewhere, json(elsewhere))).toBe(await readFile(path, "utf8"));
  await elsewhere.locator('input[type="file"]').setInputFiles({ name: "cat.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0xff, 0x00]) });
  await expect(elsewhere.getByText("“cat.png” is no text. Nothing was changed.")).toBeVisible();
  await there.close();
});

test("a file that is dropped on the text becomes a program of its own", async ({ page }) => {
  await open(page);
  const files = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.py", { type: "text/x-python" }));
    return data;
  }, sleeps("0.01", "0.09"));
  await page.locator(".panels").dispatchEvent("dragover", { dataTransfer: files });
  await expect(page.getByText("Drop the file: it becomes a program of its own.")).toBeVisible();
  await page.locator(".panels").dispatchEvent("drop", { dataTransfer: files });
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("dropped");
  await expect(own(page)).toContainText("with 90 ms.");
});

test("a deadlock is told as a circle", async ({ page }) => {
  await open(page, "?example=two_locks");
  await expect(own(page).getByRole("listitem")).toHaveText([
    "Task 0 (ann) waits for lock savings, held by task 1 (ben).",
    "Task 1 (ben) waits for lock rent, held by task 0 (ann).",
  ]);
  await expect(chart(page)).toContainText("never ends");
});

test("a pinned run stays beside, in the draft and in the link", async ({ page }) => {
  await open(page, "?example=lock_outside");
  await page.getByRole("button", { name: "Pin this run" }).click();
  await write(page, python(page), (await read(page, python(page))).replace("    async with ledger:\n        async with sem:\n            await", "    async with sem:\n            await"));
  await expect(own(page)).toContainText("30 ms less than Pinned");
  await expect(chart(page)).toContainText("60 ms");
  await page.reload();
  await expect(own(page)).toContainText("30 ms less than Pinned");
  await page.getByRole("button", { name: "Back to the pinned text" }).click();
  await expect(own(page)).toContainText("Takes the same time");
  await page.getByRole("button", { name: "Unpin" }).click();
  await expect(page.getByRole("heading", { name: "Pinned" })).toHaveCount(0);
});

test("drafts have names, copies, and an undo for what is deleted", async ({ page }) => {
  await open(page);
  const open_ = page.getByRole("combobox", { name: "Open" });
  await page.getByRole("button", { name: "New" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Untitled");
  await page.getByRole("button", { name: "Duplicate" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Untitled 2");
  await write(page, python(page), sleeps("0.01", "0.08"));
  await expect(own(page)).toContainText("with 80 ms.");
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("“Untitled 2” is deleted.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Untitled");
  await expect(open_.getByRole("option", { name: "Untitled 2" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Untitled 2");
  await expect(own(page)).toContainText("with 80 ms.");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Untitled 2");
});

test("two tabs that change one draft make two of it", async ({ page, context }) => {
  await open(page);
  await write(page, python(page), sleeps("0.01", "0.02"));
  await expect(page).toHaveURL(/draft=/);
  await expect(own(page)).toContainText("with 20 ms.");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(own(other)).toContainText("with 20 ms.");
  await write(other, python(other), sleeps("0.01", "0.05"));
  await expect(own(other)).toContainText("with 50 ms.");
  await other.close();
  await page.bringToFront();
  await write(page, python(page), sleeps("0.01", "0.06"));
  await expect(page.getByText("Another tab has changed this program.")).toBeVisible();
  const options = page.getByRole("combobox", { name: "Open" }).locator("optgroup").first().getByRole("option");
  await expect(options).toHaveCount(2);
  await page.reload();
  await expect(own(page)).toContainText("with 60 ms.");
  await page.getByRole("combobox", { name: "Open" }).selectOption({ label: "The lock outside" });
  await expect(own(page)).toContainText("with 50 ms.");
});

test("a strategy of the strategies page opens with its workload written out", async ({ page }) => {
  await open(page, "?strategy=fail_fast&n=5&bad=2&sleep=20&max=1&lock=shared&fail=none");
  await expect(chart(page)).toContainText("80 ms");
  await expect(python(page)).toContainText("max_concurrent = 1");
  await expect(python(page)).toContainText('{"id": "2", "exists": False');
  await open(page, "?strategy=nobody_knows");
  await expect(page.getByText("There is no strategy “nobody_knows”.")).toBeVisible();
});

test("a large program says how far it is, and can be cancelled; typing goes on meanwhile", async ({ page }) => {
  await open(page);
  const many = "from asyncio import Semaphore, gather, sleep\nsem = Semaphore(10)\nasync def f(i):\n    for _ in range(20):\n        async with sem:\n            await sleep(0.01)\nasync def main():\n    await gather(*(f(i) for i in range(15000)))\n";
  await write(page, python(page), many);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Cancelled. Change anything, or press Ctrl-Enter, to run it again.")).toBeVisible();
  await expect(chart(page)).toContainText("60 ms");
  await write(page, python(page), many.replace("15000", "15001"));
  await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
  await write(page, python(page), sleeps("0.01", "0.02"));
  await expect(own(page)).toContainText("with 20 ms.");
});

test("nonsense is a sentence, and nothing is lost", async ({ page }) => {
  await open(page);
  const gather = (calls: string, before = ""): string => `from asyncio import Semaphore, gather, sleep\n${before}\nasync def f(i):\n    await sleep(i)\nasync def main():\n    await gather(${calls})\n`;
  for (const [text, sentence] of [
    ["", "There is no async def main():"],
    ["(((((", "never closed"],
    [gather("f(1)", "sem = Semaphore(-1)"), "ValueError: Semaphore initial value must be >= 0."],
    [gather("*(f(1) for i in range(100000000))"), "This would hold more than 1000000 values"],
    [gather("f(1 / 0)"), "ZeroDivisionError: division by zero."],
  ] as const) {
    await write(page, python(page), text);
    await expect(fault(page), text).toContainText(sentence);
    expect(await read(page, python(page))).toBe(text);
    await expect(chart(page)).toContainText("60 ms");
  }
  await write(page, python(page), gather("f(1)", "sem = Semaphore(0)").replace("    await sleep(i)", "    async with sem:\n        await sleep(i)"));
  await expect(own(page)).toContainText("Task 1 waits for a permit of sem, for ever.");
});

test("a mistake is told in the reader's language", async ({ page }) => {
  await open(page, "?lang=zh-HK");
  await write(page, python(page), "(((((");
  await expect(page.getByRole("status").filter({ hasText: "呢個 ( 冇閂到。" })).toBeVisible();
  await expect(page.getByText("never closed")).toHaveCount(0);
});

test("the keyboard gets into the editor, out of it, and to the chart", async ({ page }) => {
  await open(page, "?example=lock_inside");
  await python(page).focus();
  await page.keyboard.press("Tab");
  await expect(page).toHaveURL(/draft=/);
  await expect(python(page)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(python(page)).not.toBeFocused();
  await python(page).press("ControlOrMeta+Enter");
  await expect(page.getByRole("application")).toBeFocused();
  await page.keyboard.press("Home");
  await expect(page.locator(".cm-own")).toHaveCount(1);
  await page.getByRole("tab", { name: "Python" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "JSON" })).toBeFocused();
  await expect(page).toHaveURL(/tab=json/);
});

test("the line at the cursor's time is marked, with how many stand there", async ({ page }) => {
  await open(page, "?example=lock_outside&at=5");
  await expect(page.locator(".cm-stood").filter({ hasText: "async with ledger:" })).toContainText("5 waiting");
  await expect(page.locator(".cm-stood").filter({ hasText: "await sleep" })).toContainText("1 sleeping");
  await page.getByRole("button", { name: "One event on" }).click();
  await expect(page).toHaveURL(/at=10/);
});

test("without storage and without engines the text is kept for the visit", async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException("blocked", "SecurityError");
    };
  });
  await open(page);
  await write(page, python(page), sleeps("0.01", "0.02"));
  await expect(page.getByText("This browser does not let the page store anything")).toBeVisible();
  await expect(own(page)).toContainText("with 20 ms.");
  await page.getByRole("link", { name: "Strategies", exact: true }).click();
  await page.goBack();
  await expect(own(page)).toContainText("with 20 ms.");
});

test("engines that do not load say so, and a retry finds them", async ({ page, baseURL }) => {
  await page.context().addCookies([{ name: "lost", value: "engines", url: baseURL ?? "" }]);
  await page.goto("#/timing/program");
  await expect(page.getByText("The engines did not load. Your text is kept.")).toBeVisible();
  await expect(python(page)).toContainText("async def main");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(chart(page)).toContainText("60 ms");
});

for (const [name, width, theme, language] of [
  ["wide and light", 1440, "light", "en"],
  ["narrow and dark", 390, "dark", "zh-HK"],
] as const) {
  test(`axe finds nothing, and nothing overflows: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    for (const query of ["", "&example=two_locks&tab=json", "&strategy=lifecycle&at=5", "&p=damaged"]) {
      await page.goto("about:blank");
      await page.goto(`#/timing/program?lang=${language}${query}`);
      await expect(own(page)).toBeVisible();
      expect(await accessibility(page), query).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), query).toBeLessThanOrEqual(0);
    }
    await page.getByRole("textbox", { name: /Python$/ }).press("ControlOrMeta+a");
    await page.keyboard.type("def (");
    await expect(page.locator(".cm-lintRange-error")).toBeVisible();
    expect(await accessibility(page)).toEqual([]);
  });
}
