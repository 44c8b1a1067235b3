import { readFile } from "node:fs/promises";
import { accessible, fits } from "./accessible";
import { register } from "./person";
import { expect, test } from "./test";

test("the log is read, narrowed, opened, exported and verified", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/settings/api-keys`);
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Website");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByRole("button", { name: "I have copied it" }).click();

  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveTitle("Audit log · Fanfare");
  const log = page.getByRole("list", { name: "Audit log" });
  await expect(log.getByRole("link", { name: "Ada Moreno made an API key" })).toBeVisible();
  await expect(log.getByRole("link", { name: "Ada Moreno renamed the workspace" })).toBeVisible();
  await accessible(page);

  await page.getByLabel("Kind of thing").selectOption("API key");
  await expect(page).toHaveURL(/kind=api_key/);
  await expect(log.getByRole("listitem")).toHaveCount(1);
  await page.getByLabel("From").fill("2020-01-01");
  await page.getByLabel("Until").fill("2020-01-02");
  await expect(page.getByText("Nothing matches these filters")).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(`${program.url}/settings/audit`);

  await page.getByLabel("Person").selectOption("Ada Moreno");
  await page.getByRole("button", { name: "Export" }).click();
  const table = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "As a table (CSV)" }).click();
  const file = await (await table).path();
  expect(await readFile(file, "utf8")).toContain("api_key.created");

  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText(/The log is as it was written: \d+ events were verified/)).toBeVisible();

  await log.getByRole("link", { name: "Ada Moreno made an API key" }).click();
  const panel = page.getByRole("dialog", { name: "Ada Moreno made an API key" });
  await expect(panel.getByText("api_key.created")).toBeVisible();
  await accessible(page);
  const address = page.url();
  await page.reload();
  await expect(panel.getByText("api_key.created")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await accessible(page);
  await fits(page);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(address);
  await fits(page);
});

test("the installation's log is narrowed and opened", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/admin/audit`);
  await page.getByLabel("This log").selectOption("24 months");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByLabel("Kind of thing").selectOption("Installation");
  await expect(page).toHaveURL(/kind=installation/);
  const words = "Ada Moreno changed how long the installation keeps things";
  await page.getByRole("link", { name: words }).click();
  const panel = page.getByRole("dialog", { name: words });
  await expect(panel.getByText("installation.retention_changed")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`${program.url}/admin/audit?kind=installation`);
});
