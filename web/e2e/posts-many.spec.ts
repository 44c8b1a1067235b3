import type { Page } from "@playwright/test";
import { longTasks, watchLongTasks } from "./long-tasks";
import { register } from "./person";
import { expect, test } from "./test";

const POSTS = 10_000;
/** None that is about to go out: the page would look again every few seconds. */
const STATES = ["published", "failed", "draft", "cancelled"];
const PLATFORMS = ["facebook", "instagram", "mastodon"];

function post(index: number) {
  const id = (kind: number, number: number) =>
    `0190a00${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;
  const at = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
  const state = STATES[index % STATES.length];
  return {
    id: id(0, index),
    state,
    text: `Post number ${index}, about bread and what else comes out of the oven in the morning`,
    media: [],
    schedule: { kind: "at", at, time_zone: "Europe/Madrid", repeat: null },
    series: null,
    channel_ids: PLATFORMS,
    variants: {},
    deliveries: PLATFORMS.slice(0, 1 + (index % 3)).map((platform, place) => ({
      id: id(1, index * 3 + place),
      post_id: id(0, index),
      channel_id: platform,
      channel_name: "Harbour Bakery",
      platform,
      state: state === "draft" ? "draft" : state,
      due_at: at,
      attempts: 1,
      next_attempt_at: null,
      remote_id: null,
      permalink: null,
      published_at: state === "published" ? at : null,
      late_by_ms: 0,
      error: null,
      can_retry: false,
      can_cancel: false,
      first_comment: null,
      at_platform: null,
    })),
    author: { id: "a", name: "Ada Moreno" },
    revision: 1,
    created_at: at,
    updated_at: at,
    warnings: [],
  };
}

async function manyPosts(page: Page): Promise<void> {
  const counts = Object.fromEntries(STATES.map((state) => [state, POSTS / STATES.length]));
  await page.route(/\/api\/posts\?/, async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const begin = Number(query.get("cursor") ?? 0);
    const end = Math.min(begin + Number(query.get("limit") ?? 50), POSTS);
    const items = Array.from({ length: end - begin }, (_, index) => post(begin + index));
    await route.fulfill({ json: { items, counts, next_cursor: end < POSTS ? String(end) : null } });
  });
}

/**
 * Draws the rows in view and few more, however far the list is scrolled.
 *
 * How long the page stops depends on what else the machine does, so it is no condition; `FIGURES=1` prints it.
 */
test("ten thousand posts are drawn a part at a time, from the first to the last", async ({
  page,
  program,
}) => {
  test.setTimeout(300_000);
  await register(page, program);
  await manyPosts(page);
  await watchLongTasks(page);
  await page.goto(`${program.url}/posts`);
  const rows = page.getByRole("listitem").filter({ hasText: "Post number" });
  await expect(rows.first()).toBeVisible({ timeout: 60_000 });
  await longTasks(page);

  const longest: Record<string, number> = {};
  const note = async (name: string) => {
    expect(await rows.count(), name).toBeLessThan(80);
    longest[name] = Math.max(0, ...(await longTasks(page)));
  };
  await page.mouse.move(800, 500);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 400);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  }
  await note("scroll by the wheel");

  const last = page.getByText(`Post number ${POSTS - 1},`);
  const begun = Date.now();
  while (!(await last.isVisible()) && Date.now() - begun < 120_000) {
    await page.mouse.wheel(0, 100_000);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  }
  await expect(last).toBeVisible();
  await note("run to the end");
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, -400);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
  }
  await note("scroll back, with all of them read");
  if (process.env.FIGURES) console.table(longest);
});
