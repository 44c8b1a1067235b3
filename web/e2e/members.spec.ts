import { accessible, fits } from "./accessible";
import { mailedLink } from "./mailbox";
import { register } from "./person";
import { expect, test } from "./test";
import { totp } from "./totp";

test("somebody is invited, joins, gets another role, and is removed", async ({ page, program, browser }) => {
  test.setTimeout(180_000);
  await register(page, program);
  await page.goto(`${program.url}/settings/members`);
  await accessible(page);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const form = page.getByRole("dialog", { name: "Invite somebody to The Bakery" });
  await form.getByLabel("E-mail address").fill("bo@example.com");
  await form.getByRole("radio", { name: "Viewer" }).check();
  await accessible(page);
  await form.getByRole("button", { name: "Invite" }).click();
  const made = page.getByRole("dialog", { name: "Invitation for bo@example.com" });
  // Nothing arrives anywhere from the sandbox, so the link is there to be passed on; the mailbox has it too.
  await expect(made.getByText("/invitation?token=")).toBeVisible();
  await accessible(page);
  await made.getByRole("button", { name: "Done" }).click();

  // Whoever is logged in as somebody else is told so.
  const link = await mailedLink(page, program, "bo@example.com", "/invitation?token=");
  await page.goto(link);
  await expect(page.getByText(/The invitation is for bo@example.com/)).toBeVisible();
  await accessible(page);

  const bo = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await bo.goto(link);
  await expect(bo.getByRole("heading", { name: "Join The Bakery" })).toBeVisible();
  await accessible(bo);
  await fits(bo);
  await bo.getByLabel("Your name").fill("Bo Lind");
  await bo.getByRole("textbox", { name: "Password" }).fill("four quite unrelated words");
  await bo.getByRole("button", { name: "Create account and join" }).click();
  await expect(bo).toHaveTitle("Home · Fanfare");
  await bo.goto(`${program.url}/settings/members`);
  await expect(bo.getByText("Only owners and admins invite people and change roles.")).toBeVisible();
  await bo.goto(`${program.url}/settings/audit`);
  await expect(bo.getByText("Only owners and admins read the audit log")).toBeVisible();
  await bo.goto(`${program.url}/admin/users`);
  await expect(bo.getByText("Only administrators of this installation see this page.")).toBeVisible();

  await page.goto(`${program.url}/settings/members`);
  await page.getByLabel("Role of Bo Lind").selectOption("Admin");
  await expect(page.getByText("Bo Lind is now: Admin")).toBeVisible();
  await bo.goto(`${program.url}/settings/members`);
  await expect(bo.getByRole("button", { name: "Invite somebody" })).toBeVisible();
  await fits(bo);

  await page.getByRole("button", { name: "Remove Bo Lind" }).click();
  const ask = page.getByRole("dialog", { name: "Remove Bo Lind?" });
  await ask.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("bo@example.com")).toBeHidden();
  await bo.goto(program.url);
  await expect(
    bo.getByLabel("Workspace name").or(bo.getByRole("button", { name: /^Open the menu/ })),
  ).toBeVisible();
  await bo.context().close();
});

