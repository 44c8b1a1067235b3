import type { Page } from "@playwright/test";
import { accessible } from "./accessible";
import { picture, register } from "./person";
import { expect, test } from "./test";

const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

async function upload(page: Page, ...names: string[]): Promise<void> {
  const files = [];
  for (const name of names) files.push(await picture(page, name));
  await page.getByLabel("Choose files").first().setInputFiles(files);
  for (const name of names) await expect(page.getByRole("link", { name: `Open ${name}` })).toBeVisible();
}

/** A picture with bytes behind its end: they belong to no picture, but travel all the same. */
async function largePicture(page: Page, name: string) {
  const small = await picture(page, name);
  return { ...small, buffer: Buffer.concat([small.buffer, Buffer.alloc(20_000_000)]) };
}

test("an upload that a reload interrupts goes on when the same file is chosen again", async ({
  page,
  program,
}) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  const film = await largePicture(page, "film.jpg");

  // The first piece arrives; the second is cut off.
  await page.route("**/api/media/uploads/*", async (route) => {
    const isLater =
      route.request().method() === "PATCH" && route.request().headers()["upload-offset"] !== "0";
    await (isLater ? route.abort("connectionreset") : route.continue());
  });
  const input = page.getByLabel("Choose files").first();
  // Chosen from the disk, so that the file is the same the second time.
  const path = test.info().outputPath("film.jpg");
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, film.buffer);
  await input.setInputFiles(path);
  await expect(page.getByText(/The network is away/)).toBeVisible();
  await page.unrouteAll();
  await page.reload();

  await expect(page.getByText(/interrupted\. Choose the same file again/)).toBeVisible();
  await accessible(page);
  const offsets: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(request.headers()["upload-offset"] ?? "");
  });
  await page.getByLabel("Choose film.jpg again").setInputFiles(path);
  await expect(page.getByRole("link", { name: "Open film.jpg" })).toBeVisible();
  expect(offsets[0]).toBe(String(8 * 1024 * 1024));
  await page.reload();
  await expect(page.getByRole("link", { name: "Open film.jpg" })).toBeVisible();
  await expect(page.getByText(/interrupted/)).toHaveCount(0);
});

test("an upload waits while the network is away and goes on by itself", async ({
  page,
  program,
  context,
}) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 2_000_000 };
  await line.send("Network.emulateNetworkConditions", slow);
  await page
    .getByLabel("Choose files")
    .first()
    .setInputFiles([await largePicture(page, "film.jpg")]);
  await expect(page.getByText(/^\d[\d.]* MB of/)).toBeVisible();
  await line.send("Network.emulateNetworkConditions", { ...slow, offline: true });
  await expect(page.getByText(/The network is away/)).toBeVisible();
  await line.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await expect(page.getByRole("link", { name: "Open film.jpg" })).toBeVisible({ timeout: 60_000 });
});

