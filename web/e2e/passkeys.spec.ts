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
  const { authenticatorId } = await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const present = (enabled: boolean) =>
    browser.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
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
  // The browser would take what the address field offers by itself.
  await present(false);
  await logOut();
  await expect(page.getByRole("button", { name: "Log in with a passkey" })).toBeVisible();
  await accessible(page);
  await present(true);
  await page.getByRole("button", { name: "Log in with a passkey" }).click();
  await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();
  // With a finger on the key all the while, the offer alone is enough.
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await expect(page.getByRole("button", { name: "Account menu" })).toBeVisible();

  await page.goto(`${program.url}/settings/security`);
  await keys.getByRole("button", { name: "Remove Laptop" }).click();
  const asked = page.getByRole("dialog", { name: "Remove “Laptop”?" });
  await accessible(page);
  await asked.getByRole("button", { name: "Remove" }).click();
  await expect(section.getByText("No passkey yet")).toBeVisible();
});
