import { readFile } from "node:fs/promises";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { accessibility } from "./verbs.js";

// What is asked is drawn: every run of these tests is asked the same.
test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    crypto.getRandomValues = (array) => {
      if (array instanceof Uint32Array) array.fill(1);
      return array;
    };
  }),
);

async function openTrain(page: Page, address = "#/train"): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: "Train" })).toBeVisible();
}

async function start(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Start: / }).press("Enter");
  await expect(page.getByText("Question 1 of")).toBeVisible();
}

/** The heading of what came of an answer; a question with a chart has headings of its own beside it. */
function verdictOf(page: Page): Locator {
  return page.locator(".verdict > h2");
}

/** Answers with a key and tells whether it was right. */
async function answer(page: Page, key: string): Promise<boolean> {
  await expect(page.getByRole("button", { name: "I don't know" })).toBeVisible();
  await page.keyboard.press(key);
  const verdict = verdictOf(page);
  await expect(verdict).toHaveText(/^.(Right|Wrong|Not known)/);
  // Only the word after the sign counts: the answer that is told beside it may say "Right" too.
  return /^✓Right/.test((await verdict.textContent()) ?? "");
}

/** Plays a whole session by keyboard and counts the right answers. */
async function play(page: Page, length: number, keys = "123"): Promise<number> {
  let right = 0;
  for (let n = 0; n < length; n++) {
    await expect(page.getByText(`Question ${n + 1} of ${length}`)).toBeVisible();
    if (await answer(page, keys.charAt(n % keys.length))) right += 1;
    await page.keyboard.press("Enter");
  }
  return right;
}

/** Puts a record into the browser's database as if it had been saved there. */
async function plant(page: Page, data: unknown): Promise<void> {
  await page.evaluate(async (data) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("specsight");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
    const put = db.transaction("records", "readwrite").objectStore("records").put({ collection: "drill", id: "progress", version: 1, savedAt: 1, data });
    await new Promise((resolve, reject) => {
      put.onsuccess = resolve;
      put.onerror = reject;
    });
    db.close();
  }, data);
}

/** Everything in a store of the browser's database. */
function stored(page: Page, store: "records" | "aside"): Promise<{ collection?: string; data?: string; record?: { data: unknown } }[]> {
  return page.evaluate(async (store) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("specsight");
      request.onsuccess = () => resolve(request.result);
    });
    const all = db.transaction(store).objectStore(store).getAll();
    const values = await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)));
    db.close();
    return values as never;
  }, store);
}

test("ten questions by keyboard, and the result counts them", async ({ page }) => {
  await openTrain(page);
  await start(page);
  const right = await play(page, 10);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${right} of 10 right`);
  await expect(page.locator(".times li:not(.axis)")).toHaveCount(10);
  await expect(page.locator(".misses > li")).toHaveCount(10 - right);
  await expect(page.getByRole("heading", { name: "What to review" })).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(page.getByText(`${right} of 10 right`)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${right} of 10 right`);
});

test("the answer brings the reason, the marked words and when it comes again", async ({ page }) => {
  // Every item of this deck marks its signals; a question about a run has none.
  await openTrain(page, "#/train?decks=families");
  await start(page);
  await expect(page.locator("mark")).toHaveCount(0);
  await answer(page, "0");
  await expect(page.locator(".choice.right")).toHaveCount(1);
  await expect(page.locator("mark").first()).toBeVisible();
  await expect(page.locator(".verdict")).toContainText("First time seen · next in 10 minutes");
  await expect(page.getByRole("button", { name: /^Next question/ })).toBeFocused();
  // Nothing more can be chosen.
  await page.keyboard.press("1");
  await expect(verdictOf(page)).toHaveText(/Not known/);
});

test("the clock runs out, and waits while paused", async ({ page }) => {
  await page.clock.install();
  await openTrain(page);
  await page.getByRole("checkbox", { name: "Show the seconds left" }).check();
  await start(page);
  await page.clock.runFor(12_000);
  await expect(page.locator(".seconds")).toHaveText("18 s");

  await page.keyboard.press("p");
  await expect(page.getByText("Paused. The question is covered")).toBeVisible();
  await expect(page.locator(".choices")).toHaveCount(0);
  await page.clock.runFor(120_000);
  await page.keyboard.press("1");
  await page.keyboard.press("p");
  await expect(page.locator(".choices")).toBeVisible();

  await page.clock.runFor(18_100);
  await expect(verdictOf(page)).toHaveText(/Time is up/);
  await expect(page.locator(".choice.right")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Question 2 of 10")).toBeVisible();
  await expect(page.locator(".seconds")).toHaveText("30 s");
});

test("without a clock nothing runs out", async ({ page }) => {
  await page.clock.install();
  await openTrain(page);
  await page.getByRole("radio", { name: "No clock" }).check();
  await page.getByRole("radio", { name: "5", exact: true }).check();
  await start(page);
  await expect(page.locator(".bar")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Pause/ })).toHaveCount(0);
  await page.clock.runFor(3_600_000);
  await expect(page.getByText("Question 1 of 5")).toBeVisible();
  await answer(page, "1");
});

test("only the misses are asked again", async ({ page }) => {
  await openTrain(page);
  await page.getByRole("radio", { name: "5", exact: true }).check();
  await start(page);
  await play(page, 5, "0");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("0 of 5 right");
  await page.keyboard.press("m");
  await expect(page.getByText("Question 1 of 5")).toBeVisible();
  await answer(page, "0");
  await expect(page.locator(".verdict")).toContainText("Seen once before, right 0 times");
});

