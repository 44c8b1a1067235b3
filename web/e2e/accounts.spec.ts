import { accessible, fits } from "./accessible";
import { mailedLink } from "./mailbox";
import { logIn, PASSWORD, register } from "./person";
import { expect, test } from "./test";
import { freshTotp, totp } from "./totp";

test("two-factor is set up, asked for, got around with a backup code, and switched off", async ({
  page,
  program,
}) => {
  test.setTimeout(180_000);
  await register(page, program);
  await page.goto(program.url);
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitem", { name: "Security" }).click();
  await accessible(page);
  await page.getByRole("button", { name: "Set up two-factor" }).click();
  const wizard = page.getByRole("dialog", { name: "Set up two-factor" });
  const qr = wizard.getByRole("img", { name: /QR code/ });
  await expect.poll(() => qr.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await wizard.getByText("It cannot be scanned").click();
  const secret = await wizard.locator("code").innerText();
  await accessible(page);
  await wizard.getByLabel("Code that the app shows now").fill("000000");
  await wizard.getByRole("button", { name: "Switch on" }).click();
  await expect(wizard.getByText(/This code is not right/).first()).toBeVisible();
  const first = totp(secret);
  await wizard.getByLabel("Code that the app shows now").fill(first);
  await wizard.getByRole("button", { name: "Switch on" }).click();

  const kept = page.getByRole("dialog", { name: "Two-factor is on" });
  await expect(kept.getByRole("listitem")).toHaveCount(10);
  const codes = await kept.getByRole("listitem").allInnerTexts();
  await accessible(page);
  const download = page.waitForEvent("download");
  await kept.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toBe("fanfare-backup-codes.txt");
  await page.keyboard.press("Escape");
  await expect(kept).toBeVisible();
  await kept.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 backup codes are left")).toBeVisible();

  const logOut = async () => {
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
  };
  await logOut();
  await logIn(page);
  await accessible(page);
  // What was used to switch it on is not accepted again.
  await page.getByLabel("Code from your app").fill(first);
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("This code is not right");
  await page.getByLabel("Code from your app").fill(await freshTotp(page, secret, first));
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveTitle("Home · Fanfare");

  await logOut();
  await logIn(page);
  await page.getByRole("button", { name: "Use a backup code" }).click();
  await page.getByLabel("Backup code").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveTitle("Home · Fanfare");
  await page.goto(`${program.url}/settings/security`);
  await expect(page.getByText("9 backup codes are left")).toBeVisible();

  await page.getByRole("button", { name: "Switch off" }).click();
  const off = page.getByRole("dialog", { name: "Switch two-factor off?" });
  await accessible(page);
  await off.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await off.getByLabel("Code").fill(codes[1] ?? "");
  await off.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("button", { name: "Set up two-factor" })).toBeVisible();
});

