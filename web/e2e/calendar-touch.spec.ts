import type { Locator, Page } from "@playwright/test";
import { connectFacebookAndInstagram, register } from "./person";
import { call, madrid, plan, wednesday } from "./planned";
import type { Program } from "./program";
import { expect, test } from "./test";

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });

const DAY = wednesday();
const card = (page: Page, text: string): Locator => page.locator("a[data-entry]").filter({ hasText: text });

/** A finger on the glass, as the browser itself is told of it: what scrolls and what is cancelled is its decision. */
async function finger(page: Page) {
  const glass = await page.context().newCDPSession(page);
  const tell = (type: "touchStart" | "touchMove" | "touchEnd", x?: number, y?: number) =>
    glass.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: x === undefined || y === undefined ? [] : [{ x, y }],
    });
  return {
    down: (x: number, y: number) => tell("touchStart", x, y),
    up: () => tell("touchEnd"),
    slide: async (from: [number, number], to: [number, number]) => {
      for (let step = 1; step <= 8; step += 1) {
        const part = step / 8;
        await tell("touchMove", from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part);
        await page.waitForTimeout(20);
      }
    },
  };
}

async function open(page: Page, program: Program, view: string): Promise<void> {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await plan(page, "Friday is panettone day", madrid(DAY, "10:00"));
  await page.goto(`${program.url}/calendar?view=${view}&date=${DAY}`);
  await expect(card(page, "Friday is panettone day")).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

async function middle(what: Locator): Promise<[number, number]> {
  const box = await what.boundingBox();
  if (!box) throw new Error("not in view");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

const scrolled = (page: Page): Promise<number> =>
  page
    .locator("[data-column]")
    .first()
    .evaluate((column) => {
      let element: Element | null = column;
      while (element && element.scrollTop === 0) element = element.parentElement;
      return element?.scrollTop ?? 0;
    });

const planned = async (page: Page) => {
  const { items } = await call<{ items: { schedule: { at: string } }[] }>(page, "GET", "/api/posts");
  return items[0]?.schedule.at;
};
const instant = (day: string, time: string) => Date.parse(madrid(day, time));

test("a finger that rests on a post carries it; one that slides scrolls, and a tap opens", async ({
  page,
  program,
}) => {
  await open(page, program, "day");
  const panettone = card(page, "Friday is panettone day");
  const touch = await finger(page);

  // Sliding over the post scrolls the day, as it does beside it.
  const before = await scrolled(page);
  let [x, y] = await middle(panettone);
  await touch.down(x, y);
  await touch.slide([x, y], [x, y - 120]);
  await touch.up();
  await expect.poll(() => scrolled(page)).toBeGreaterThan(before + 60);
  await expect(page.getByText(/^Moved to/)).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(Date.parse((await planned(page)) ?? "")).toBe(instant(DAY, "10:00"));

  // Resting on it first lifts it: the page stays, and the post goes along.
  await page.waitForTimeout(600);
  const resting = await scrolled(page);
  [x, y] = await middle(panettone);
  await touch.down(x, y);
  await expect(panettone).toHaveAttribute("data-lifted", "true");
  await touch.slide([x, y], [x, y + 144]);
  expect(await scrolled(page)).toBe(resting);
  await touch.up();
  await expect(page.getByText(/^Moved to .*12:00/).first()).toBeVisible();
  await expect(panettone).toContainText("12:00");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(panettone).toContainText("10:00");

  // Lifted and put down where it was, nothing happens.
  [x, y] = await middle(panettone);
  await touch.down(x, y);
  await expect(panettone).toHaveAttribute("data-lifted", "true");
  await touch.up();
  await expect(panettone).not.toHaveAttribute("data-lifted");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(Date.parse((await planned(page)) ?? "")).toBe(instant(DAY, "10:00"));

  await panettone.tap();
  await expect(page.getByRole("dialog", { name: "Friday is panettone day" })).toBeVisible();
});

test("on a tablet a post is carried to another day, in the week and in the month", async ({
  page,
  program,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, program, "week");
  const panettone = card(page, "Friday is panettone day");
  const touch = await finger(page);
  const next = new Date(Date.parse(`${DAY}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

  const from = await middle(panettone);
  const column = await middle(page.locator(`[data-column="${next}"]`));
  await touch.down(...from);
  await expect(panettone).toHaveAttribute("data-lifted", "true");
  await touch.slide(from, [column[0], from[1]]);
  await touch.up();
  await expect(page.getByText(/^Moved to /).first()).toBeVisible();
  await expect.poll(async () => Date.parse((await planned(page)) ?? "")).toBe(instant(next, "10:00"));

  await page.goto(`${program.url}/calendar?view=month&date=${DAY}`);
  await expect(panettone).toBeVisible();
  const line = await middle(panettone);
  const cell = await middle(page.locator(`[data-cell="${DAY}"]`));
  await touch.down(...line);
  await expect(panettone).toHaveAttribute("data-lifted", "true");
  await touch.slide(line, cell);
  await touch.up();
  await expect.poll(async () => Date.parse((await planned(page)) ?? "")).toBe(instant(DAY, "10:00"));
});
