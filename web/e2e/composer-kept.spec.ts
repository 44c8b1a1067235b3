import type { Page } from "@playwright/test";
import { accessible } from "./accessible";
import { compose, saved, text } from "./composing";
import { connectFacebookAndInstagram, logIn, register } from "./person";
import { expect, test } from "./test";

/** Ends the session just as the next words are on their way; earlier, another question could find out before they are typed. */
async function endSessionAtSaving(page: Page): Promise<void> {
  let ended = false;
  await page.route(/\/api\/posts(\/[0-9a-f-]{36})?$/, async (route) => {
    if (!ended && route.request().method() !== "GET") {
      ended = true;
      await page.context().clearCookies();
    }
    await route.continue();
  });
}

test("two pages write one draft: both texts are shown, and both are kept", async ({
  page,
  program,
  context,
}) => {
  await register(page, program);
  await compose(page, program, "Begun here");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(text(other)).toHaveValue("Begun here");
  await text(other).fill("Changed elsewhere");
  await saved(other);

  await text(page).fill("Changed here too");
  const mine = page.getByRole("region", { name: "Yours, not saved yet" });
  const theirs = page.getByRole("region", { name: "Theirs, with what differs from yours" });
  await expect(mine).toHaveText(/Changed here too/);
  await expect(theirs.locator("ins")).toHaveText(["elsewhere"]);
  await accessible(page);
  await page.getByRole("button", { name: "Keep both" }).click();
  await expect(text(page)).toHaveValue("Changed elsewhere");
  await page.getByRole("link", { name: "Open my draft" }).click();
  await expect(text(page)).toHaveValue("Changed here too");

  // Writing over somebody's words keeps them in the history; loading theirs can be undone.
  await page.goto(other.url());
  await expect(text(page)).toHaveValue("Changed elsewhere");
  await text(page).fill("Once more elsewhere");
  await saved(page);
  await text(other).fill("Mine wins");
  await other.getByRole("button", { name: "Keep mine" }).click();
  await saved(other);
  await other.getByRole("button", { name: "History" }).click();
  await expect(other.getByRole("dialog", { name: "Earlier versions" })).toContainText("Once more elsewhere");
});

test("a version of a draft is compared, taken back, and that is undone", async ({ page, program }) => {
  await register(page, program);
  const first = "Our sourdough takes thirty-six hours, and it shows.";
  await compose(page, program, first);
  await text(page).fill("Closed on Sunday");
  await expect(page.getByText("Saving")).toBeVisible();
  await saved(page);
  await page.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: "Earlier versions" });
  await history.getByRole("button", { name: /sourdough/ }).click();
  await expect(history.locator("ins").first()).toBeVisible();
  await accessible(page);
  await history.getByRole("button", { name: "Restore this version" }).click();
  await expect(text(page)).toHaveValue(first);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(text(page)).toHaveValue("Closed on Sunday");
  await page.reload();
  await expect(text(page)).toHaveValue("Closed on Sunday");
});

test("words that were not saved when the session ended are back after logging in again", async ({
  page,
  program,
}) => {
  await register(page, program);
  await compose(page, program, "Panettone");
  await endSessionAtSaving(page);
  await text(page).fill("Panettone from Monday, with candied orange");
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await logIn(page);
  await expect(text(page)).toHaveValue("Panettone from Monday, with candied orange");
  await expect(page.getByText("The words you had not saved are back")).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(text(page)).toHaveValue("Panettone from Monday, with candied orange");
});

test("words of the drawer come back on the composer's own page", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/posts`);
  await expect(page.getByRole("heading", { name: "No posts yet" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(text(page)).toBeVisible();
  await endSessionAtSaving(page);
  await text(page).fill("Begun in the drawer");
  await logIn(page);
  await expect(page).toHaveURL(/\/compose/);
  await expect(text(page)).toHaveValue("Begun in the drawer");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/compose\/[0-9a-f-]+/);
  await page.reload();
  await expect(text(page)).toHaveValue("Begun in the drawer");
});

test("a draft begun in a slot of the calendar is still meant for it after a reload", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose?at=2031-03-03T09:00:00.000Z`);
  await text(page).fill("In its slot");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await saved(page);
  await expect(page).toHaveURL(/\/compose\/[0-9a-f-]+\?at=/);
  await page.reload();
  await expect(text(page)).toHaveValue("In its slot");
  await expect(page.getByRole("button", { name: /^Schedule for/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Publish now/ })).toHaveCount(0);
});

test("a draft that is to come round every week still does after a reload", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const monday = new Date();
  monday.setUTCDate(monday.getUTCDate() + 14 - ((monday.getUTCDay() + 6) % 7));
  monday.setUTCHours(9, 0, 0, 0);
  await page.goto(`${program.url}/compose?at=${monday.toISOString()}`);
  await text(page).fill("Every week anew");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByRole("button", { name: "Repeat: Does not repeat" }).click();
  await page.getByRole("combobox", { name: "Repeat" }).selectOption({ label: "By the week" });
  await page.keyboard.press("Escape");
  await saved(page);
  await page.reload();
  await expect(text(page)).toHaveValue("Every week anew");
  await expect(page.getByRole("button", { name: "Repeat: Every Monday" })).toBeVisible();
  await page.getByRole("button", { name: /^Repeat from/ }).click();
  await expect(
    page.getByRole("dialog", { name: "Every week anew" }).getByText(/^Every Monday at/),
  ).toBeVisible();
});

test("what could not be saved while the server was away is saved once it is back", async ({
  page,
  program,
}) => {
  await register(page, program);
  await compose(page, program, "Before");
  await program.halt();
  await text(page).fill("Written while the server was away");
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await program.start();
  await expect(page.getByText(/^Draft saved/)).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(text(page)).toHaveValue("Written while the server was away");
});
