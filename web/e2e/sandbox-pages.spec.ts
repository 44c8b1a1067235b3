import { accessible, fits } from "./accessible";
import { channelOf, publishedOnFacebook, subscribe } from "./heard";
import { connectFacebookAndInstagram, register } from "./person";
import { expect, test } from "./test";

test("what people do at the pretend platform is heard while one looks on", async ({ page, program }) => {
  test.setTimeout(240_000);
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const channel = await channelOf(page, "facebook");
  const { id, permalink } = await publishedOnFacebook(page, "Bread at nine");

  // Messages are told only of channels of which somebody chose that.
  await subscribe(program, channel.remote_id, "all");
  await page.goto(`${program.url}/webhooks`);
  const there = await page.context().newPage();
  await there.goto(permalink);
  const people = there.getByRole("region", { name: "What people do to it" });
  await accessible(there);
  await there.setViewportSize({ width: 360, height: 740 });
  await fits(there);
  await there.setViewportSize({ width: 1440, height: 900 });

  const write = people.locator("form").filter({ hasText: "Write below it" });
  await write.getByLabel("Who").selectOption("Ben Lindqvist");
  await write.getByLabel("Words").fill("Is there rye?");
  await write.getByRole("button", { name: "Comment" }).click();
  await expect(there.getByRole("list", { name: "Comments" })).toContainText("Is there rye?");
  // The list was open before anything happened, and nobody loads it anew.
  await expect(page.getByRole("link", { name: "A new comment" })).toBeVisible({ timeout: 30_000 });

  await people.getByRole("button", { name: "Like" }).click();
  await expect(there.getByText("1 reaction · 1 comment")).toBeVisible();
  await expect(page.getByRole("link", { name: "A reaction" })).toBeVisible({ timeout: 30_000 });
  await people.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("link", { name: "A share" })).toBeVisible({ timeout: 30_000 });

  await there.getByRole("link", { name: channel.name }).first().click();
  const message = there.locator("form").filter({ hasText: "Write it a message" });
  await message.getByLabel("Words").fill("Do you take orders?");
  await message.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByRole("link", { name: "A message" })).toBeVisible({ timeout: 30_000 });
  await accessible(there);
  await there.getByRole("link", { name: "Accounts and webhooks" }).click();
  const sent = there.getByRole("region", { name: "What was sent" });
  await expect(sent.getByText("answered 200").first()).toBeVisible();
  await accessible(there);
  await there.setViewportSize({ width: 360, height: 740 });
  await fits(there);

  await page.goto(`${program.url}/posts/${id}`);
  const panel = page.getByRole("dialog", { name: "Bread at nine" });
  const done = panel.getByRole("region", { name: `What people did with the post on ${channel.name}` });
  await done.getByRole("button", { name: "What people did with it" }).click();
  await expect(done.getByText("1 comment · 1 reaction · 1 share")).toBeVisible();
  await expect(done.getByRole("list", { name: "The latest words" })).toContainText(
    "Ben Lindqvist Is there rye?",
  );
  await accessible(page);
});
