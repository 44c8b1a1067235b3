import type { Locator, Page } from "@playwright/test";
import { accessible } from "./accessible";
import { published, register } from "./person";
import type { Program } from "./program";
import { expect, test } from "./test";

async function admin(program: Program, path: string, body: object): Promise<void> {
  const answer = await fetch(`${program.sandbox}/admin/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Two clicks: connect, and agree on the pretend platform's page. */
async function connectFacebook(page: Page, program: Program): Promise<void> {
  await page.goto(`${program.url}/connections`);
  await page.getByRole("button", { name: "Connect Facebook" }).click();
  await page.locator('button[value="continue"]').click();
  await expect(page.getByText("Choose where Fanfare may publish.")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
}

/** Opens the account's panel, at one of its tabs. */
async function open(page: Page, platform: string, tab: string): Promise<Locator> {
  const card = page.getByRole("region", { name: platform, exact: true });
  await card.getByRole("listitem").getByRole("link").first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("link", { name: tab, exact: true }).click();
  await expect(panel.getByRole("link", { name: tab, exact: true })).toHaveAttribute("aria-current", "page");
  return panel;
}

const names = (list: Locator) =>
  list.getByRole("switch").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));

test("pictures of accounts come from here, and initials stand in for those that do not", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebook(page, program);
  const account = page.getByRole("region", { name: "Facebook", exact: true }).getByRole("listitem");
  const picture = account.locator("img");
  await expect(picture).toHaveJSProperty("naturalWidth", 96);
  const place = await picture.boundingBox();
  const panel = await open(page, "Facebook", "Channels");
  await expect(panel.locator("img").first()).toHaveJSProperty("naturalWidth", 96);

  await page.route("**/api/*/*/avatar?*", (route) => route.fulfill({ status: 404 }));
  await page.goto(`${program.url}/connections`);
  const initials = account.getByText("IM", { exact: true });
  await expect(initials).toBeVisible();
  await expect(picture).toHaveCount(0);
  expect(await initials.boundingBox()).toEqual(place);
});

test("the doctor finds a withdrawn access, and reconnecting mends it", async ({ page, program }) => {
  await register(page, program);
  await connectFacebook(page, program);
  const panel = await open(page, "Facebook", "Overview");
  await panel.getByRole("button", { name: "Check now" }).click();
  await expect(panel.getByText("Everything was fine")).toBeVisible();
  const access = panel.getByRole("listitem").filter({ hasText: "Facebook accepts the access" });
  await expect(access).toContainText("Good");
  await accessible(page);

  await admin(program, "tokens/revoke", { platform: "facebook" });
  await panel.getByRole("button", { name: "Check now" }).click();
  await expect(access).toContainText("Broken");
  await expect(access).toContainText("Reconnect the account");
  await expect(panel.getByText("Access withdrawn")).toBeVisible();
  await accessible(page);

  await access.getByRole("button", { name: "Reconnect" }).click();
  await page.locator('button[value="continue"]').click();
  await page.waitForURL(`${program.url}/connections/**`);
  await panel.getByRole("button", { name: "Check now" }).click();
  await expect(panel.getByText("Everything was fine")).toBeVisible();

  await panel.getByRole("link", { name: "History" }).click();
  const checks = panel.getByRole("region", { name: "Health checks" });
  await expect(checks.getByRole("listitem")).toHaveCount(3);
  await expect(checks.getByText("Broken")).toBeVisible();
  await accessible(page);
  await panel.getByRole("link", { name: "Permissions" }).click();
  await expect(panel.getByText("pages_manage_posts")).toBeVisible();
  await accessible(page);
});

test("one tab of an account is the current one, and in sight at 360 px", async ({ page, program }) => {
  await register(page, program);
  await connectFacebook(page, program);
  const panel = await open(page, "Facebook", "Channels");
  const current = panel.getByRole("navigation").locator("[aria-current]");
  await expect(current).toHaveText(["Channels"]);
  await panel.getByRole("link", { name: "Settings" }).click();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  await expect(current).toHaveText(["Settings"]);
  await expect(current).toBeInViewport({ ratio: 1 });
});

test("channels are renamed, put in order by keyboard, grouped, and chosen together", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebook(page, program);
  const panel = await open(page, "Facebook", "Channels");
  const list = panel.getByRole("list").last();
  await expect(list.getByRole("switch")).toHaveCount(2);
  const before = await names(list);

  await panel.getByRole("button", { name: "More for Harbour Bakery" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const name = panel.getByRole("textbox", { name: "Name in Fanfare" });
  await expect(name).toBeFocused();
  await name.fill("The bakery");
  await name.press("Enter");
  await expect(panel.getByRole("switch", { name: "Publish to The bakery" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(panel.getByRole("switch", { name: "Publish to Harbour Bakery" })).toBeVisible();

  const handle = panel.getByRole("button", { name: /^Move / }).first();
  await handle.focus();
  await page.keyboard.press("Space");
  await expect(page.getByText(/is picked up, at place 1 of 2|is at place 1 of 2/)).toBeAttached();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText(/is at place 2 of 2/)).toBeAttached();
  await page.keyboard.press("Space");
  await expect.poll(() => names(list)).toEqual([...before].reverse());
  await page.reload();
  await expect.poll(() => names(list)).toEqual([...before].reverse());
  await accessible(page);

  await panel.getByRole("button", { name: "More for Harbour Bakery" }).click();
  await page.getByRole("menuitem", { name: "Groups" }).click();
  await expect(page.getByRole("dialog").last()).toBeVisible();
  await accessible(page);
  await page.getByRole("link", { name: "Manage groups" }).click();
  const groups = page.getByRole("dialog", { name: "Groups" });
  await groups.getByLabel("New group").fill("Shops");
  await groups.getByRole("button", { name: "Add group" }).click();
  const shops = groups.getByRole("group", { name: "Channels in Shops" });
  await shops.getByRole("checkbox", { name: "Harbour Bakery" }).click({ force: true });
  await expect(shops.getByRole("checkbox", { name: "Harbour Bakery" })).toBeChecked();
  await shops.getByRole("checkbox", { name: "Harbour Workshops" }).click({ force: true });
  await expect(shops.getByRole("checkbox", { name: "Harbour Workshops" })).toBeChecked();
  await accessible(page);

  await page.goto(`${program.url}/compose`);
  const chip = page.getByRole("button", { name: "Group Shops, 2 channels" });
  await expect(chip).toHaveAttribute("aria-pressed", "false");
  await chip.press("Enter");
  await expect(chip).toHaveAttribute("aria-pressed", "true");
  const chosen = page
    .getByRole("group", { name: "Channels" })
    .getByRole("button", { name: "Harbour Workshops" });
  await expect(chosen).toHaveAttribute("aria-pressed", "true");
  await chip.press("Enter");
  await expect(chip).toHaveAttribute("aria-pressed", "false");
});

test("what is settled for an account shows in what is published", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/connections`);
  await page.getByRole("button", { name: "Connect Mastodon" }).click();
  await expect(page.getByLabel("Instance")).toBeVisible();
  await accessible(page);
  await page.getByLabel("Instance").fill(program.sandbox);
  await page.getByRole("button", { name: /^Continue to/ }).click();
  await page.locator('button[value="authorize"], button[value="allow"], button[value="continue"]').click();
  await expect(page.getByText("Choose where Fanfare may publish.")).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();

  const panel = await open(page, "Mastodon", "Settings");
  await panel.getByRole("combobox", { name: "Visibility" }).click();
  await page.getByRole("option", { name: "Followers" }).click();
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The settings are saved")).toBeVisible();
  await accessible(page);

  await page.goto(`${program.url}/compose`);
  // The only channel there is, so it is chosen already.
  await expect(page.getByRole("button", { name: /^@/ }).first()).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Only for those who follow");
  const publish = page.getByRole("button", { name: /^Publish now on/ });
  await expect(publish).toHaveAttribute("aria-disabled", "false");
  await publish.click();
  await expect.poll(async () => (await published(program)).mastodon, { timeout: 60_000 }).toBe(1);
  const answer = await fetch(`${program.sandbox}/admin/published?platform=mastodon`);
  const { items } = (await answer.json()) as { items: { permalink: string }[] };
  await page.goto(items[0]?.permalink ?? "");
  await expect(page.getByText("private", { exact: true })).toBeVisible();
});

test("disconnecting names what goes, and keeps or cancels the posts that wait", async ({ page, program }) => {
  await register(page, program);
  for (const choice of ["Keep them", "Cancel them"]) {
    await connectFacebook(page, program);
    await page.evaluate(async (text) => {
      const { items } = await (await fetch("/api/channels")).json();
      const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
      const post = { text, channel_ids: [items[0].id], schedule: { kind: "at", at, time_zone: "UTC" } };
      const answer = await fetch("/api/posts", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(post),
      });
      if (!answer.ok) throw new Error(await answer.text());
    }, `A post to ${choice}`);

    const panel = await open(page, "Facebook", "Settings");
    await panel.getByRole("button", { name: "Disconnect" }).click();
    const ask = page.getByRole("dialog", { name: /^Disconnect .*\?$/ });
    await expect(ask.getByText("2 channels go away here: Harbour Bakery, Harbour Workshops.")).toBeVisible();
    await expect(ask.getByText(/scheduled posts? waits? for it:/)).toBeVisible();
    await expect(ask.getByText(`A post to ${choice}`)).toBeVisible();
    await accessible(page);
    await ask.getByRole("radio", { name: choice }).check();
    await ask.getByRole("button", { name: /^Disconnect / }).click();
    await expect(page.getByText(/is disconnected/)).toBeVisible();
  }
  const states = await page.evaluate(async () => {
    const { items } = await (await fetch("/api/posts")).json();
    return items.map((post: { text: string; state: string }) => `${post.text}: ${post.state}`);
  });
  // The second time, the kept one waited too.
  expect(states.sort()).toEqual(["A post to Cancel them: cancelled", "A post to Keep them: cancelled"]);
});

test("the guide shows what to set and where people come back to, at 360 px too", async ({
  page,
  program,
}) => {
  await register(page, program);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${program.url}/connections?guide=facebook`);
  const guide = page.getByRole("dialog", { name: /Set up Facebook/ });
  await expect(guide.getByText(`${program.url}/api/platforms/facebook/callback`)).toBeVisible();
  await expect(guide.getByText("FANFARE_FACEBOOK_APP_ID", { exact: true })).toBeVisible();
  await expect(guide.getByRole("button", { name: "Copy Callback URL" })).toBeVisible();
  await expect(guide.getByRole("link", { name: /documentation/ })).toHaveAttribute("href", /^https:/);
  await accessible(page);
  const narrow = async () => {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, page.url()).toBeLessThanOrEqual(0);
  };
  await narrow();
  await page.keyboard.press("Escape");
  await expect(guide).toHaveCount(0);

  await connectFacebook(page, program);
  await accessible(page);
  await narrow();
  for (const tab of ["overview", "channels", "permissions", "history", "settings"]) {
    const address = await page
      .locator('a[href^="/connections/"]:not([href$="groups"])')
      .first()
      .getAttribute("href");
    await page.goto(`${program.url}${address?.split("?")[0]}?tab=${tab}`);
    await page.waitForLoadState("networkidle");
    await narrow();
    await accessible(page);
    await page.goto(`${program.url}/connections`);
    await page.waitForLoadState("networkidle");
  }
});

test("platforms are narrowed to what they are for, in the address, and panels leave it as it is", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebook(page, program);
  const cards = page.getByRole("main").getByRole("heading", { level: 2 });
  await expect(cards).toHaveCount(5);
  const filter = page.getByRole("radiogroup", { name: "What the platforms are for" });
  await filter.getByText("Files").click();
  await expect(cards).toHaveText(["Google Drive"]);

  await page.route("**/api/platforms", async (route) => {
    const answer = await route.fetch();
    const list = (await answer.json()) as { items: { id: string; roles: string[] }[] };
    for (const each of list.items) {
      if (each.id === "bluesky") each.roles = ["connect", "message"];
      if (each.id === "facebook") each.roles = ["connect", "publish", "message"];
    }
    await route.fulfill({ response: answer, json: list });
  });
  await page.goto(`${program.url}/connections`);
  await filter.getByText("Messaging").click();
  await expect(page).toHaveURL(/for=messaging/);
  await expect(cards).toHaveText(["Bluesky", "Facebook"]);
  await accessible(page);
  await page.reload();
  await expect(cards).toHaveText(["Bluesky", "Facebook"]);

  await open(page, "Facebook", "Channels");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`${program.url}/connections?for=messaging`);
  await page.setViewportSize({ width: 360, height: 740 });
  await filter.getByText("Publishing").click();
  await expect(cards).toHaveText(["Facebook", "Instagram", "Mastodon"]);
  await accessible(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await page.goto(`${program.url}/connections?for=sales`);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(cards).toHaveCount(5);
});
