import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { addPicture, connectFacebookAndInstagram, picture, register } from "./person";
import type { Program } from "./program";
import { expect, test } from "./test";

const LISTS = [
  "/",
  "/setup?step=workspace",
  "/setup?step=connect",
  "/setup?step=post",
  "/compose",
  "/posts",
  "/library",
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
  "/new-workspace",
  "/forgot-password",
  "/reset-password?token=x",
  "/recover-two-factor?token=x",
  "/nowhere",
];

/** Pages of single things, found by their links. */
async function details(page: Page, program: Program): Promise<string[]> {
  const found: string[] = [];
  for (const [list, link] of [
    ["/posts", 'a[href^="/posts/"]'],
    ["/library", 'a[href^="/library/"]'],
    ["/connections", 'li a[href^="/connections/"]'],
  ] as const) {
    await page.goto(program.url + list);
    const address = await page.locator(link).first().getAttribute("href");
    expect(address).not.toBeNull();
    found.push(address ?? "");
  }
  return [...found, (found[0] ?? "").replace("/posts/", "/compose/")];
}

/** Waits until nothing more is being loaded. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])
    .analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect(told, page.url()).toEqual([]);
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
}) => {
  test.setTimeout(480_000);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(program.url);
    await settled(page);
    await accessible(page);
  }
  await register(page, program);
  for (const empty of ["/", "/posts", "/library", "/compose"]) {
    await page.goto(program.url + empty);
    await settled(page);
    await accessible(page);
  }

  await furnish(page, program);
  for (const address of [...LISTS, ...(await details(page, program))]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(program.url + address);
      await settled(page);
      await accessible(page);
    }
  }
});

test("no page is wider than a narrow telephone, and all are accessible there", async ({ page, program }) => {
  await register(page, program);
  await furnish(page, program);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of [...LISTS, ...(await details(page, program))]) {
    await page.goto(program.url + address);
    await settled(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, address).toBeLessThanOrEqual(0);
    await accessible(page);
  }
  await page.getByRole("button", { name: "Open the menu" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Account menu" }).click();
  await expect(page.getByRole("menuitemradio", { name: "As the system" })).toBeVisible();
  await expect(page.locator('[role="menu"] :focus')).toHaveCount(1);
  await accessible(page);
});
