import type { Locator, Page } from "@playwright/test";
import { accessible, fits } from "./accessible";
import { connectFacebookAndInstagram, register } from "./person";
import { call, deafen, madrid, plan, wednesday } from "./planned";
import type { Program } from "./program";
import { expect, test } from "./test";

const DAY = wednesday();
const next = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

async function open(page: Page, program: Program): Promise<void> {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
}

const card = (page: Page, text: string): Locator => page.locator("a[data-entry]").filter({ hasText: text });
const column = (page: Page, day: string): Locator => page.locator(`[data-column="${day}"]`);
const week = (program: Program) => `${program.url}/calendar?view=week&date=${DAY}`;

/** Carries a card by the mouse to a day and a number of hours further down. */
async function carry(page: Page, what: Locator, day: string, hours: number): Promise<void> {
  const from = await what.boundingBox();
  const to = await column(page, day).boundingBox();
  if (!from || !to) throw new Error("not in view");
  const [x, y] = [from.x + 20, from.y + 10];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await page.mouse.move(to.x + to.width / 2, y + hours * 72, { steps: 6 });
  await page.mouse.up();
}

test("a post is carried to another day and time, taken back, and a refused move snaps back", async ({
  page,
  program,
}) => {
  await open(page, program);
  await deafen(page);
  const post = await plan(page, "Friday is panettone day", madrid(DAY, "09:05"));
  await page.goto(week(program));
  const panettone = card(page, "Friday is panettone day");
  await expect(column(page, DAY).locator(panettone)).toContainText("9:05");

  await carry(page, panettone, next(DAY), 2);
  await expect(page.getByText(/^Moved to .*11:00/).first()).toBeVisible();
  await expect(column(page, next(DAY)).locator(panettone)).toContainText("11:00");
  await page.reload();
  await expect(column(page, next(DAY)).locator(panettone)).toContainText("11:00");
  await expect(panettone).toHaveAccessibleName(/Scheduled, .*11:00 CES?T\. Harbour Bakery$/);

  await carry(page, panettone, DAY, 0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(/^Back at .*11:00/).first()).toBeVisible();
  await expect(column(page, next(DAY)).locator(panettone)).toContainText("11:00");

  // Somebody else edits it meanwhile.
  await call(page, "PATCH", `/api/posts/${post.id}`, { text: "Friday is panettone day, again" });
  await carry(page, panettone, DAY, 1);
  await expect(page.getByText("The post was not moved", { exact: true })).toBeVisible();
  await expect(page.getByText(/Somebody else changed this post meanwhile/)).toBeVisible();
  await expect(column(page, next(DAY)).locator(panettone)).toContainText("11:00");
});

test("what the calendar shows can be read on a small laptop, also from an address that says no date", async ({
  page,
  program,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await register(page, program);
  await page.goto(`${program.url}/calendar?view=month&date=2026-99-99`);
  const words = { month: "long", year: "numeric", timeZone: "Europe/Madrid" } as const;
  const month = new Intl.DateTimeFormat("en-GB", words).format(new Date());
  for (const heading of [
    page.getByRole("heading", { name: "Calendar", level: 1 }),
    page.getByRole("heading", { name: month, level: 2 }),
  ]) {
    await expect(heading).toBeVisible();
    expect(await heading.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  }
});

test("a post is moved by the keyboard alone, and Esc takes it back", async ({ page, program }) => {
  await open(page, program);
  await plan(page, "We are hiring", madrid(DAY, "10:00"));
  await plan(page, "Advent, door 1", madrid(next(DAY), "14:00"));
  await page.goto(week(program));
  const hiring = card(page, "We are hiring");
  const advent = card(page, "Advent, door 1");
  await hiring.focus();
  await page.keyboard.press("ArrowRight");
  await expect(advent).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(hiring).toBeFocused();

  await page.keyboard.press("m");
  await expect(page.getByText("Moving “We are hiring”")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[aria-live=assertive]").filter({ hasText: "10:15" })).toHaveCount(1);
  await expect(hiring).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(column(page, DAY).locator(hiring)).toContainText("10:00");
  await expect(page.locator("[aria-live=assertive]").filter({ hasText: "Taken back" })).toHaveCount(1);

  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Moved to .*10:30/).first()).toBeVisible();
  await expect(column(page, next(DAY)).locator(hiring)).toContainText("10:30");
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/^Back at .*10:00/).first()).toBeVisible();
  await expect(column(page, DAY).locator(hiring)).toContainText("10:00");

  // Over the edge of the week the calendar goes along.
  await hiring.focus();
  await page.keyboard.press("m");
  for (let day = 0; day < 5; day += 1) await page.keyboard.press("ArrowRight");
  await expect(column(page, next(DAY, 5)).locator(hiring)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Moved to /).first()).toBeVisible();

  // Enter opens, Esc closes and comes back to the post.
  await hiring.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "We are hiring" })).toBeVisible();
  await expect(page).toHaveURL(/\/calendar\/[0-9a-f-]+\?/);
  await page.keyboard.press("Escape");
  await expect(hiring).toBeFocused();
});

