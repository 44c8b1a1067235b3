import {
  breakNext,
  connectFacebookAndInstagram,
  logIn,
  published,
  publishNow,
  register,
  scheduleAt,
} from "./person";
import { expect, test } from "./test";

test("a newcomer registers, connects two accounts, schedules a post and sees it live on both", async ({
  page,
  program,
}) => {
  await register(page, program);
  await expect(page.getByText("Sandbox platforms on")).toBeVisible();
  await connectFacebookAndInstagram(page, program);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Write the first post" }).click();

  // Text and picture are ready, so every channel takes it.
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await expect(text).toHaveValue(/Our first post/);
  await expect(page.getByRole("button", { name: "Alternative text for item 1" })).toBeVisible();
  await text.fill("Friday is panettone day");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();

  const due = new Date(Math.ceil((Date.now() + 30_000) / 60_000) * 60_000);
  await scheduleAt(page, due);
  const schedule = page.getByRole("button", { name: /^Schedule for \d\d:\d\d on 2 channels$/ });
  await expect(schedule).toHaveAttribute("aria-disabled", "false");
  await schedule.click();

  await expect(page.getByRole("heading", { name: "Your first post is scheduled" })).toBeVisible();
  await expect(page.getByText("Scheduled", { exact: true }).first()).toBeVisible();
  expect(Object.values(await published(program)).reduce((sum, n) => sum + n, 0)).toBe(0);
  await page.reload();

  await expect(page.getByRole("heading", { name: "Your first post is live" })).toBeVisible({
    timeout: 100_000,
  });
  const receipts = page.getByRole("link", { name: /^Open the post on/ });
  await expect(receipts).toHaveCount(2);
  expect(Date.now()).toBeGreaterThanOrEqual(due.getTime());
  const counts = await published(program);
  expect([counts.facebook, counts.instagram]).toEqual([1, 1]);

  for (const receipt of await receipts.all()) {
    const opened = page.waitForEvent("popup");
    await receipt.click();
    const live = await opened;
    expect(live.url()).toContain(program.sandbox);
    await expect(live.getByText("Friday is panettone day").first()).toBeVisible();
    await live.close();
  }

  // Set-up is done, and Home says what went out.
  await page.goto(program.url);
  await expect(
    page.getByRole("region", { name: "Recently published" }).getByText("Friday is panettone day"),
  ).toBeVisible();
  await expect(page.getByText("Finish setting up")).toBeHidden();
});

test("the first run is left and resumed anywhere, and neither a refusal nor a failure is a dead end", async ({
  page,
  program,
  browser,
}) => {
  const heading = (name: string) => page.getByRole("heading", { name, exact: true });
  await page.goto(program.url);
  await page.reload();
  await expect(heading("Welcome to Fanfare")).toBeVisible();
  await register(page, program);
  await page.reload();
  await expect(heading("Connect your first account")).toBeVisible();

  // Left for now; Home brings back to the step that is next.
  await page.getByRole("link", { name: "Skip for now" }).click();
  await expect(page.getByText("2 steps left")).toBeVisible();
  await page.getByRole("link", { name: "Go on" }).click();
  await expect(heading("Connect your first account")).toBeVisible();

  // No is an answer, and the way goes on.
  await page.getByRole("button", { name: "Connect pretend account: Facebook" }).click();
  await page.locator('button[value="cancel"]').click();
  await expect(page.getByText("Facebook was not connected")).toBeVisible();
  await page.reload();
  await connectFacebookAndInstagram(page, program);

  await page.getByRole("link", { name: "Continue" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Write the first post" }).click();
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(/Our first post/);

  // Another browser knows of the draft.
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(`${program.url}/login`);
  await logIn(elsewhere);
  await elsewhere.getByRole("link", { name: "Go on" }).click();
  await expect(elsewhere.getByText("Your first post is kept as a draft")).toBeVisible();
  await elsewhere.getByRole("link", { name: "Go on writing" }).click();
  await expect(elsewhere.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(/Our first post/);
  await elsewhere.context().close();

  await page.reload();
  await breakNext(program, { platform: "instagram", call: "media", fault: "rejected_media" });
  await publishNow(page);
  await expect(heading("Not everything went out")).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(heading("Not everything went out")).toBeVisible();
  await page.getByRole("link", { name: "See what to do" }).click();
  const drawer = page.getByRole("dialog", { name: /Our first post/ });
  await drawer.getByRole("button", { name: /^Try again/ }).click();
  await expect.poll(async () => (await published(program)).instagram, { timeout: 60_000 }).toBe(1);
  await page.goto(`${program.url}/setup`);
  await expect(heading("Your first post is live")).toBeVisible();
});

test("who does not want to be reminded is not, and may think again", async ({ page, program }) => {
  await register(page, program);
  await page.getByRole("link", { name: "Skip for now" }).click();
  const card = page.getByRole("region", { name: "Finish setting up" });
  await page.getByRole("button", { name: "Do not remind me" }).click();
  await expect(card).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card).toBeVisible();
  await page.getByRole("button", { name: "Do not remind me" }).click();
  await expect(card).toBeHidden();
  await page.reload();
  await expect(page.getByRole("region", { name: "Needs you" })).toBeVisible();
  await expect(card).toBeHidden();
});
