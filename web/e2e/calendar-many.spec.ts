import type { Page } from "@playwright/test";
import { longTasks, watchLongTasks } from "./long-tasks";
import { register } from "./person";
import { expect, test } from "./test";

/** None that is about to go out: the page would look again every few seconds. */
const STATES = ["waiting_approval", "published", "failed", "draft"];

/** Five thousand posts, spread over whatever range is asked for. */
async function manyPosts(page: Page): Promise<void> {
  await page.route("**/api/calendar?*", async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [from, to] = [Date.parse(query.get("from") ?? ""), Date.parse(query.get("to") ?? "")];
    const items = Array.from({ length: 5000 }, (_, index) => ({
      id: `0190a000-0000-7000-8000-${String(index).padStart(12, "0")}`,
      state: STATES[index % STATES.length],
      text: `Post number ${index}, about bread and what else comes out of the oven in the morning`,
      at: new Date(from + ((to - from) * (index + 0.5)) / 5000).toISOString(),
      time_zone: "Europe/Madrid",
      kind: "at",
      author: { id: "a", name: "Ada Moreno" },
      media_count: index % 3,
      thumbnail_url: null,
      deliveries: ["facebook", "instagram", "mastodon"].slice(0, 1 + (index % 3)).map((platform) => ({
        channel_id: platform,
        platform,
        state: STATES[index % STATES.length],
        permalink: null,
      })),
      can_move: true,
      revision: 1,
    }));
    await route.fulfill({ json: { items, next_cursor: null } });
  });
}

/**
 * Draws little, whatever there is: the number of cards is what scrolling and changing the view cost.
 *
 * How long the page stops depends on what else the machine does, so it is no condition; `FIGURES=1` prints it.
 */
test("five thousand posts in view are drawn a part at a time", async ({ page, program }) => {
  test.setTimeout(300_000);
  await register(page, program);
  await manyPosts(page);
  await watchLongTasks(page);
  await page.goto(`${program.url}/calendar?view=week`);
  const cards = page.locator("a[data-entry]");
  await expect(cards.first()).toBeVisible({ timeout: 60_000 });
  await longTasks(page);

  const figures: Record<string, { cards: number; longest: number }> = {};
  const measure = async (name: string, most: number) => {
    await expect(cards.first()).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 60_000 });
    const count = await cards.count();
    const tasks = await longTasks(page);
    figures[name] = { cards: count, longest: Math.max(0, ...tasks) };
    expect(count, name).toBeGreaterThan(5);
    expect(count, name).toBeLessThan(most);
  };
  const wheel = async () => {
    await page.mouse.move(800, 500);
    for (let turn = 0; turn < 12; turn += 1) {
      await page.mouse.wheel(0, turn < 8 ? 240 : -240);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    }
  };
  await wheel();
  await measure("scroll the week", 400);
  for (const view of ["Month", "Day", "List", "Week"]) {
    await page.getByText(view, { exact: true }).click();
    await measure(`change to ${view}`, 400);
    await wheel();
    await measure(`scroll ${view}`, 400);
  }
  await page.getByRole("button", { name: "Next week" }).click();
  await measure("next week", 400);
  if (process.env.FIGURES) console.table(figures);
});