test("files are sorted into folders, tagged and found, by mouse", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  await upload(page, "loaf.jpg", "oven.jpg", "shop.jpg");

  const folders = page.getByRole("navigation", { name: "Folders" });
  await folders.getByRole("button", { name: "New folder" }).click();
  await page.getByLabel("Name of the folder").fill("Bread");
  await accessible(page);
  await page.getByRole("button", { name: "Create folder" }).click();
  await expect(folders.getByRole("link", { name: "Bread" })).toBeVisible();

  // One by dragging, the other with the dialog, and back again.
  const cell = page.getByRole("gridcell").filter({ has: page.getByRole("link", { name: "Open loaf.jpg" }) });
  await cell.dragTo(folders.getByRole("link", { name: "Bread" }));
  await expect(page.getByText("1 file moved")).toBeVisible();
  await page.getByRole("checkbox", { name: "Choose oven.jpg" }).check({ force: true });
  const bar = page.getByRole("region", { name: "Chosen files" });
  await bar.getByRole("button", { name: "Move to…" }).click();
  await page.getByRole("combobox", { name: "Folder" }).click();
  await page.getByRole("option", { name: "Bread" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await folders.getByRole("link", { name: "Bread" }).click();
  await expect(page).toHaveURL(/folder=/);
  await expect(page.getByRole("link", { name: "Open oven.jpg" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open loaf.jpg" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open shop.jpg" })).toHaveCount(0);

  await page.getByRole("checkbox", { name: "Choose oven.jpg" }).check({ force: true });
  await bar.getByRole("button", { name: "Tags…" }).click();
  await page.getByRole("combobox", { name: "Add" }).fill("#Autumn");
  await page.keyboard.press("Enter");
  await accessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Tags of 1 file changed")).toBeVisible();

  await page.goto(`${program.url}/library`);
  await page.getByLabel("Search names, texts and tags").fill("autumn");
  await expect(page).toHaveURL(/q=autumn/);
  await expect(page.getByRole("gridcell")).toHaveCount(1);
  await page.getByLabel("Search names, texts and tags").fill("nothing like it");
  await expect(page.getByRole("heading", { name: "No file fits" })).toBeVisible();
  await page.getByRole("link", { name: "Show everything here" }).click();
  await expect(page.getByRole("gridcell")).toHaveCount(3);
  await page.getByText("List", { exact: true }).click({ force: true });
  await expect(page).toHaveURL(/view=list/);
  await accessible(page);
});

test("files are walked, chosen, tagged and deleted by keyboard alone", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  await upload(page, "c.jpg");
  await upload(page, "b.jpg");
  await upload(page, "a.jpg");
  await page.getByRole("link", { name: "Open a.jpg" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("link", { name: "Open b.jpg" })).toBeFocused();
  await page.keyboard.press(" ");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByText("2 chosen")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open c.jpg" })).toBeFocused();
  await page.keyboard.press("Delete");
  const question = page.getByRole("dialog", { name: "Delete 2 files?" });
  await expect(question.getByText(/b\.jpg and c\.jpg/)).toBeVisible();
  await question.getByRole("button", { name: "Delete" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 files deleted")).toBeVisible();
  await expect(page.getByRole("gridcell")).toHaveCount(1);
  await page.getByRole("link", { name: "Open a.jpg" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "a.jpg" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Open a.jpg" })).toBeFocused();
});

test("a picture is cropped and converted, and stays as it was", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  await upload(page, "loaf.jpg");
  await page.getByRole("link", { name: "Open loaf.jpg" }).click();
  const drawer = page.getByRole("dialog", { name: "loaf.jpg", exact: true });
  await drawer.getByLabel("Alternative text").fill("A round loaf");
  await expect(drawer.getByText("12 of 1,500 characters")).toBeVisible();
  await drawer.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Alternative text saved")).toBeVisible();

  await drawer.getByRole("button", { name: "Crop" }).click();
  const crop = page.getByRole("dialog", { name: "Crop loaf.jpg" });
  await crop.getByRole("combobox", { name: "Shape" }).click();
  await page.getByRole("option", { name: "Instagram, tallest (4:5)" }).click();
  await expect(crop.getByLabel("Width", { exact: true })).toHaveValue("864");
  await crop.getByLabel("Width", { exact: true }).fill("400");
  await crop.getByLabel("Width", { exact: true }).press("Enter");
  await expect(crop.getByLabel("Height", { exact: true })).toHaveValue("500");
  // The frame itself moves with the arrow keys.
  const left = crop.getByLabel("From left");
  const before = Number(await left.inputValue());
  await crop.getByRole("group", { name: /The part that stays/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => Number(await left.inputValue())).toBeGreaterThan(before);
  await accessible(page);
  await crop.getByRole("button", { name: "Crop to 400 × 500" }).click();

  const made = page.getByRole("dialog", { name: "loaf 400×500.jpg" });
  await expect(made.getByLabel("Alternative text")).toHaveValue("A round loaf");
  await expect(made.getByText("400 × 500")).toBeVisible();
  await made.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Convert" }).click();
  const convert = page.getByRole("dialog", { name: /^Convert/ });
  await convert.getByRole("combobox", { name: "Format" }).click();
  await page.getByRole("option", { name: "PNG" }).click();
  await accessible(page);
  await convert.getByRole("button", { name: "Convert" }).click();
  const png = page.getByRole("dialog", { name: "loaf 400×500.png" });
  await expect(png.getByText("image/png")).toBeVisible();
  await png.getByRole("link", { name: "Show the original" }).click();
  await made.getByRole("link", { name: "Show the original" }).click();
  await expect(drawer.getByText("1080 × 1080")).toBeVisible();
});

test("a file that a post needs is not deleted, and the way to the post is shown", async ({
  page,
  program,
}) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  await upload(page, "loaf.jpg");
  await page.getByRole("link", { name: "Open loaf.jpg" }).click();
  const drawer = page.getByRole("dialog", { name: "loaf.jpg", exact: true });
  await drawer.getByRole("link", { name: "Write a post with it" }).click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Panettone on Friday");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();

  await page.goto(`${program.url}/library`);
  await page.getByRole("link", { name: "Open loaf.jpg" }).click();
  await expect(drawer.getByRole("link", { name: "Panettone on Friday" })).toBeVisible();
  await drawer.getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: "Delete loaf.jpg?" })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(drawer.getByText("loaf.jpg was not deleted")).toBeVisible();
  await accessible(page);
  await drawer.getByRole("link", { name: "“Panettone on Friday” is a draft." }).click();
  await expect(page).toHaveURL(/\/posts\//);
});

test("addresses that give nothing are refused in words beside the field", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  await page.getByRole("button", { name: "Other ways to add files" }).click();
  await page.getByRole("menuitem", { name: "Add by address" }).click();
  const dialog = page.getByRole("dialog", { name: "Add by address" });
  await dialog.getByLabel("Address").fill("https://192.168.0.7/loaf.jpg");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText(/is on a private network/)).toBeVisible();
  await accessible(page);
});

test("everything is reached on a narrow telephone", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  await upload(page, "a picture with a name that is longer than any telephone is wide.jpg", "b.jpg");
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => wide(page)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Folders", exact: true }).click();
  const folders = page.getByRole("dialog", { name: "Folders" });
  await accessible(page);
  await folders.getByRole("link", { name: "In no folder" }).click();
  await expect(page).toHaveURL(/folder=none/);
  await page.getByRole("checkbox", { name: "Choose b.jpg" }).check({ force: true });
  await expect.poll(() => wide(page)).toBeLessThanOrEqual(0);
  await accessible(page);
  await page.getByRole("link", { name: "Open b.jpg" }).click();
  const drawer = page.getByRole("dialog", { name: "b.jpg", exact: true });
  await expect.poll(() => wide(page)).toBeLessThanOrEqual(0);
  await accessible(page);
  await drawer.getByRole("button", { name: "Crop" }).click();
  await expect(page.getByRole("dialog", { name: "Crop b.jpg" }).getByLabel("From left")).toBeVisible();
  await expect.poll(() => wide(page)).toBeLessThanOrEqual(0);
  await accessible(page);
});
