import type { Locator, Page } from "@playwright/test";
import { published, register } from "./person";
import { wednesday } from "./planned";
import { expect, test } from "./test";

/** More stops than any page has before what is looked for. */
const STOPS = 60;

/** Goes on with Tab until the thing has the focus, as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
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

/**
 * Whatever has the focus can be seen to have it: by its own look or that of its label, or by the accent around the field that it is
 * the inside of.
 */
async function focusIsSeen(page: Page): Promise<void> {
  const look = () =>
    page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "var(--accent)";
      const accent = getComputedStyle(probe).color;
      probe.remove();
      const labels = focused instanceof HTMLInputElement ? [...(focused.labels ?? [])] : [];
      const isRinged = [focused, ...labels].some((each) => {
        const { outlineStyle, boxShadow } = getComputedStyle(each);
        return outlineStyle !== "none" || boxShadow !== "none";
      });
      let isFramed = false;
      for (let at: Element | null = focused, up = 0; at && up < 6; at = at.parentElement, up += 1) {
        const { borderTopColor, borderTopWidth } = getComputedStyle(at);
        isFramed ||= borderTopWidth !== "0px" && borderTopColor === accent;
      }
      return isRinged || isFramed ? "seen" : focused.outerHTML.slice(0, 200);
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

test("a post is planned on two channels and moved in the calendar by keyboard alone", async ({
  page,
  program,
}) => {
  const day = wednesday();
  const [year = "", month = "", date = ""] = day.split("-");
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  await register(page, program);
  await press(page, button("Connect pretend account: Facebook"));
  await press(page, page.locator('button[value="continue"]'));
  await page.waitForURL(`${program.url}/**`);
  await press(page, page.getByRole("dialog").getByRole("button", { name: "Done" }));
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goto(program.url);
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();

  // Written in the drawer, wherever one is.
  await page.keyboard.press("c");
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await tabTo(page, text);
  await page.keyboard.type("Advent, door 1");
  for (const name of ["Harbour Bakery", "Harbour Workshops"]) {
    const channel = page.getByRole("button", { name, exact: true });
    await press(page, channel, "Space");
    await expect(channel).toHaveAttribute("aria-pressed", "true");
  }
  await press(page, page.getByRole("tab", { name: "All channels" }));
  await tabTo(page, page.getByRole("radio", { name: "Now" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "At a time" })).toBeChecked();

  await press(page, button(/^Change the time/));
  await tabTo(page, page.getByLabel("Date", { exact: true }).and(page.locator("input")));
  // The order is that of the browser's own language, whatever the page's is.
  await page.keyboard.type(`${month}${date}${year}`);
  await tabTo(page, page.getByLabel("Hours"));
  await page.keyboard.type("1030");
  await page.keyboard.press("Escape");
  await expect(button(/^Change the time: Wed .*10:30/)).toBeFocused();
  await expect(button(/^Schedule for .* on 2 channels$/)).toHaveAttribute("aria-disabled", "false");
  await press(page, button(/^Schedule for .* on 2 channels$/));
  await expect(page.getByRole("dialog", { name: "Advent, door 1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // Found in the calendar, a week or two on.
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveTitle("Calendar · Fanfare");
  await page.keyboard.press("v");
  await page.keyboard.press("w");
  const column = (wanted: string) => page.locator(`[data-column="${wanted}"]`);
  await expect(page).toHaveURL(/view=week/);
  for (let week = 0; week < 2 && !(await column(day).isVisible()); week += 1) {
    const first = page.locator("[data-column]").first();
    const before = (await first.getAttribute("data-column")) ?? "";
    await page.keyboard.press("j");
    await expect(first).not.toHaveAttribute("data-column", before);
  }
  const card = page.locator("a[data-entry]").filter({ hasText: "Advent, door 1" });
  await expect(column(day).locator(card)).toContainText("10:30");
  await tabTo(page, card);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Moved to Thu.*10:45/).first()).toBeVisible();
  await expect(card).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/^Back at Wed.*10:30/).first()).toBeVisible();
  await expect(column(day).locator(card)).toContainText("10:30");
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
