import type { Locator, Page } from "@playwright/test";
import { published } from "./person";
import { expect, test } from "./test";

/** More stops than any page has before what is looked for. */
const STOPS = 60;

/** Goes on with Tab until the thing has the focus, as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return focusIsSeen(page);
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Whatever has the focus can be seen to have it: by its own look, or by the accent around the field that it is the inside of. */
async function focusIsSeen(page: Page): Promise<void> {
  const look = () =>
    page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "var(--accent)";
      const accent = getComputedStyle(probe).color;
      probe.remove();
      const own = getComputedStyle(focused);
      let isFramed = false;
      for (let at: Element | null = focused, up = 0; at && up < 6; at = at.parentElement, up += 1) {
        const { borderTopColor, borderTopWidth } = getComputedStyle(at);
        isFramed ||= borderTopWidth !== "0px" && borderTopColor === accent;
      }
      const isSeen = own.outlineStyle !== "none" || own.boxShadow !== "none" || isFramed;
      return isSeen ? "seen" : focused.outerHTML.slice(0, 200);
    });
  // The accent comes in a moment.
  await expect.poll(look).toBe("seen");
}

test("the whole first run by keyboard alone", async ({ page, program }) => {
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const link = (name: string | RegExp) => page.getByRole("link", { name });
  await page.goto(program.url);

  // The first field waits for the name.
  await expect(page.getByLabel("Your name")).toBeFocused();
  await page.keyboard.type("Ada Moreno");
  await page.keyboard.press("Tab");
  await page.keyboard.type("ada@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type("harbour loaf in the morning");
  await page.keyboard.press("Enter");

  await expect(page.getByLabel("Workspace name")).toBeFocused();
  await page.keyboard.type("The Bakery");
  await page.keyboard.press("Enter");

  await press(page, button("Connect pretend account: Facebook"));
  await press(page, page.locator('button[value="continue"]'));
  await page.waitForURL(`${program.url}/**`);
  const panel = page.getByRole("dialog");
  await expect(panel.getByText("Choose where Fanfare may publish.")).toBeVisible();
  const left = page.getByRole("switch", { name: "Publish to Harbour Workshops" });
  await press(page, left, "Space");
  await expect(left).not.toBeChecked();
  await press(page, panel.getByRole("button", { name: "Done" }));

  await press(page, link("Continue"));
  await press(page, button("Write the first post"));
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await expect(text).toHaveValue(/Our first post/);
  await tabTo(page, text);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Bread at nine");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await expect(button(/^Publish now on 1 channel/)).toHaveAttribute("aria-disabled", "false");
  await press(page, button(/^Publish now on 1 channel/));

  await expect(page.getByRole("heading", { name: "Your first post is live" })).toBeVisible({
    timeout: 60_000,
  });
  expect((await published(program)).facebook).toBe(1);
  const receipt = link(/^Open the post on/);
  await tabTo(page, receipt);
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("Enter");
  await expect((await opened).getByRole("article").getByText("Bread at nine")).toBeVisible();

  // And home, by the shortcut.
  await page.bringToFront();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page).toHaveTitle("Home · Fanfare");
  await expect(page.locator("#page")).toBeFocused();
});

test("the skip link leads past the menu", async ({ page, program }) => {
  await page.goto(program.url);
  await page.getByLabel("Your name").fill("Ada Moreno");
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill("harbour loaf in the morning");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Workspace name")).toBeVisible();
  await page.goto(program.url);
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("#page") !== null)).toBe(true);
});
