import { accessible } from "./accessible";
import { expect, test } from "./test";

// Browsers take passkeys at a name, not at a bare number.
test.use({ host: "localhost" });

test("a passkey is made, logs in by a button and from the address field, and is removed", async ({
  page,
  program,
}) => {
  test.setTimeout(120_000);
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable", { enableUI: false });
  await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.addInitScript(() => {
    if (localStorage.getItem("test: no offers"))
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await page.goto(program.url);
  await page.getByLabel("Your name").fill("Ada Moreno");
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("harbour loaf in the morning");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Workspace name")).toBeVisible();

  await page.goto(`${program.url}/settings/security`);
  const section = page.getByRole("region", { name: "Passkeys" });
  await expect(section.getByText("No passkey yet")).toBeVisible();
  await accessible(page);
  await section.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  await dialog.getByLabel("Name").fill("Laptop");
  await accessible(page);
  await dialog.getByRole("button", { name: "Add a passkey" }).click();
  const keys = page.getByRole("list", { name: "Passkeys" });
  await expect(keys.getByText("Laptop")).toBeVisible();
  await accessible(page);

  const logOut = async () => {
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await expect(page.getByRole("heading", { name: "Log in" })).toBeVisible();
  };
  // By the button, in a browser that offers nothing at the address field.
  await page.evaluate(() => localStorage.setItem("test: no offers", "1"));
  await page.reload();
  await logOut();
  const button = page.getByRole("button", { name: "Log in with a passkey" });
  await expect(button).toBeVisible();
  await accessible(page);
  await button.click();
  await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
  // With a finger on the key all the while, what is offered at the address field is taken at once.
  await page.evaluate(() => localStorage.removeItem("test: no offers"));
  await page.reload();
  await page.getByRole("button", { name: "Account menu" }).click();
  const offered = page.waitForResponse("**/api/auth/passkeys/login");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  expect((await offered).status()).toBe(200);
  await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();

  await page.goto(`${program.url}/settings/security`);
  await keys.getByRole("button", { name: "Remove Laptop" }).click();
  const asked = page.getByRole("dialog", { name: "Remove “Laptop”?" });
  await accessible(page);
  await asked.getByRole("button", { name: "Remove" }).click();
  await expect(section.getByText("No passkey yet")).toBeVisible();
});
