import type { Page } from "@playwright/test";
import { accessible } from "./accessible";
import { connectFacebookAndInstagram, picture, register } from "./person";
import type { Program } from "./program";
import { expect, test } from "./test";

const text = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
const saved = (page: Page) => expect(page.getByText(/^Draft saved/)).toBeVisible();

async function compose(page: Page, program: Program, words: string): Promise<void> {
  await page.goto(`${program.url}/compose`);
  await text(page).fill(words);
  await saved(page);
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

test("a text that is too long is shortened for that channel alone, and hashtags stay whole", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const long = `${"Friday is panettone day at the harbour. ".repeat(60)}#panettone`;
  await compose(page, program, long);
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  await page.getByRole("button", { name: "Shorten for harbour.bakery" }).click();
  await expect(page.getByText("Shortened for harbour.bakery")).toBeVisible();
  await expect(page.getByRole("button", { name: "Shorten for harbour.bakery" })).toBeHidden();
  await page.getByRole("tab", { name: /harbour\.bakery/ }).click();
  const own = page.getByRole("textbox", { name: "Text for harbour.bakery" });
  await expect(own).toHaveValue(/ #panettone$/);
  expect((await own.inputValue()).length).toBeLessThanOrEqual(2200);
  await page.getByRole("tab", { name: "All channels" }).click();
  await expect(text(page)).toHaveValue(long);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Shorten for harbour.bakery" })).toBeVisible();
});

test("emoji, hashtag groups and templates are written by keyboard alone", async ({ page, program }) => {
  await register(page, program);
  await compose(page, program, "Fresh");
  await text(page).press("End");
  await page.getByRole("button", { name: "Emoji" }).focus();
  await page.keyboard.press("Enter");
  const search = page.getByRole("searchbox", { name: "Search emoji" });
  await search.fill("croissant");
  await expect(page.getByRole("gridcell", { name: "croissant" })).toBeVisible();
  await accessible(page);
  await search.press("Enter");
  await expect(text(page)).toHaveValue("Fresh🥐");
  await expect(text(page)).toBeFocused();
  // The browser's own undo takes it back.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(text(page)).toHaveValue("Fresh");

  await page.getByRole("button", { name: "Hashtag groups" }).click();
  await page.getByRole("menuitem", { name: "Manage groups" }).press("Enter");
  const groups = page.getByRole("dialog", { name: "Hashtag groups" });
  await groups.getByRole("button", { name: "New group" }).press("Enter");
  await groups.getByLabel("Name").fill("Bakery");
  await groups.getByLabel("Hashtags").fill("slowbread, #bakery two-words");
  await groups.getByRole("button", { name: "Save" }).press("Enter");
  await expect(groups.getByText(/is no hashtag/)).toBeVisible();
  await accessible(page);
  await groups.getByLabel("Hashtags").fill("slowbread, #bakery");
  await groups.getByRole("button", { name: "Save" }).press("Enter");
  await expect(groups.getByText("#slowbread #bakery")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Hashtag groups" }).press("Enter");
  await page.getByRole("menuitem", { name: /Bakery/ }).press("Enter");
  await expect(text(page)).toHaveValue("Fresh #slowbread #bakery");
  await expect(page.locator('mark[data-kind="hashtag"]')).toHaveText(["#slowbread", "#bakery"]);

  await page.getByRole("button", { name: "Templates" }).press("Enter");
  const templates = page.getByRole("dialog", { name: "Content templates" });
  await templates.getByLabel("Save this post as a template").fill("Weekly");
  await page.keyboard.press("Enter");
  await expect(templates.getByText("Weekly", { exact: true })).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
  await text(page).fill("Something else");
  await page.getByRole("button", { name: "Templates" }).press("Enter");
  await templates.getByRole("button", { name: "Use Weekly" }).press("Enter");
  await expect(text(page)).toHaveValue("Fresh #slowbread #bakery");
});

test("pictures are put in order by keyboard, and each platform shows them its way", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await compose(page, program, "Two loaves #bread");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  const tray = page.getByRole("region", { name: "Pictures and videos" });
  for (const name of ["first.jpg", "second.jpg"]) {
    await tray.locator('input[type="file"]').setInputFiles(await picture(page, name));
    await expect(tray.getByRole("button", { name: new RegExp(name) })).toBeVisible();
  }
  await tray.getByRole("button", { name: "Item 1: first.jpg" }).focus();
  await page.keyboard.press("Space");
  // Lifted is told first, and at once after it where the item is.
  await expect(page.getByText(/Item 1 is (lifted|at place 1)\./)).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Item 1 is at place 2.")).toBeAttached();
  await page.keyboard.press("Space");
  await expect(tray.getByRole("button", { name: "Item 1: second.jpg" })).toBeVisible();

  const preview = page.getByRole("complementary", { name: "Preview" });
  await preview.getByRole("button", { name: "Instagram" }).click();
  await expect(preview.getByText("1 / 2")).toBeVisible();
  await preview.getByRole("button", { name: "Next picture" }).click();
  await expect(preview.getByText("2 / 2")).toBeVisible();
  await preview.getByRole("button", { name: "Facebook" }).click();
  await expect(preview.getByText("Share")).toBeVisible();
  await accessible(page);
});

test("the quick composer opens over any page and goes on in the full one", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/posts`);
  await expect(page.getByRole("heading", { name: "No posts yet" })).toBeVisible();
  await page.keyboard.press("c");
  const drawer = page.getByRole("dialog", { name: "New post" });
  await text(page).fill("Begun in the drawer");
  await expect(drawer.getByText(/^Draft saved/)).toBeVisible();
  await accessible(page);
  await drawer.getByRole("button", { name: "Open as a full page" }).click();
  await expect(page).toHaveURL(/\/compose\/[0-9a-f-]+$/);
  await expect(drawer).toBeHidden();
  await expect(text(page)).toHaveValue("Begun in the drawer");
});

test("on a narrow screen the preview lies behind a tab", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.setViewportSize({ width: 360, height: 740 });
  await compose(page, program, "Narrow");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  const preview = page.getByRole("complementary", { name: "Preview" });
  await expect(preview).toBeHidden();
  await page.getByRole("tab", { name: "Preview" }).click();
  await expect(preview.getByText("Narrow")).toBeVisible();
  await expect(text(page)).toBeHidden();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await accessible(page);
});