test("a lost device: the link comes by mail, is too early, and whoever did not ask stops it", async ({
  page,
  program,
  browser,
}) => {
  await register(page, program);
  await page.goto(`${program.url}/settings/security`);
  await page.getByRole("button", { name: "Set up two-factor" }).click();
  await page.getByText("It cannot be scanned").click();
  const secret = await page.getByRole("dialog").locator("code").innerText();
  await page.getByLabel("Code that the app shows now").fill(totp(secret));
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(`${program.url}/login`);
  await logIn(elsewhere);
  await elsewhere.getByRole("button", { name: "Lost your device?" }).click();
  await accessible(elsewhere);
  await elsewhere.getByRole("button", { name: "Send the link" }).click();
  await expect(elsewhere.getByText("The mails are on their way")).toBeVisible();

  await elsewhere.goto(await mailedLink(page, program, "ada@example.com", "/recover-two-factor?token="));
  await accessible(elsewhere);
  await elsewhere.getByRole("button", { name: "Switch two-factor off and log in" }).click();
  await expect(elsewhere.getByRole("alert")).toContainText("too early");

  await page.goto(await mailedLink(page, program, "ada@example.com", "/recover-two-factor?stop="));
  await page.getByRole("button", { name: "Stop it" }).click();
  await expect(page.getByRole("heading", { name: "It is stopped" })).toBeVisible();
  await elsewhere.getByRole("button", { name: "Switch two-factor off and log in" }).click();
  await expect(elsewhere.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await elsewhere.context().close();
});

test("a forgotten password is set anew by mail, and ends every other session", async ({
  page,
  program,
  browser,
}) => {
  await register(page, program);
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(`${program.url}/login`);
  await elsewhere.getByLabel("E-mail address").fill("ada@example.com");
  await elsewhere.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(elsewhere.getByLabel("E-mail address")).toHaveValue("ada@example.com");
  await accessible(elsewhere);
  await elsewhere.getByRole("button", { name: "Send the link" }).click();
  await expect(elsewhere.getByText("Look at your mail")).toBeVisible();

  const link = await mailedLink(page, program, "ada@example.com", "/reset-password?token=");
  await elsewhere.goto(link);
  await elsewhere.getByLabel("New password").fill("password");
  await elsewhere.getByRole("button", { name: "Set password" }).click();
  await expect(elsewhere.getByLabel("New password")).toHaveAttribute("aria-invalid", "true");
  await accessible(elsewhere);
  await elsewhere.getByLabel("New password").fill("four quite unrelated words");
  await elsewhere.getByRole("button", { name: "Set password" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  await elsewhere.getByRole("link", { name: "Log in" }).click();
  await logIn(elsewhere, "ada@example.com", "four quite unrelated words");
  await expect(elsewhere).toHaveTitle("Home · Fanfare");

  // The first browser is logged out, and the link is used up.
  await page.goto(`${program.url}/posts`);
  await expect(page).toHaveURL(/\/login/);
  await page.goto(link);
  await page.getByLabel("New password").fill("four other unrelated words");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await elsewhere.context().close();
});

test("an account is renamed, moves to another address, is downloaded and deleted", async ({
  page,
  program,
}) => {
  test.setTimeout(120_000);
  await register(page, program);
  await page.goto(`${program.url}/settings/account`);
  const name = page.getByRole("region", { name: "Your name" });
  await name.getByLabel("Your name").fill("Ada Lind");
  await name.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Account menu" })).toContainText("Ada Lind");

  const address = page.getByRole("region", { name: "E-mail address" });
  await address.getByRole("button", { name: "Change address" }).click();
  const form = page.getByRole("dialog", { name: "Change address" });
  await accessible(page);
  await form.getByLabel("New e-mail address").fill("ada@harbour.example");
  await form.getByRole("textbox", { name: "Present password" }).fill(PASSWORD);
  await form.getByRole("button", { name: "Begin the change" }).click();
  await expect(address.getByText("The change to ada@harbour.example waits to be confirmed")).toBeVisible();
  await accessible(page);
  const [before, after] = [
    await mailedLink(page, program, "ada@example.com", "/confirm-email?token="),
    await mailedLink(page, program, "ada@harbour.example", "/confirm-email?token="),
  ];
  await page.goto(after);
  await expect(page.getByText("Now open the link that we sent to your old address.")).toBeVisible();
  await page.goto(before);
  await expect(page.getByRole("heading", { name: "Your address is changed" })).toBeVisible();
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(address.getByText("ada@harbour.example")).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download my data" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.json$/);

  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Delete my account" }).click();
  const ask = page.getByRole("dialog", { name: "Delete your account?" });
  await accessible(page);
  await fits(page);
  await ask.getByLabel("Type ada@harbour.example to confirm").fill("ada@harbour.example");
  await ask.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await ask.getByRole("button", { name: "Delete my account" }).click();
  // The only administrator stays until there is another.
  await expect(
    ask.getByRole("alert").or(page.getByRole("heading", { name: /Log in|Welcome/ })),
  ).toBeVisible();
});

test("devices are listed, and the others logged out", async ({ page, program, browser }) => {
  await register(page, program);
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(`${program.url}/login`);
  await logIn(elsewhere);
  await expect(elsewhere).toHaveTitle("Home · Fanfare");

  await page.goto(`${program.url}/settings/security`);
  const devices = page.getByRole("region", { name: "Devices" });
  await expect(devices.getByRole("listitem")).toHaveCount(2);
  await expect(devices.getByRole("listitem").first()).toContainText("This device");
  await devices.getByRole("button", { name: "Log out all others" }).click();
  const ask = page.getByRole("dialog", { name: "Log out all other devices?" });
  await accessible(page);
  await ask.getByRole("button", { name: "Log out all others" }).click();
  await expect(devices.getByRole("listitem")).toHaveCount(1);
  await elsewhere.getByRole("link", { name: "Posts" }).click();
  await expect(elsewhere).toHaveURL(/\/login/);
  await elsewhere.context().close();
});

test("somebody new verifies the address by the mailed link, logs in, and takes two steps from then on", async ({
  page: administrator,
  program,
  browser,
}) => {
  await register(administrator, program);
  await program.halt();
  await program.start({ FANFARE_REGISTRATION: "open" });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${program.url}/register`);
  await page.getByLabel("Your name").fill("Bo Lind");
  await page.getByLabel("E-mail address").fill("bo@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await accessible(page);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).not.toHaveURL(/register/);
  await page.goto(await mailedLink(administrator, program, "bo@example.com", "/verify-email?token="));
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  await accessible(page);

  const firstStep = async () => {
    await page.goto(`${program.url}/login`);
    await logIn(page, "bo@example.com");
  };
  await page.context().clearCookies();
  await firstStep();
  await expect(page).not.toHaveURL(/login/);
  await page.goto(`${program.url}/settings/security`);
  await page.getByRole("button", { name: "Set up two-factor" }).click();
  await page.getByText("It cannot be scanned").click();
  const secret = await page.getByRole("dialog").locator("code").innerText();
  const first = totp(secret);
  await page.getByLabel("Code that the app shows now").fill(first);
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.context().clearCookies();
  await firstStep();
  await page.getByLabel("Code from your app").fill(await freshTotp(page, secret, first));
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
  await page.context().close();
});
