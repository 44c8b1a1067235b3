import { connectFacebookAndInstagram, register } from "./person";
import { expect, test } from "./test";

const PAGES = [
  "/",
  "/setup?step=workspace",
  "/setup?step=connect",
  "/setup?step=post",
  "/compose",
  "/posts",
  "/library",
  "/connections",
  "/settings/account",
  "/settings/security",
  "/settings/workspace",
  "/settings/members",
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

test("no page asks anybody else, breaks the policy or complains", async ({ page, program }) => {
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

  for (const address of [...PAGES, draft, draft.replace("/compose/", "/posts/")]) {
    await page.goto(program.url + address);
    await page.waitForLoadState("networkidle");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
  }
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
});