test("a session goes on after a reload", async ({ page }) => {
  await openTrain(page);
  await start(page);
  for (let n = 0; n < 3; n++) {
    await answer(page, "1");
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText("Question 4 of 10")).toBeVisible();
  const prompt = await page.locator(".prompt").textContent();
  await page.reload();
  await expect(page.getByText("Question 4 of 10")).toBeVisible();
  expect(await page.locator(".prompt").textContent()).toBe(prompt);

  await page.keyboard.press("Escape");
  await expect(page.getByText("A session is open, at question 4 of 10.")).toBeVisible();
  await page.getByRole("button", { name: "End it here" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/of 3 right/);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/of 3 right/);
});

test("progress that cannot be read is set aside, and the drill goes on", async ({ page }) => {
  await openTrain(page);
  await plant(page, '{"format":"specsight-drill","version":1,"cards":{');
  await page.reload();
  await expect(page.getByText("A saved record could not be read. It was set aside, not deleted.")).toBeVisible();
  await start(page);
  await answer(page, "1");
  await expect.poll(async () => (await stored(page, "records")).filter((record) => record.collection === "drill").length).toBe(1);
  const aside = await stored(page, "aside");
  expect(aside.map((entry) => entry.record?.data)).toEqual(['{"format":"specsight-drill","version":1,"cards":{']);
});

test("progress of a later version is left as it is", async ({ page }) => {
  const later = '{"format":"specsight-drill","version":9,"cards":{"a":"b"}}';
  await openTrain(page);
  await plant(page, later);
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("saved by a newer version of this page");
  expect((await stored(page, "records")).map((record) => record.data)).toEqual([later]);
});

test("a full disk costs nothing of the visit", async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await openTrain(page);
  await start(page);
  const right = await play(page, 10);
  await expect(page.getByText("The browser's storage is full")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${right} of 10 right`);
});

test("progress moves to another browser and back as a file", async ({ page, browser }) => {
  await openTrain(page);
  await start(page);
  const right = await play(page, 10);
  await page.keyboard.press("Escape");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export progress" }).click();
  const text = await readFile(await (await waiting).path(), "utf8");

  const other = await browser.newPage();
  await openTrain(other);
  const file = { name: "specsight-drill.json", mimeType: "application/json" };
  await other.locator("input[type=file]").setInputFiles({ ...file, buffer: Buffer.from("{}") });
  await expect(other.getByText("Nothing was imported: this is not drill progress")).toBeVisible();
  await other.locator("input[type=file]").setInputFiles({ ...file, buffer: Buffer.from(text) });
  await expect(other.getByText("Imported. What you had here is still here.")).toBeVisible();
  await expect(other.getByText(`${right} of 10 right`)).toBeVisible();
  await other.close();
});

test("the decks asked are those of the address", async ({ page }) => {
  await page.goto("#/train?decks=families");
  await expect(page.getByRole("checkbox", { name: /^Families/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: /^Groups/ })).not.toBeChecked();
  await start(page);
  for (let n = 0; n < 4; n++) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Which family?");
    await answer(page, "1");
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/#\/train\?decks=families$/);
  await page.goto("#/train?decks=none");
  await expect(page.getByRole("button", { name: /^Start/ })).toBeDisabled();
  await page.getByRole("button", { name: "All" }).click();
  await expect(page).toHaveURL(/#\/train$/);
});

test("an address of no session says so", async ({ page }) => {
  await page.goto("#/train/result/nowhere");
  await expect(page.getByText("There is no session with this address on this device.")).toBeVisible();
  await page.goto("#/train/run");
  await expect(page.getByRole("heading", { level: 1, name: "Train" })).toBeVisible();
});

for (const [scheme, lang, width] of [
  ["light", "en", 1440],
  ["dark", "zh-HK", 390],
] as const) {
  test(`every view is accessible and fits: ${scheme}, ${lang}, ${width} px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 844 });
    const fits = async (): Promise<void> => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      expect(await accessibility(page)).toEqual([]);
    };
    await page.goto(`#/train?lang=${lang}`);
    await expect(page.locator("button.start")).toBeVisible();
    await fits();
    await page.locator("button.start").click();
    await expect(page.locator(".choices")).toBeVisible();
    await fits();
    for (let n = 0; n < 10; n++) {
      await page.keyboard.press("2");
      await expect(page.locator(".next")).toBeFocused();
      if (n < 3) await fits();
      await page.keyboard.press("Enter");
    }
    await expect(page.locator(".times")).toBeVisible();
    await fits();
  });
}

test("a predicted run is asked without its name, then drawn with it, and opens in the laboratory", async ({ page }) => {
  await page.goto("#/train?decks=predict");
  await page.getByRole("button", { name: "Start" }).click();
  for (let question = 0; question < 10; question += 1) {
    await expect(page.locator(".choices")).toBeVisible();
    const figure = page.locator("specsight-drill-figure");
    if ((await figure.count()) > 0) await expect(figure.getByText("Some strategy").first()).toBeVisible();
    await answer(page, "1");
    await expect(figure.locator("specsight-timeline")).toBeVisible();
    await expect(figure.getByText("Some strategy")).toHaveCount(0);
    await expect(figure.getByRole("link")).toHaveAttribute("href", /^#\/timing\?/);
    await page.keyboard.press("Enter");
  }
});

test("the order of an operation's checks is asked as its engine has it", async ({ page }) => {
  await openTrain(page, "#/train?decks=check-order");
  await start(page);
  await expect(page.getByText(/^class \w+:/)).toBeVisible();
  await answer(page, "1");
  // The reason numbers the checks; the right choice tells them in the same order.
  const reason = (await page.locator(".verdict .reason").textContent()) ?? "";
  const checks = [...reason.matchAll(/\d\. (.+?), else /g)].map(([, check]) => check);
  expect(checks.length).toBeGreaterThan(2);
  await expect(page.locator(".choice.right .label")).toHaveText(checks.join(" → "));
});
