import type { Page } from "@playwright/test";
import { connectFacebookAndInstagram, picture, register } from "./person";
import type { Program } from "./program";
import { expect, test } from "./test";

const PAGES = [
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
  "/webhooks",
  "/settings/account",
  "/settings/security",
  "/settings/workspace",
  "/settings/members",
  "/settings/api-keys",
  "/settings/audit",
  "/settings/data",
  "/admin/audit",
  "/admin/users",
  "/admin/mail",
  "/admin/mail/templates",
  "/new-workspace",
  "/settings/pages",
  "/docs",
  "/privacy",
  "/terms",
  "/nowhere",
];

/** The addresses of the drawers with a picture and with an account. */
async function drawers(page: Page, program: Program): Promise<string[]> {
  await page.goto(`${program.url}/library`);
  await page
    .getByLabel("Choose files")
    .first()
    .setInputFiles(await picture(page));
  await expect(page.getByRole("link", { name: "Open loaf.jpg" })).toBeVisible();
  const found: string[] = [];
  for (const [list, link] of [
    ["/library", 'a[href^="/library/"]'],
    ["/connections", 'li a[href^="/connections/"]'],
  ] as const) {
    await page.goto(program.url + list);
    const address = await page.locator(link).first().getAttribute("href");
    expect(address).not.toBeNull();
    found.push(address ?? "");
  }
  return found;
}

test("no page asks anybody else, breaks the policy or complains", async ({ page, program }) => {
  test.slow();
  const strangers: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && ![program.url, program.sandbox].includes(origin))
      strangers.push(request.url());
  });
  page.on("console", (message) => {
    // The sandbox is another site, and has no icon.
    if (message.location().url.startsWith(program.sandbox)) return;
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });

  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Write the first post" }).click();
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(/Our first post/);
  const draft = new URL(page.url()).pathname;

  const shown = [...PAGES, draft, draft.replace("/compose/", "/posts/"), ...(await drawers(page, program))];
  for (const address of shown) {
    await page.goto(program.url + address);
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
  }
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
});