test("a free time is composed for by a click and by Enter", async ({ page, program }) => {
  await open(page, program);
  await page.goto(week(program));
  await expect(page.getByRole("heading", { name: "Nothing is planned here" })).toBeVisible();
  const box = await column(page, DAY).boundingBox();
  if (!box) throw new Error("no column");
  await page.mouse.move(box.x + 40, box.y + 9 * 72 + 10);
  await page.mouse.click(box.x + 40, box.y + 9 * 72 + 10);
  await expect(page.getByRole("button", { name: /^Change the time.*09:00/ })).toBeVisible();

  await page.goto(week(program));
  const slot = page.getByRole("button", { name: /^Write a post for / });
  await slot.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(slot).toBeFocused();
  await expect(slot).toHaveAccessibleName(/^Write a post for Tue .*09:30/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Change the time.*Tue .*09:30/ })).toBeVisible();
});

test("view, date and filters are in the address and survive a reload", async ({ page, program }) => {
  await open(page, program);
  await plan(page, "On the page", madrid(DAY, "10:00"));
  const off = await plan(page, "Called off", madrid(DAY, "12:00"));
  await call(page, "POST", `/api/posts/${off.id}/cancel`);
  await page.goto(week(program));
  await expect(card(page, "Called off")).toBeVisible();
  await page.getByRole("button", { name: "States: Any state" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Scheduled" }).click();
  await page.keyboard.press("Escape");
  await expect(card(page, "Called off")).toBeHidden();
  await page.getByText("List", { exact: true }).click();
  await expect(page).toHaveURL(/view=list/);
  await page.reload();
  await expect(card(page, "On the page")).toBeVisible();
  await expect(card(page, "Called off")).toBeHidden();
  await expect(page.getByRole("button", { name: "States: Scheduled" })).toBeVisible();

  await page.getByRole("button", { name: "Channels: All channels" }).click();
  await page.getByRole("menuitemcheckbox", { name: "harbour.bakery" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "No post matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(card(page, "Called off")).toBeVisible();
});

test("a full day folds, in the month and in the week, and opens", async ({ page, program }) => {
  await open(page, program);
  for (let n = 1; n <= 9; n += 1) await plan(page, `Loaf number ${n}`, madrid(DAY, `10:${10 + n}`));
  await page.goto(week(program));
  await expect(page.locator("a[data-entry]")).toHaveCount(2);
  await page.getByRole("button", { name: /^7 more posts around 10:00 on Wednesday/ }).click();
  await expect(page).toHaveURL(/view=day/);
  await page.goto(`${program.url}/calendar?view=month&date=${DAY}`);
  await page.getByRole("button", { name: /^\d more posts on Wednesday/ }).click();
  await expect(page).toHaveURL(/view=day/);
  await expect(page.getByRole("button", { name: /^3 more posts around 10:00/ })).toBeVisible();
});

test("every view is accessible, light and dark, and fits a telephone", async ({ page, program }) => {
  test.setTimeout(240_000);
  await open(page, program);
  for (let n = 1; n <= 7; n += 1) await plan(page, `Loaf number ${n}`, madrid(DAY, `10:${10 + n}`));
  const views = ["month", "week", "day", "list"];
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
    for (const view of views) {
      await page.goto(`${program.url}/calendar?view=${view}&date=${DAY}`);
      await page.waitForLoadState("networkidle");
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await fits(page, `${view} at ${width}`);
      await accessible(page);
    }
  }
});
