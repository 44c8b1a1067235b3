import { accessible, fits } from "./accessible";
import { compose, saved, text, tray } from "./composing";
import { connectFacebookAndInstagram, picture, register } from "./person";
import { expect, test } from "./test";

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
  await fits(page);
  await accessible(page);
});

test("what was said a moment ago, or goes out in the same minute, is warned of", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const at = new Date(Math.ceil(Date.now() / 60_000 + 3 * 24 * 60) * 60_000).toISOString();
  await page.goto(`${program.url}/compose?at=${at}`);
  await text(page).fill("Open on Sunday");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  const schedule = page.getByRole("button", { name: /^Schedule for/ });
  await expect(schedule).toHaveAttribute("aria-disabled", "false");
  await schedule.click();
  await expect(page).toHaveURL(/\/posts\//);

  await page.goto(`${program.url}/compose?at=${at}`);
  await text(page).fill("Open on Sunday");
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  await expect(page.getByText(/same minute/).first()).toBeVisible();
  await expect(page.getByText(/The same content is there already/).first()).toBeVisible();
  await accessible(page);
  // They warn; they do not forbid.
  await expect(schedule).toHaveAttribute("aria-disabled", "false");
});

test("the popover of the time opens, and a duplicate has the words and the pictures", async ({
  page,
  program,
}) => {
  await register(page, program);
  await compose(page, program, "Two loaves");
  for (const name of ["first.jpg", "second.jpg"]) {
    await tray(page)
      .locator('input[type="file"]')
      .setInputFiles(await picture(page, name));
    await expect(tray(page).getByRole("button", { name: new RegExp(name) })).toBeVisible();
  }
  await page.getByText("At a time").click();
  await page.getByRole("button", { name: /^Change the time/ }).click();
  await expect(page.getByLabel("Hours")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");

  await saved(page);
  const before = page.url();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page).not.toHaveURL(before);
  await expect(text(page)).toHaveValue("Two loaves");
  await expect(tray(page).getByRole("button", { name: "Item 2: second.jpg" })).toBeVisible();
});
