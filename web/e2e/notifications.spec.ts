import type { Locator, Page } from "@playwright/test";
import { accessible, fits } from "./accessible";
import { act, channelOf, publishedOnFacebook } from "./heard";
import { breakNext, connectFacebookAndInstagram, register } from "./person";
import { call } from "./planned";
import type { Program } from "./program";
import { expect, test } from "./test";

const bell = (page: Page): Locator => page.getByRole("button", { name: /^Notifications/ });

const unread = async (page: Page): Promise<number> =>
  (await call<{ unread: number }>(page, "GET", "/api/notifications/count")).unread;

/** A post that Facebook refuses. */
async function failingPost(page: Page, program: Program, text: string): Promise<void> {
  const { id } = await channelOf(page, "facebook");
  await breakNext(program, { platform: "facebook", call: "publish", fault: "rejected_media" });
  await call(page, "POST", "/api/posts", {
    text,
    channel_ids: [id],
    schedule: { kind: "now", time_zone: "Europe/Madrid" },
  });
}

/** Somebody comments on a post that is out. */
async function comment(page: Page, program: Program, permalink: string, text: string): Promise<void> {
  const { remote_id } = await channelOf(page, "facebook");
  const remote = new URL(permalink).pathname.split("/").at(-1) ?? "";
  await act(program, {
    act: "comment",
    post: remote.includes("_") ? remote : `${remote_id}_${remote}`,
    text,
  });
}

test("the bell counts what happens while one looks on, and is read by mouse and by keyboard", async ({
  page,
  program,
}) => {
  test.setTimeout(240_000);
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const { permalink } = await publishedOnFacebook(page, "Bread at nine");
  await page.goto(program.url);
  // Also what is told of the account and the post a moment later.
  await expect(async () => {
    await call(page, "POST", "/api/notifications/read", {});
    await expect(bell(page)).toHaveAccessibleName("Notifications", { timeout: 3_000 });
  }).toPass();

  await failingPost(page, program, "Buns at ten");
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread", { timeout: 60_000 });
  await comment(page, program, permalink, "Is there rye?");
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread", { timeout: 60_000 });

  await bell(page).click();
  const panel = page.getByRole("dialog", { name: "Notifications" });
  const row = (words: string) => panel.getByRole("listitem").filter({ hasText: words });
  await expect(row("Not published")).toContainText("Buns at ten");
  await expect(row("A comment")).toContainText("Bread at nine");
  await accessible(page);
  await row("A comment").getByRole("button", { name: "Mark as read" }).click();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  await row("A comment").getByRole("button", { name: "Mark as unread" }).click();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  // It does not lie over the page that one goes to meanwhile.
  await bell(page).click();
  await expect(panel).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Calendar" }).click();
  await expect(page).toHaveURL(/\/calendar/);
  await expect(panel).toBeHidden();

  // The same by the keyboard: the focus goes into the panel and comes back to the bell.
  await bell(page).focus();
  await page.keyboard.press("Enter");
  await expect(panel).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("button", { name: "Mark all as read" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bell(page)).toHaveAccessibleName("Notifications");
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect.poll(() => unread(page)).toBe(2);
  await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");
  await panel.focus();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(bell(page)).toBeFocused();

  // Whoever follows one has read it.
  await page.keyboard.press("Enter");
  await row("Not published").getByRole("link").click();
  await expect(page.getByRole("dialog", { name: "Buns at ten" })).toBeVisible();
  await expect(panel).toBeHidden();
  await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");

  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(program.url);
  await bell(page).click();
  await expect(row("A comment")).toBeVisible();
  await fits(page);
  await accessible(page);
});

test("everything that one was told is listed and narrowed down", async ({ page, program }) => {
  test.setTimeout(240_000);
  await register(page, program);
  await page.goto(`${program.url}/notifications`);
  await expect(page.getByRole("heading", { name: "Notifications" })).toBeVisible();
  await accessible(page);
  await page.goto(`${program.url}/setup?step=connect`);
  await connectFacebookAndInstagram(page, program);
  const { permalink } = await publishedOnFacebook(page, "Bread at nine");
  await page.goto(`${program.url}/notifications`);
  const row = (words: string) => page.locator("#page").getByRole("listitem").filter({ hasText: words });
  await expect(row("Bread at nine")).toHaveCount(1, { timeout: 30_000 });

  // What comes while the list is open stands in it.
  await comment(page, program, permalink, "Is there rye?");
  await comment(page, program, permalink, "And on Sundays?");
  await expect(row("2 comments")).toBeVisible({ timeout: 60_000 });

  await page.getByRole("combobox", { name: "What happens" }).selectOption("comment_received");
  await expect(page).toHaveURL(/kind=comment_received/);
  await expect(row("Bread at nine")).toHaveCount(1);
  await page.reload();
  await expect(row("Bread at nine")).toHaveCount(1);
  await page.getByRole("checkbox", { name: "Only unread" }).check();
  await expect(page).toHaveURL(/unread=true/);
  await row("2 comments").getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByText("Nothing here")).toBeVisible();
  await accessible(page);
  await page.getByRole("checkbox", { name: "Only unread" }).uncheck();
  await expect(row("2 comments").getByRole("button", { name: "Mark as unread" })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);
});

test("what one wants to be told is kept, and is not told any more", async ({ page, program }) => {
  test.setTimeout(240_000);
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const { permalink } = await publishedOnFacebook(page, "Bread at nine");
  await page.goto(`${program.url}/settings/account`);
  const wish = (name: string) => page.getByRole("checkbox", { name, exact: true });
  await expect(wish("A comment: Here")).toBeChecked();
  await expect(wish("A comment: By mail")).not.toBeChecked();
  await expect(wish("Security of your account: By mail")).toBeDisabled();
  await accessible(page);
  await wish("A comment: Here").uncheck();
  await wish("A post is published: By mail").check();
  await expect(wish("A post is published: By mail")).toBeEnabled();
  await page.reload();
  await expect(wish("A comment: Here")).not.toBeChecked();
  await expect(wish("A post is published: By mail")).toBeChecked();
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);

  // A comment comes and is heard, and nobody is told of it.
  const before = await unread(page);
  await comment(page, program, permalink, "Is there rye?");
  const path = "/api/webhook-events?kind=feed.comment.add&status=processed";
  await expect
    .poll(async () => (await call<{ items: unknown[] }>(page, "GET", path)).items.length, { timeout: 60_000 })
    .toBe(1);
  expect(await unread(page)).toBe(before);
});
