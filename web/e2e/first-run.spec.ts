import { addPicture, connectFacebookAndInstagram, published, register, scheduleAt } from "./person";
import { expect, test } from "./test";

test("a newcomer registers, connects two accounts, schedules a post and sees it live on both", async ({
  page,
  program,
}) => {
  await register(page, program);
  await expect(page.getByText("Sandbox platforms on")).toBeVisible();
  await connectFacebookAndInstagram(page, program);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Write the first post" }).click();

  // The first text is ready, and Instagram says what is missing.
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(/Our first post/);
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Friday is panettone day");
  await expect(page.getByText("It needs a picture or a video.")).toBeVisible();
  await expect(page.getByText("1 problem to fix")).toBeVisible();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();

  await addPicture(page, "A panettone on a wooden board");
  await expect(page.getByText("It needs a picture or a video.")).toBeHidden();

  const due = new Date(Math.ceil((Date.now() + 30_000) / 60_000) * 60_000);
  await scheduleAt(page, due);
  const schedule = page.getByRole("button", { name: /^Schedule for \d\d:\d\d on 2 channels$/ });
  await expect(schedule).toHaveAttribute("aria-disabled", "false");
  await schedule.click();

  const drawer = page.getByRole("dialog", { name: "Friday is panettone day" });
  await expect(drawer.getByText("Scheduled").first()).toBeVisible();
  expect(Object.values(await published(program)).reduce((sum, n) => sum + n, 0)).toBe(0);

  const receipts = drawer.getByRole("link", { name: /^Open the post on/ });
  await expect(receipts).toHaveCount(2, { timeout: 100_000 });
  expect(Date.now()).toBeGreaterThanOrEqual(due.getTime());
  const counts = await published(program);
  expect([counts.facebook, counts.instagram]).toEqual([1, 1]);

  for (const receipt of await receipts.all()) {
    const opened = page.waitForEvent("popup");
    await receipt.click();
    const live = await opened;
    expect(live.url()).toContain(program.sandbox);
    await expect(live.getByText("Friday is panettone day")).toBeVisible();
    await live.close();
  }

  // Set-up is done, and Home says what went out.
  await page.goto(program.url);
  await expect(
    page.getByRole("region", { name: "Recently published" }).getByText("Friday is panettone day"),
  ).toBeVisible();
  await expect(page.getByText("Finish setting up")).toBeHidden();
});
