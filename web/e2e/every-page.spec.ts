import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { accessible, fits } from "./accessible";
import { addPicture, connectFacebookAndInstagram, picture, register } from "./person";
import type { Program } from "./program";
import { everyRoute, isOf } from "./routes";
import { countShifts, standsStill } from "./shifts";
import { expect, test } from "./test";

const LISTS = [
  "/",
  "/setup?step=workspace",
  "/setup?step=connect",
  "/setup?step=post",
  "/calendar",
  "/compose",
  "/posts",
  "/library",
  "/queue",
  "/notifications",
  "/connections",
  "/connections/groups",
  "/settings/account",
  "/settings/security",
  "/settings/workspace",
  "/settings/members",
  "/settings/api-keys",
  "/webhooks",
  "/webhooks/outgoing",
  "/settings/audit",
  "/settings/data",
  "/admin/audit",
  "/admin/users",
  "/admin/mail",
  "/admin/mail/templates",
  "/settings/pages",
  "/settings",
  "/new-workspace",
  "/docs",
  "/nowhere",
];

/** What somebody sees who is not signed in. */
const OUTSIDE = [
  "/login",
  "/register",
  "/privacy",
  "/terms",
  "/forgot-password",
  "/reset-password?token=x",
  "/verify-email",
  "/verify-email?token=x",
  "/confirm-email?token=x",
  "/recover-two-factor?token=x",
  "/invitation?token=x",
];

/** Pages of single things that this file comes to by their links, and those that others look at. */
const DETAILS = [
  "/posts/$postId",
  "/library/$mediaId",
  "/connections/$connectionId",
  "/queue/$channelId",
  "/calendar/$postId",
  "/connections/queue/$channelId",
];
const ELSEWHERE: Record<string, string> = {
  "/admin/audit/$eventId": "audit.spec.ts",
  "/admin/mail/messages/$messageId": "members.spec.ts",
  "/admin/mail/templates/$name": "members.spec.ts",
  "/settings/api-keys/$keyId": "api-keys.spec.ts",
  "/settings/audit/$eventId": "audit.spec.ts",
  "/webhooks/$eventId": "webhooks.spec.ts",
  "/webhooks/outgoing/$endpointId": "outgoing-webhooks.spec.ts",
  "/webhooks/outgoing/$endpointId/$attemptId": "outgoing-webhooks.spec.ts",
};

test("no page is left out", () => {
  const listed = [...LISTS, ...OUTSIDE];
  const forgotten = everyRoute().filter(
    (route) =>
      !listed.some((address) => isOf(route, address)) && !DETAILS.includes(route) && !(route in ELSEWHERE),
  );
  expect(forgotten).toEqual([]);
  const looks = (spec: string) =>
    readFileSync(join(import.meta.dirname, spec), "utf8").includes("accessible(");
  expect(Object.values(ELSEWHERE).filter((spec) => !looks(spec))).toEqual([]);
});

/** Pages of single things, found by their links. */
async function details(page: Page, program: Program): Promise<string[]> {
  const found: string[] = [];
  for (const [list, link] of [
    ["/posts", 'a[href^="/posts/"]'],
    ["/library", 'a[href^="/library/"]'],
    ["/connections", 'li a[href^="/connections/"]'],
    ["/queue", 'main a[href^="/queue/"]'],
  ] as const) {
    await page.goto(program.url + list);
    const address = await page.locator(link).first().getAttribute("href");
    expect(address).not.toBeNull();
    found.push(address ?? "");
  }
  // The same post and the same queue are shown over other pages, too.
  const [post = "", , , queue = ""] = found;
  return [
    ...found,
    post.replace("/posts/", "/compose/"),
    post.replace("/posts/", "/calendar/"),
    queue.replace("/queue/", "/connections/queue/"),
  ];
}

/** Waits until nothing more is being loaded. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** One of everything: accounts, a picture, a draft. */
async function furnish(page: Page, program: Program): Promise<void> {
  await page.goto(`${program.url}/setup?step=connect`);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/library`);
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(await picture(page, "a loaf.jpg"));
  await expect(page.getByRole("link", { name: "Open a loaf.jpg" })).toBeVisible();
  await page.goto(`${program.url}/compose?start=first`);
  await addPicture(page, "");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
}

test("the first page is accessible before anybody registered, and so is every page afterwards", async ({
  page,
  program,
  browser,
}) => {
  test.setTimeout(900_000);
  await countShifts(page);
  const look = async (at: Page, address: string) => {
    await at.goto(program.url + address);
    await settled(at);
    await standsStill(at);
    await accessible(at);
  };
  await look(page, "/");
  await register(page, program);
  for (const empty of ["/", "/posts", "/library", "/compose"]) await look(page, empty);

  await furnish(page, program);
  for (const address of [...LISTS, ...(await details(page, program))]) await look(page, address);

  const stranger = await (await browser.newContext()).newPage();
  await countShifts(stranger);
  for (const address of OUTSIDE) await look(stranger, address);
  await stranger.context().close();
});

test("no page is wider than a narrow telephone, and all are accessible and stand still there", async ({
  page,
  program,
  browser,
}) => {
  test.setTimeout(900_000);
  await countShifts(page);
  await register(page, program);
  await furnish(page, program);
  const look = async (at: Page, address: string) => {
    await at.goto(program.url + address);
    await settled(at);
    await standsStill(at);
    await fits(at, address);
    await accessible(at);
  };
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of [...LISTS, ...(await details(page, program))]) await look(page, address);
  const stranger = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await countShifts(stranger);
  for (const address of OUTSIDE) await look(stranger, address);
  await stranger.context().close();

  await page.goto(program.url);
  await page.getByRole("button", { name: "Open the menu" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Account menu" }).click();
  await expect(page.getByRole("menuitemradio", { name: "As the system" })).toBeVisible();
  await expect(page.locator('[role="menu"] :focus')).toHaveCount(1);
  await accessible(page);
});
