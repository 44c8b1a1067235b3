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

test("words that were not saved when the session ended are back after logging in again", async ({
  page,
  program,
}) => {
  await register(page, program);
  await compose(page, program, "Panettone");
  await page.context().clearCookies();
  await text(page).fill("Panettone from Monday, with candied orange");
  await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("harbour loaf in the morning");
  await page.getByRole("button", { name: "Log in" }).click();
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
  await page.context().clearCookies();
  await text(page).fill("Begun in the drawer");
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("harbour loaf in the morning");
  await page.getByRole("button", { name: "Log in" }).click();
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

test("pictures are dropped and pasted, described, cropped, taken off and had back", async ({
  page,
  program,
}) => {
  await register(page, program);
  await compose(page, program, "Two loaves");
  const tray = page.getByRole("region", { name: "Pictures and videos" });
  const { buffer } = await picture(page);
  /** Lets a file arrive at the window as a browser would. */
  const arrive = (kind: "paste" | "drop", name: string) =>
    page.evaluate(
      ([kind, name, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], name, { type: "image/jpeg" }));
        if (kind === "paste") {
          window.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
          return;
        }
        const fire = (type: string) =>
          document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
          );
        for (const type of ["dragenter", "dragover"]) fire(type);
        return new Promise<void>((done) =>
          setTimeout(() => {
            const screen = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
            screen.dispatchEvent(
              new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
            );
            done();
          }, 300),
        );
      },
      [kind, name, buffer.toString("base64")] as const,
    );
  await arrive("paste", "pasted.jpg");
  await expect(tray.getByRole("button", { name: "Item 1: pasted.jpg" })).toBeVisible();
  await arrive("drop", "dropped.jpg");
  await expect(tray.getByRole("button", { name: "Item 2: dropped.jpg" })).toBeVisible();

  await tray.getByRole("button", { name: "Alternative text for item 1" }).click();
  await accessible(page);
  await page.getByLabel("Alternative text of item 1").fill("A loaf on a board");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await tray.getByRole("button", { name: "Crop item 1" }).click();
  const crop = page.getByRole("dialog", { name: /^Crop/ });
  await crop.getByLabel("Width").fill("600");
  await crop.getByLabel("Width").press("Enter");
  await accessible(page);
  await crop.getByRole("button", { name: /^Crop to 600/ }).click();
  await expect(page.getByText("Cropped for this post")).toBeVisible();
  await tray.getByRole("button", { name: "Alternative text for item 1" }).click();
  await expect(page.getByLabel("Alternative text of item 1")).toHaveValue("A loaf on a board");
  await page.keyboard.press("Escape");

  await tray.getByRole("button", { name: "Remove item 1" }).click();
  await expect(tray.getByRole("button", { name: "Item 1: dropped.jpg" })).toBeVisible();
  await page
    .getByRole("status")
    .filter({ hasText: "is taken off" })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(tray.getByRole("button", { name: "Item 2: dropped.jpg" })).toBeVisible();

  await tray.getByRole("button", { name: "From library" }).click();
  await expect(page.getByRole("dialog", { name: "Choose from the library" })).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");

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
  await expect(tray.getByRole("button", { name: "Item 2: dropped.jpg" })).toBeVisible();
});

test("what a platform does not take is cropped or converted where it is told", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await compose(page, program, "A tall picture #bread");
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  const tray = page.getByRole("region", { name: "Pictures and videos" });
  // Instagram takes JPEG between 4:5 and 1.91:1.
  const tall = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 600;
    canvas.height = 1600;
    canvas.getContext("2d")?.fillRect(100, 100, 300, 900);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  await tray.locator('input[type="file"]').setInputFiles({
    name: "tall.png",
    mimeType: "image/png",
    buffer: Buffer.from(tall, "base64"),
  });
  await expect(tray.getByRole("button", { name: "Item 1: tall.png" })).toBeVisible();
  const convert = page.getByRole("button", { name: "Convert for harbour.bakery" });
  await convert.click();
  await expect(page.getByText("Converted for this post")).toBeVisible();
  await expect(convert).toBeHidden();
  await page.getByRole("button", { name: "Crop for harbour.bakery" }).click();
  const dialog = page.getByRole("dialog", { name: /^Crop/ });
  await accessible(page);
  await dialog.getByRole("button", { name: /^Crop to/ }).click();
  await expect(page.getByText("Cropped for this post")).toBeVisible();
  await expect(page.getByRole("button", { name: "Crop for harbour.bakery" })).toBeHidden();
  await expect(convert).toBeHidden();
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

test("leaving while a picture is on its way is asked about first", async ({ page, program }) => {
  await register(page, program);
  await compose(page, program, "With a picture");
  await page.route(
    (url) => url.pathname === "/api/media",
    (route) => (route.request().method() === "POST" ? undefined : route.continue()),
  );
  const tray = page.getByRole("region", { name: "Pictures and videos" });
  await tray.locator('input[type="file"]').setInputFiles(await picture(page));
  await expect(page.getByText("loaf.jpg")).toBeVisible();
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.getByRole("link", { name: "Posts", exact: true }).click();
  await expect.poll(() => asked).toEqual(["confirm"]);
  await expect(page).toHaveURL(/\/compose/);
});
