import { accessible, fits } from "./accessible";
import { breakNext, connectFacebookAndInstagram, publishNow, register } from "./person";
import { call } from "./planned";
import { expect, test } from "./test";

const LINK = "https://harbour.example/order";

test("a link goes into the first comment by one press, fails there, and is mended from Home", async ({
  page,
  program,
}) => {
  test.setTimeout(240_000);
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose`);
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill(`Fresh bread\n\n${LINK}`);
  await page.getByRole("button", { name: "Harbour Bakery", exact: true }).click();
  const preview = page.getByRole("complementary", { name: "Preview" });
  const below = preview.getByRole("region", { name: "First comment" });
  const move = preview.getByRole("button", { name: "Move the link there" });
  await expect(move).toBeVisible();
  await accessible(page);
  await move.click();
  await expect(below).toContainText(LINK);
  await expect(move).toBeHidden();
  await page.getByRole("tab", { name: /Harbour Bakery/ }).click();
  const own = page.getByRole("textbox", { name: "Text for Harbour Bakery" });
  await expect(own).toHaveValue("Fresh bread");
  await expect(page.getByRole("textbox", { name: "First comment" })).toHaveValue(LINK);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(own).toHaveValue(`Fresh bread\n\n${LINK}`);
  await expect(below).toBeHidden();
  await move.click();
  await expect(own).toHaveValue("Fresh bread");

  await breakNext(program, { platform: "facebook", call: "comment", fault: "revoked_token" });
  await publishNow(page);
  const drawer = page.getByRole("dialog", { name: /^Fresh bread/ });
  const comment = drawer.getByRole("region", { name: "First comment on Harbour Bakery" });
  await expect(comment.getByText("Failed", { exact: true })).toBeVisible({ timeout: 60_000 });
  await accessible(page);

  await page.goto(program.url);
  const needs = page.getByRole("region", { name: "Needs you" });
  const waiting = needs.getByRole("listitem").filter({ hasText: "First comment not written" });
  await expect(waiting).toContainText("on Harbour Bakery, below “Fresh bread”");
  await expect(waiting).toContainText("Facebook no longer accepts this connection");
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await waiting.getByRole("button", { name: "Reconnect" }).click();
  await page.locator('button[value="continue"]').click();
  await page.waitForURL(`${program.url}/posts/**`);
  await comment.getByRole("button", { name: /^Try again/ }).click();
  await expect(comment.getByText("Published", { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.goto(program.url);
  await expect(page.getByRole("region", { name: "Recently published" }).getByRole("listitem")).toHaveCount(1);
  await expect(waiting).toHaveCount(0);

  const { items } = await call<{ items: { deliveries: { permalink: string }[] }[] }>(
    page,
    "GET",
    "/api/posts",
  );
  await page.goto(items[0]?.deliveries[0]?.permalink ?? "");
  await expect(page.getByRole("list", { name: "Comments" })).toContainText(LINK);
});

test("a mention of an own account is written by the keyboard", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose`);
  await page.getByRole("button", { name: "harbour.bakery", exact: true }).click();
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.pressSequentially("By @");
  const offered = page.getByRole("listbox", { name: "Accounts of this workspace" });
  await expect(offered.getByRole("option")).toHaveText(["@harbour.bakery", "@harbour.workshops"]);
  await accessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(offered.getByRole("option", { selected: true })).toHaveText("@harbour.workshops");
  await page.keyboard.press("Enter");
  await expect(text).toHaveValue("By @harbour.workshops ");
  await expect(offered).toBeHidden();
  await expect(text).toBeFocused();
  // The browser's own undo takes it back.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(text).toHaveValue("By @");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
});
