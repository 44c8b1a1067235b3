import type { Page } from "@playwright/test";
import type { Program } from "./program";
import { expect } from "./test";

/** Of everybody here who chooses no other. */
export const PASSWORD = "harbour loaf in the morning";

/** Creates the administrator and names the workspace: the first two steps of the set-up. */
export async function register(page: Page, program: Program, workspace = "The Bakery"): Promise<void> {
  await page.goto(program.url);
  await expect(page.getByRole("heading", { name: "Welcome to Fanfare" })).toBeVisible();
  await page.getByLabel("Your name").fill("Ada Moreno");
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Workspace name").fill(workspace);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Connect your first account" })).toBeVisible();
}

/** Fills in the page for logging in and sends it; who has two-factor is asked for more after it. */
export async function logIn(page: Page, email = "ada@example.com", password = PASSWORD): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Agrees on the sandbox's consent page, comes back, and leaves one of the account's two channels out. */
async function agree(page: Page, program: Program, without: string): Promise<void> {
  await expect(page.getByText("nothing leaves this machine")).toBeVisible();
  await page.locator('button[value="continue"]').click();
  await page.waitForURL(`${program.url}/**`);
  await expect(page.getByText("Choose where Fanfare may publish.")).toBeVisible();
  const left = page.getByRole("switch", { name: `Publish to ${without}` });
  // The switch is thrown before the server knows of it, and who leaves the page at once breaks the request off.
  const told = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await left.click({ force: true });
  await told;
  await expect(left).not.toBeChecked();
  await page.getByRole("button", { name: "Done" }).click();
}

/** Connects the pretend Facebook and Instagram from the set-up's third step. */
export async function connectFacebookAndInstagram(page: Page, program: Program): Promise<void> {
  await page.getByRole("button", { name: "Connect pretend account: Facebook" }).click();
  await agree(page, program, "Harbour Workshops");
  await page.getByRole("button", { name: "Connect pretend account: Instagram" }).click();
  await page.getByRole("button", { name: "Continue to the pretend Instagram" }).click();
  await agree(page, program, "harbour.workshops");
}

/** A real picture of the shape that every platform takes, drawn by the browser. */
export async function picture(page: Page, name = "loaf.jpg") {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 1080;
    canvas.height = 1080;
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.fillStyle = "#f3dcb4";
    pen.fillRect(0, 0, 1080, 1080);
    pen.fillStyle = "#a8682f";
    pen.arc(540, 540, 360, 0, 7);
    pen.fill();
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}

/** Adds a picture to the post that is being composed, with its alternative text. */
export async function addPicture(page: Page, alt: string): Promise<void> {
  const tray = page.getByRole("region", { name: "Pictures and videos" });
  await tray.locator('input[type="file"]').setInputFiles(await picture(page));
  await page.getByRole("button", { name: "Alternative text for item 1" }).click();
  await page.getByLabel("Alternative text of item 1").fill(alt);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
}

/** Sets date and time in the composer, in the zone of the browser. */
export async function scheduleAt(page: Page, at: Date): Promise<void> {
  const zone = "Europe/Madrid";
  const parts = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(at);
  const [hours = "", minutes = ""] = parts({ hour: "2-digit", minute: "2-digit" }).split(":");
  await page.getByText("At a time").click();
  await page.getByRole("button", { name: /^Change the time/ }).click();
  const day = parts({ day: "numeric", month: "long", year: "numeric" });
  await page.getByRole("button", { name: day, exact: true }).click();
  await page.getByLabel("Hours").fill(hours);
  await page.getByLabel("Minutes").fill(minutes);
  await page.keyboard.press("Escape");
}

/** Presses the composer's button once the check allows it. */
export async function publishNow(page: Page): Promise<void> {
  const publish = page.getByRole("button", { name: /^Publish now on/ });
  await expect(publish).toHaveAttribute("aria-disabled", "false");
  await publish.click();
}

/** What the sandbox counts as published, per platform. */
export async function published(program: Program): Promise<Record<string, number>> {
  const answer = await fetch(`${program.sandbox}/admin/published`);
  return ((await answer.json()) as { counts: Record<string, number> }).counts;
}

/** Lets the next call of a kind go wrong at a pretend platform. */
export async function breakNext(
  program: Program,
  fault: { platform: string; call: string; fault: string; times?: number; delay_ms?: number },
): Promise<void> {
  const answer = await fetch(`${program.sandbox}/admin/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the fault: ${await answer.text()}`);
}
