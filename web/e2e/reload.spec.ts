import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { accessible } from "./accessible";
import { breakNext, connectFacebookAndInstagram, register } from "./person";
import { call, plan } from "./planned";
import type { Program } from "./program";
import { expect, test } from "./test";

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

interface Channel {
  id: string;
  platform: string;
  enabled: boolean;
}

/** Writes a text post for Facebook, to go out as the schedule says. */
async function write(page: Page, text: string, schedule: object): Promise<string> {
  const { items } = await call<{ items: Channel[] }>(page, "GET", "/api/channels");
  const channel = items.find(({ platform, enabled }) => platform === "facebook" && enabled);
  const content = { text, channel_ids: [channel?.id], schedule };
  return (await call<{ id: string }>(page, "POST", "/api/posts", content)).id;
}

const now = { kind: "now", time_zone: "Europe/Madrid" };

async function comesTo(page: Page, id: string, state: string): Promise<void> {
  const read = () => call<{ state: string }>(page, "GET", `/api/posts/${id}`);
  await expect.poll(async () => (await read()).state, { timeout: 60_000 }).toBe(state);
}

/**
 * Lets the time pass for which a platform is asked what became of a post.
 *
 * That is ten minutes, so what is written down of its beginning is moved back instead.
 */
function letPatienceEnd(program: Program, post: string): void {
  const move = `
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=10)
with database:
    database.execute("UPDATE deliveries SET intended_at = intended_at - 3600000000 WHERE post_id = ?", [sys.argv[2]])`;
  execFileSync("python3", ["-c", move, join(program.data, "fanfare.db"), post]);
}

/** A post whose answer was lost, and of which the platform cannot say whether it is out. */
async function lost(page: Page, program: Program): Promise<string> {
  await breakNext(program, {
    platform: "facebook",
    call: "publish",
    fault: "timeout_after",
    delay_ms: 100,
  });
  await breakNext(program, { platform: "facebook", call: "read", fault: "server_error", times: 1000 });
  const id = await write(page, "Nobody knows", now);
  await comesTo(page, id, "publishing");
  const read = () => call<{ state: string }>(page, "GET", `/api/posts/${id}`);
  // The program may be writing the very moment that is moved back, so it is moved until it stays so.
  await expect
    .poll(
      async () => {
        letPatienceEnd(program, id);
        return (await read()).state;
      },
      { timeout: 90_000, intervals: [2_000] },
    )
    .toBe("needs_attention");
  return id;
}

/** A post in each state that one can be brought to at will; where the platform's answer decides, the calls are broken. */
async function oneOfEach(page: Page, program: Program): Promise<Record<string, string>> {
  const posts: Record<string, string> = {};
  posts.Draft = await write(page, "A draft", { kind: "draft" });
  posts.Scheduled = (await plan(page, "A plan", inSeconds(90_000))).id;
  posts.Cancelled = (await plan(page, "Called off", inSeconds(90_000))).id;
  await call(page, "POST", `/api/posts/${posts.Cancelled}/cancel`, {});
  posts.Published = await write(page, "It is out", now);
  await comesTo(page, posts.Published, "published");
  posts["Needs you"] = await lost(page, program);
  posts.Missed = (await plan(page, "Nobody was here", inSeconds(6))).id;
  await program.halt();
  await new Promise((passed) => setTimeout(passed, 9000));
  await program.start({ FANFARE_OVERDUE_LIMIT: "1s" });
  await page.reload();
  await comesTo(page, posts.Missed, "missed");
  const publish = { platform: "facebook", call: "publish" };
  await breakNext(program, { ...publish, fault: "slow", delay_ms: 60_000 });
  posts.Publishing = await write(page, "On its way", now);
  await comesTo(page, posts.Publishing, "publishing");
  await breakNext(program, { ...publish, fault: "revoked_token" });
  posts.Failed = await write(page, "Whose account is gone", now);
  await comesTo(page, posts.Failed, "failed");
  return posts;
}

/** What the open post says of itself, words that follow the clock aside. */
async function told(drawer: Locator): Promise<string> {
  await expect(drawer.locator('[aria-busy="true"]')).toHaveCount(0);
  return (await drawer.innerText()).replace(/\d+ (sec|min)\.? ago|in \d+ (sec|min|hr)\.?|just now/g, "…");
}

/** What is asked before a person says what became of a post; nothing is said here. */
async function asksAccessibly(page: Page, drawer: Locator): Promise<void> {
  for (const [press, title] of [
    [/^It is live:/, /^It is live on/],
    [/^Send again:/, /^Send again to/],
  ] as const) {
    await drawer.getByRole("button", { name: press }).click();
    const question = page.getByRole("dialog", { name: title });
    await expect(question).toBeVisible();
    await accessible(page);
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
  }
}

test("a post is the same after a reload, whatever state it is in", async ({ page, program }) => {
  test.setTimeout(360_000);
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const posts = await oneOfEach(page, program);
  for (const [state, id] of Object.entries(posts)) {
    await page.goto(`${program.url}/posts/${id}`);
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText(state, { exact: true }).first()).toBeVisible();
    const before = await told(drawer);
    if (state === "Needs you") await asksAccessibly(page, drawer);
    await page.reload();
    await expect(drawer.getByText(state, { exact: true }).first()).toBeVisible();
    await expect.poll(() => told(drawer), { message: state }).toBe(before);
  }
});
