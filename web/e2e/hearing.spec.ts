import { accessible, fits } from "./accessible";
import { act, channelOf, publishedOnFacebook, subscribe } from "./heard";
import { connectFacebookAndInstagram, register } from "./person";
import { expect, test } from "./test";

test("what is told of a channel is chosen, looked at, mended, and what was missed is read", async ({
  page,
  program,
}) => {
  test.setTimeout(240_000);
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const channel = await channelOf(page, "facebook");
  const { permalink } = await publishedOnFacebook(page, "Bread at nine");
  const remote = new URL(permalink).pathname.split("/").at(-1) ?? "";
  const facebookPost = remote.includes("_") ? remote : `${channel.remote_id}_${remote}`;

  await page.goto(`${program.url}/connections/${channel.connection_id}?tab=hearing`);
  const panel = page.getByRole("dialog", { name: "Ines Moreno" });
  const heard = panel.getByRole("listitem", { name: channel.name });
  await expect(heard.getByText("Heard", { exact: true })).toBeVisible({ timeout: 30_000 });
  await accessible(page);

  // A field more, and it is still chosen when the page comes anew.
  const choice = heard.locator("summary");
  await choice.click();
  const messages = heard.getByRole("checkbox", { name: /^Messages that were read/ });
  await expect(messages).not.toBeChecked();
  await messages.check();
  await expect(page.getByText(`Saved for ${channel.name}`)).toBeVisible();
  await page.reload();
  await choice.click();
  await expect(messages).toBeChecked();
  await expect(heard.getByText("Heard", { exact: true })).toBeVisible();
  await accessible(page);

  // The platform has forgotten: that is found, what happens meanwhile is not heard, and a button mends it.
  await subscribe(program, channel.remote_id, "");
  await act(program, { act: "comment", post: facebookPost, text: "Is there rye?", who: "Ben Lindqvist" });
  await heard.getByRole("button", { name: `Check ${channel.name}` }).click();
  await expect(heard.getByText("Not all is told")).toBeVisible();
  await expect(heard.getByText(/not told by the platform/).first()).toBeVisible();
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);
  await heard.getByRole("button", { name: `Repair ${channel.name}` }).click();
  await expect(page.getByText(`${channel.name} is heard again`)).toBeVisible();
  await expect(heard.getByText("Heard", { exact: true })).toBeVisible();
  await expect(heard.getByRole("button", { name: `Repair ${channel.name}` })).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });

  await heard.getByRole("button", { name: `Read what was missed on ${channel.name}` }).click();
  await expect(heard.getByText(/^1 comment was missing and is added/)).toBeVisible({ timeout: 60_000 });
  await accessible(page);

  // From here on it is told by itself, and the line of its health says so.
  await act(program, { act: "comment", post: facebookPost, text: "And on Sundays?", who: "Carla Rossi" });
  await page.goto(`${program.url}/webhooks`);
  await expect(page.getByRole("link", { name: "A new comment" }).first()).toBeVisible({ timeout: 30_000 });
  await page.getByText("Channels that are heard").click();
  const inList = page.getByRole("listitem", { name: channel.name });
  await expect(inList.getByText(/Last heard .*events? in 24 hours, 0\s?% failed/)).toBeVisible();
  await expect(inList.getByRole("button", { name: `Check ${channel.name}` })).toBeVisible();
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
});
