import { expect, test } from "@playwright/test";
import { open } from "./verbs.js";

test("a record that cannot be read is set aside, and the reader is told", async ({ page }) => {
  await open(page, "#/systems/bank/story?step=1");
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/step=2/);
  await open(page, "#/");
  await expect(page.getByRole("link", { name: "Go on at step 2 of 28" })).toBeVisible();
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("failed"));
      });
    const db = await done(indexedDB.open("specsight"));
    const store = db.transaction("records", "readwrite").objectStore("records");
    await done(store.put({ collection: "visits", id: "bank", version: 1, savedAt: 1, data: { step: "two" } }));
    db.close();
  });
  await page.reload();
  await expect(page.getByText("It was set aside, not deleted")).toBeVisible();
  await expect(page.getByRole("link", { name: "Start the story" })).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("status").getByRole("button", { name: "Save a copy" }).click()]);
  const text = await (await file.createReadStream()).toArray();
  expect(Buffer.concat(text as Buffer[]).toString()).toContain('"two"');
});

test("without a database everything works for the visit, and the reader is told", async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException("blocked", "SecurityError");
    };
  });
  await open(page, "#/systems/bank/story?step=3");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("This browser does not let the page store anything")).toBeVisible();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("link", { name: "Go on at step 4 of 28" })).toBeVisible();
});

test("a copy of everything can be taken away and brought back", async ({ page, browser, baseURL }) => {
  await open(page, "#/systems/bank/story?step=6");
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/step=7/);
  await open(page, "#/");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a copy" }).click()]);
  const elsewhere = await (await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "en-GB" })).newPage();
  await open(elsewhere, "#/");
  await elsewhere.locator('input[type="file"]').setInputFiles(await file.path());
  await expect(elsewhere.getByText("records came in")).toBeVisible();
  await elsewhere.reload();
  await expect(elsewhere.getByRole("link", { name: "Go on at step 7 of 28" })).toBeVisible();
  await elsewhere.locator('input[type="file"]').setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await expect(elsewhere.getByText("nothing was changed")).toBeVisible();
});