test("an invitation is sent again with a new link, and withdrawn", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/settings/members`);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("dialog").getByLabel("E-mail address").fill("cy@example.com");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const made = page.getByRole("dialog", { name: "Invitation for cy@example.com" });
  const first = await made.locator("code").innerText();
  await made.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Send the invitation for cy@example.com again" }).click();
  const second = await made.locator("code").innerText();
  expect(second).not.toBe(first);
  await made.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Withdraw the invitation for cy@example.com" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByText("Nobody is waiting for an answer.")).toBeVisible();
  await page.goto(program.url + new URL(second).pathname + new URL(second).search);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
});

test("a workspace that asks for two-factor lets nobody else in, and is made, left and deleted", async ({
  page,
  program,
}) => {
  test.setTimeout(120_000);
  await register(page, program);
  await page.goto(`${program.url}/settings/security`);
  await page.getByRole("button", { name: "Set up two-factor" }).click();
  await page.getByText("It cannot be scanned").click();
  const secret = await page.getByRole("dialog").locator("code").innerText();
  await page.getByLabel("Code that the app shows now").fill(totp(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();

  await page.goto(`${program.url}/settings/workspace`);
  await accessible(page);
  await page.getByRole("switch", { name: "Ask every member for two-factor" }).click({ force: true });
  await page.getByRole("dialog").getByRole("button", { name: "Ask everybody" }).click();
  await expect(page.getByText("Everybody here needs two-factor now")).toBeVisible();

  await page.getByRole("button", { name: "Workspace: The Bakery" }).click();
  await page.getByRole("menuitem", { name: "Make a workspace" }).click();
  await accessible(page);
  await page.getByLabel("Workspace name").fill("The Café");
  await page.getByRole("button", { name: "Make the workspace" }).click();
  await expect(page.getByRole("button", { name: "Workspace: The Café" })).toBeVisible();
  await page.goto(`${program.url}/settings/workspace`);
  await page.getByRole("button", { name: "Delete the workspace" }).click();
  const ask = page.getByRole("dialog", { name: "Delete The Café?" });
  await accessible(page);
  await ask.getByLabel("Type The Café to confirm").fill("The Café");
  await ask.getByRole("button", { name: "Delete the workspace" }).click();
  await expect(page.getByRole("button", { name: "Workspace: The Bakery" })).toBeVisible();
});

test("an administrator looks after people and mail", async ({ page, program, browser }) => {
  test.setTimeout(120_000);
  await register(page, program);
  await page.goto(`${program.url}/settings/members`);
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByRole("dialog").getByLabel("E-mail address").fill("bo@example.com");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("button", { name: "Done" }).click();
  const bo = await (await browser.newContext()).newPage();
  await bo.goto(await mailedLink(page, program, "bo@example.com", "/invitation?token="));
  await bo.getByLabel("Your name").fill("Bo Lind");
  await bo.getByRole("textbox", { name: "Password" }).fill("four quite unrelated words");
  await bo.getByRole("button", { name: "Create account and join" }).click();
  await expect(bo).toHaveTitle("Home · Fanfare");

  await page.goto(`${program.url}/admin/users`);
  await page.getByRole("searchbox", { name: "Search by name or address" }).fill("lind");
  await expect(page.getByText("ada@example.com")).toBeHidden();
  await accessible(page);
  await page.getByRole("button", { name: "Actions for Bo Lind" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText(/^Disabled/)).toBeVisible();
  await bo.goto(`${program.url}/posts`);
  await expect(bo).toHaveURL(/\/login/);
  await page.getByRole("button", { name: "Actions for Bo Lind" }).click();
  await page.getByRole("menuitem", { name: "Enable again" }).click();
  await expect(page.getByText(/^Disabled/)).toBeHidden();
  await bo.context().close();

  await page.goto(`${program.url}/admin/mail`);
  await expect(page.getByRole("heading", { name: "Messages stay here" })).toBeVisible();
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  const onItsWay = page.getByText("A test is on its way to ada@example.com");
  await expect(onItsWay).toBeVisible();
  // A toast that fades away is paler than it was meant to be.
  await expect(onItsWay).toBeHidden();
  await accessible(page);
  await page.getByRole("list", { name: "Log" }).getByRole("link").first().click();
  const panel = page.getByRole("dialog").last();
  await expect(panel.getByRole("heading", { name: "As people see it" })).toBeVisible();
  await expect(panel.locator("iframe")).toBeVisible();
  await accessible(page);

  await page.goto(`${program.url}/admin/mail/templates`);
  await accessible(page);
  await page.locator('main a[href*="/mail/templates/"]').first().click();
  const subject = page.getByLabel("Subject");
  await subject.fill("Our own subject");
  await expect(page.getByRole("region", { name: "Preview" }).getByText("Our own subject")).toBeVisible();
  await accessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The template is saved")).toBeVisible();
  await page.getByRole("button", { name: "Back to ours" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Back to ours" }).click();
  await expect(subject).not.toHaveValue("Our own subject");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
});
