import type { Page } from "@playwright/test";
import { accessible, fits } from "./accessible";
import { compose, saved, text, tray } from "./composing";
import { breakNext, register } from "./person";
import type { Program } from "./program";
import { expect, test } from "./test";

/** Two clicks: connect, and agree on the pretend Google's page. */
async function connectDrive(page: Page, program: Program): Promise<void> {
  await page.goto(`${program.url}/connections?for=files`);
  await page.getByRole("button", { name: "Connect Google Drive" }).click();
  await page.locator('button[value="continue"]').click();
  await expect(page.getByText("Google Drive has files, not channels")).toBeVisible();
}

/** Opens the drive from the library's menu. */
async function open(page: Page, program: Program) {
  await page.goto(`${program.url}/library`);
  await page.getByRole("button", { name: "Other ways to add files" }).click();
  await page.getByRole("menuitem", { name: "From Google Drive" }).click();
  return page.getByRole("dialog", { name: "From Google Drive" });
}

/** So that a drive is asked for a file, and then, when it is to send it, something goes wrong. */
async function breakDownload(program: Program, fault: string, delay_ms?: number): Promise<void> {
  await breakNext(program, { platform: "gdrive", call: "read", fault: "slow", delay_ms: 1 });
  await breakNext(program, { platform: "gdrive", call: "read", fault, ...(delay_ms ? { delay_ms } : {}) });
}

/** Takes a file from the drive into the post that is being composed. */
async function takeIntoPost(page: Page, name: string, meanwhile?: () => Promise<void>): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "From Google Drive" });
  await page.getByRole("button", { name: "From Google Drive" }).click();
  await dialog.getByRole("checkbox", { name }).check();
  await meanwhile?.();
  await dialog.getByRole("button", { name: "Take 1 file" }).click();
  await expect(dialog).toHaveCount(0);
}

const arrived = (page: Page, name: string) => page.getByRole("link", { name: `Open ${name}` });

test("a drive is connected, and files of several folders are taken into the library", async ({
  page,
  program,
}) => {
  await register(page, program);
  // It is no place for a first post.
  await expect(page.getByRole("button", { name: "Connect pretend account: Facebook" })).toBeVisible();
  await expect(page.getByRole("region", { name: /Google Drive/ })).toHaveCount(0);

  const before = await open(page, program);
  await expect(before.getByText("No account of Google Drive is connected")).toBeVisible();
  await accessible(page);
  await before.getByRole("link", { name: "Connect Google Drive" }).click();
  await expect(page).toHaveURL(/for=files/);
  await connectDrive(page, program);
  await accessible(page);
  await page.getByRole("button", { name: "Done" }).click();
  const card = page.getByRole("region", { name: "Google Drive", exact: true });
  await expect(card.getByText("Library files")).toBeVisible();
  await card.getByRole("listitem").getByRole("link").click();
  const panel = page.getByRole("dialog", { name: "ines@harbourbakery.example" });
  await expect(panel.getByText("Google Drive has files, not channels")).toBeVisible();
  await expect(panel.getByRole("link", { name: "Channels" })).toHaveCount(0);
  await accessible(page);

  const dialog = await open(page, program);
  await dialog.getByRole("checkbox", { name: "Logo.png" }).check();
  await accessible(page);
  await dialog.getByRole("button", { name: "Open the folder Autumn pictures" }).click();
  await expect(dialog.getByText("1 chosen")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "Rye loaf.jpg" }).check();
  await dialog.getByRole("button", { name: "ines@harbourbakery.example" }).click();
  await expect(dialog.getByRole("checkbox", { name: "Logo.png" })).toBeChecked();

  const search = dialog.getByRole("searchbox");
  await search.fill("nothing like it");
  await expect(dialog.getByText("No file or folder of that name")).toBeVisible();
  await search.fill("knead");
  await dialog.getByRole("checkbox", { name: "Kneading.mp4" }).check();
  await expect(dialog.getByText("3 chosen")).toBeVisible();
  await dialog.getByRole("button", { name: "Take 3 files" }).click();
  await expect(page.getByText("3 files are on their way")).toBeVisible();
  for (const name of ["Logo.png", "Rye loaf.jpg", "Kneading.mp4"])
    await expect(arrived(page, name)).toBeVisible();
  await expect(page.getByRole("region", { name: /on their way/ })).toHaveCount(0);
});

