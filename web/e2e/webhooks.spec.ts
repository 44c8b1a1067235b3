import { createHmac } from "node:crypto";
import { accessible, fits } from "./accessible";
import { connectFacebookAndInstagram, register } from "./person";
import { call } from "./planned";
import type { Program } from "./program";
import { expect, test } from "./test";

/** What Facebook would send, signed as the sandbox's app signs. */
async function tell(program: Program, pageId: string, value: object): Promise<number> {
  const body = JSON.stringify({
    object: "page",
    entry: [{ id: pageId, time: Math.floor(Date.now() / 1000), changes: [{ field: "feed", value }] }],
  });
  const signature = createHmac("sha256", "sandbox").update(body).digest("hex");
  const answer = await fetch(`${program.url}/hooks/facebook`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Hub-Signature-256": `sha256=${signature}` },
    body,
  });
  return answer.status;
}

test("a test event of a chosen kind is sent from the page, and it leads to the event", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/webhooks`);
  await page.getByRole("button", { name: "Send a test event" }).click();
  const dialog = page.getByRole("dialog", { name: "Send a test event" });
  await dialog.getByLabel("What happened").selectOption("A message");
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 720 });
  await fits(page);
  await dialog.getByRole("button", { name: "Send it" }).click();
  const panel = page.getByRole("dialog", { name: "A message" });
  await expect(panel.getByText("It arrived")).toBeVisible({ timeout: 30_000 });
  await expect(panel.getByText(/"fanfare-test"/)).toBeVisible();
  await fits(page);
  await accessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText(/· a test$/)).toBeVisible();
});

test("what a platform tells is shown while one looks on, with what it said", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const { items } = await call<{ items: { platform: string; remote_id: string; enabled: boolean }[] }>(
    page,
    "GET",
    "/api/channels",
  );
  const pageId = items.find(({ platform, enabled }) => platform === "facebook" && enabled)?.remote_id ?? "";

  await page.goto(`${program.url}/webhooks`);
  await expect(page.getByText("Nothing was heard yet")).toBeVisible();
  await page.getByText("Addresses for the platforms").click();
  await expect(page.getByText(`${program.url}/hooks/facebook`)).toBeVisible();
  await accessible(page);

  const comment = {
    item: "comment",
    verb: "add",
    comment_id: "7_8",
    post_id: `${pageId}_7`,
    message: "Lovely",
  };
  expect(await tell(program, pageId, comment)).toBe(200);
  const row = page.getByRole("link", { name: "A new comment" });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await row.click();
  const panel = page.getByRole("dialog", { name: "A new comment" });
  await expect(panel.getByText(/"message": "Lovely"/)).toBeVisible();
  await expect(panel.getByText("Done", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  // Many are worked off at once only by a filter.
  await page.goto(`${program.url}/webhooks?platform=facebook`);
  await page.getByRole("button", { name: "Work off again" }).click();
  const replay = page.getByRole("dialog", { name: "Work off what the filters leave?" });
  await expect(replay.getByText(/^1 event matches/)).toBeVisible();
  await accessible(page);
  await replay.getByRole("button", { name: "Cancel" }).click();
  await row.click();
  await page.setViewportSize({ width: 360, height: 720 });
  await fits(page);
  await panel.getByRole("button", { name: "Delete" }).click();
  const sure = page.getByRole("dialog", { name: "Delete “A new comment”?" });
  await sure.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("The event is deleted")).toBeVisible();
  await expect(row).toBeHidden();
  await fits(page);
});
