import { connectFacebookAndInstagram, logIn, picture, register } from "./person";
import { expect, test } from "./test";

test("two windows write the same draft: nobody's words are lost without asking", async ({
  page,
  program,
  context,
}) => {
  await register(page, program);
  await page.goto(`${program.url}/compose`);
  const mine = page.getByRole("textbox", { name: "Text", exact: true });
  await mine.fill("Begun here");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();

  const other = await context.newPage();
  await other.goto(page.url());
  const theirs = other.getByRole("textbox", { name: "Text", exact: true });
  await expect(theirs).toHaveValue("Begun here");
  await theirs.fill("Changed elsewhere");
  await expect(other.getByText(/^Draft saved/)).toBeVisible();

  await mine.fill("Changed here too");
  await expect(page.getByText("Somebody else changed this post")).toBeVisible();
  await expect(page.getByText("Not saved", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Load theirs" }).click();
  await expect(mine).toHaveValue("Changed elsewhere");

  await mine.fill("Settled here");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await theirs.fill("Kept from elsewhere");
  await expect(other.getByText("Somebody else changed this post")).toBeVisible();
  await other.getByRole("button", { name: "Keep mine" }).click();
  await expect(other.getByText(/^Draft saved/)).toBeVisible();
  await page.reload();
  await expect(mine).toHaveValue("Kept from elsewhere");
});

test("a scheduled post is moved, edited, cancelled, duplicated and deleted", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose`);
  await page.getByRole("button", { name: "Harbour Bakery" }).click();
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("Closed on Sunday");
  await page.getByText("At a time").click();
  await page.getByRole("button", { name: /^Change the time/ }).click();
  await page.getByRole("button", { name: "Next month" }).click();
  await page.getByRole("button", { name: /^15 / }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Schedule for .* on 1 channel$/ }).click();
  const drawer = page.getByRole("dialog", { name: "Closed on Sunday", exact: true });
  await expect(drawer).toBeVisible();

  await drawer.getByRole("button", { name: "Move" }).click();
  const move = page.getByRole("dialog", { name: /^Move/ });
  await move.getByLabel("Hours").fill("07");
  await move.getByLabel("Minutes").fill("15");
  await move.getByRole("button", { name: /^Move to .*07:15$/ }).click();
  await expect(page.getByText(/^Moved to .*07:15$/)).toBeVisible();

  await drawer.getByRole("link", { name: "Edit" }).click();
  await expect(text).toHaveValue("Closed on Sunday");
  await text.fill("Closed on Sunday afternoon");
  const save = page.getByRole("button", { name: /^Schedule for .*07:15 on 1 channel$/ });
  await expect(save).toHaveAttribute("aria-disabled", "false");
  await save.click();
  const edited = page.getByRole("dialog", { name: "Closed on Sunday afternoon" });

  await edited.getByRole("button", { name: "Cancel post" }).click();
  await page
    .getByRole("dialog", { name: /^Cancel “/ })
    .getByRole("button", { name: "Cancel post" })
    .click();
  await expect(edited.getByText("Cancelled").first()).toBeVisible();
  await edited.getByRole("button", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { name: "Draft" })).toBeVisible();
  await expect(text).toHaveValue("Closed on Sunday afternoon");

  await page.goBack();
  await edited.getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: /^Delete “/ })
    .getByRole("button", { name: "Delete post" })
    .click();
  await expect(page.getByText("The post is deleted")).toBeVisible();
  await expect(page.getByRole("link", { name: "Closed on Sunday afternoon" })).toHaveCount(1);
});

test("a large file is paused and goes on; files that are no pictures are refused in words", async ({
  page,
  program,
}) => {
  await register(page, program);
  await page.goto(`${program.url}/library`);
  const input = page.locator('input[type="file"]').first();
  await input.setInputFiles([
    { name: "notes.jpg", mimeType: "image/jpeg", buffer: Buffer.from("only words") },
    { name: "empty.png", mimeType: "image/png", buffer: Buffer.alloc(0) },
  ]);
  await expect(page.getByText("notes.jpg was not uploaded")).toBeVisible();
  await expect(page.getByText(/neither a picture nor a video/)).toBeVisible();
  await expect(page.getByText(/The file has no content/)).toBeVisible();

  // Bytes after a picture's end belong to no picture, but travel all the same.
  const small = await picture(page, "large.jpg");
  const large = { ...small, buffer: Buffer.concat([small.buffer, Buffer.alloc(9_000_000)]) };
  const line = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_500_000 };
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", slow);
  await input.setInputFiles([large]);
  await page.getByRole("button", { name: "Pause large.jpg" }).click();
  await expect(page.getByText(/^Paused at \d+%$/)).toBeVisible();
  await line.send("Network.emulateNetworkConditions", { ...slow, uploadThroughput: -1 });
  await page.getByRole("button", { name: "Resume large.jpg" }).click();
  await expect(page.getByRole("link", { name: "Open large.jpg" })).toBeVisible();
});

test("what the session's end interrupts goes on after logging in", async ({ page, program, context }) => {
  await register(page, program);
  await page.getByRole("link", { name: "Posts" }).click();
  await expect(page.getByRole("heading", { name: "No posts yet" })).toBeVisible();
  await context.clearCookies();
  await page.getByText("Drafts").click();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await logIn(page);
  await expect(page).toHaveURL(`${program.url}/posts?tab=drafts`);

  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expect(page).toHaveURL(`${program.url}/login`);
});