test("what is refused stays chosen, and what fails on its way is tried again", async ({ page, program }) => {
  await register(page, program);
  await connectDrive(page, program);
  const dialog = await open(page, program);
  await dialog.getByRole("checkbox", { name: "Opening hours.png" }).check();
  await breakNext(program, { platform: "gdrive", call: "read", fault: "rejected_media" });
  await dialog.getByRole("button", { name: "Take 1 file" }).click();
  await expect(dialog.getByText("1 file could not be taken")).toBeVisible();
  await expect(dialog.getByRole("checkbox", { name: "Opening hours.png" })).toBeChecked();
  await accessible(page);

  await breakDownload(program, "rejected_media");
  await dialog.getByRole("button", { name: "Take 1 file" }).click();
  await expect(page.getByText("Opening hours.png did not arrive")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Try Opening hours.png again" }).click();
  await expect(arrived(page, "Opening hours.png")).toBeVisible();

  const again = await open(page, program);
  await again.getByRole("checkbox", { name: "Logo.png" }).check();
  await breakDownload(program, "rate_limit", 600_000);
  await again.getByRole("button", { name: "Take 1 file" }).click();
  await expect(page.getByText(/It goes on by itself later/)).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Call Logo.png off" }).click();
  await expect(page.getByRole("region", { name: /on their way/ })).toHaveCount(0);
  await page.reload();
  await expect(arrived(page, "Opening hours.png")).toBeVisible();
  await expect(arrived(page, "Logo.png")).toHaveCount(0);
});

test("a withdrawn access leads to the connection", async ({ page, program }) => {
  await register(page, program);
  await connectDrive(page, program);
  await page.goto(`${program.url}/library`);
  const spoilt = { platform: "gdrive", fault: "revoked_token", times: 9 };
  await breakNext(program, { ...spoilt, call: "read" });
  await breakNext(program, { ...spoilt, call: "token" });
  const dialog = await open(page, program);
  const link = dialog.getByRole("link", { name: "Reconnect ines@harbourbakery.example" });
  await expect(link).toBeVisible();
  await accessible(page);
  await link.click();
  await expect(page).toHaveURL(/connections\//);
});

test("the drive is walked by keyboard alone, and fits a telephone", async ({ page, program }) => {
  await register(page, program);
  await connectDrive(page, program);
  await page.setViewportSize({ width: 360, height: 740 });
  const dialog = await open(page, program);
  const folder = dialog.getByRole("button", { name: "Open the folder Autumn pictures" });
  await folder.focus();
  await page.keyboard.press("Enter");
  const first = dialog.getByRole("checkbox", { name: "Ann's birthday loaf.jpg" });
  await expect(first).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("checkbox", { name: "Apple tart.jpg" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("2 chosen")).toBeVisible();
  await fits(page);
  await accessible(page);
  await page.keyboard.press("Backspace");
  await expect(folder).toBeFocused();
  await dialog.getByRole("button", { name: "Take 2 files" }).focus();
  await page.keyboard.press("Enter");
  await expect(arrived(page, "Apple tart.jpg")).toBeVisible();
  await fits(page);
});

test("files taken in the composer come into the post, in the order in which they were chosen", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectDrive(page, program);
  await page.goto(`${program.url}/compose`);
  await takeIntoPost(page, "Opening hours.png", () => breakDownload(program, "rejected_media"));
  await expect(tray(page).getByText("Opening hours.png did not arrive")).toBeVisible();
  await takeIntoPost(page, "Logo.png");
  await expect(tray(page).getByRole("button", { name: "Item 1: Logo.png" })).toBeVisible();
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await tray(page).getByRole("button", { name: "Try Opening hours.png again" }).click();
  await expect(tray(page).getByRole("button", { name: "Item 1: Opening hours.png" })).toBeVisible();
  await expect(tray(page).getByRole("button", { name: "Item 2: Logo.png" })).toBeVisible();
  await fits(page);
});

test("a file on its way comes into the post although the page is loaded again meanwhile", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectDrive(page, program);
  await compose(page, program, "We are open on Sundays.");
  await takeIntoPost(page, "Logo.png", () => breakDownload(program, "slow", 6_000));
  await expect(tray(page).getByText("Logo.png")).toBeVisible();

  page.once("dialog", (asked) => asked.accept());
  await page.reload();
  await expect(text(page)).toHaveValue("We are open on Sundays.");
  await expect(tray(page).getByRole("button", { name: "Item 1: Logo.png" })).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(tray(page).getByRole("button", { name: "Item 1: Logo.png" })).toBeVisible();
});
