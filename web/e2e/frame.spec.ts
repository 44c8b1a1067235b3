import { accessible } from "./accessible";
import { connectFacebookAndInstagram, picture, register } from "./person";
import { call } from "./planned";
import { expect, test } from "./test";

test("the palette finds pages, posts, channels and actions", async ({ page, program }) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  await page.goto(`${program.url}/compose`);
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.fill("Rye starter, day four");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();

  // While something is typed, too; and Esc gives the focus back.
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search or jump to" });
  await expect(field).toBeFocused();
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(text).toBeFocused();

  const go = async (words: string, option: string | RegExp) => {
    await page.keyboard.press("Control+k");
    await field.fill(words);
    await expect(page.getByRole("option", { name: option }).first()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
  };
  await go("librar", "Library");
  await expect(page).toHaveTitle("Library · Fanfare");
  await go("rye start", /Rye starter, day four.*Draft/);
  await expect(page.getByRole("dialog", { name: /Rye starter/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await go("workshops", "Harbour Workshops");
  await expect(page).toHaveURL(/\/connections\//);
  await page.keyboard.press("Escape");
  await go("dark", "Dark appearance");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");

  // In the library by what a picture is called, shows or is tagged with, however many there are.
  await page.goto(`${program.url}/library`);
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(await picture(page, "IMG_0042.jpg"));
  await page.getByRole("link", { name: "Open IMG_0042.jpg" }).click();
  const item = page.url();
  await call(page, "PATCH", `/api/media/${item.split("/").at(-1)}`, {
    alt: "A golden panettone",
    tags: ["christmas"],
  });
  await page.goto(`${program.url}/posts`);
  await expect(page.getByRole("link", { name: "Rye starter, day four" })).toBeVisible();
  await go("golden panett", /IMG_0042\.jpg.*A golden panettone/);
  await expect(page).toHaveURL(item);
  await page.keyboard.press("Escape");
  await go("christmas", /IMG_0042\.jpg/);
  await expect(page).toHaveURL(item);
  await page.keyboard.press("Escape");

  // Where one was is offered first.
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("group", { name: "Recent" }).getByRole("option").first()).toContainText(
    "IMG_0042.jpg",
  );
  await field.fill("nothing is called so");
  await expect(page.getByText("Nothing matches “nothing is called so”")).toBeVisible();
});

test("the sheet tells the shortcuts, they work, and they rest while somebody types", async ({
  page,
  program,
}) => {
  await register(page, program);
  await page.goto(program.url);
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Write a post")).toBeVisible();
  await accessible(page);
  // Below an open dialog nothing happens.
  await page.keyboard.press("c");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page).toHaveTitle("Home · Fanfare");

  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveTitle("Posts · Fanfare");
  await page.getByRole("searchbox").or(page.getByLabel("Search posts")).first().click();
  await page.keyboard.type("c?gh");
  await expect(page).toHaveTitle("Posts · Fanfare");
  await expect(sheet).toBeHidden();
  await page.locator("#page").focus();
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: "New post" })).toBeVisible();
});

test("Spanish is kept, reads well to tools, and dates follow", async ({ page, program }) => {
  test.setTimeout(300_000);
  await register(page, program);
  await page.goto(program.url);
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitemradio", { name: "Español" }).click();
  await expect(page.getByRole("heading", { name: "Inicio" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.reload();
  await expect(page.getByRole("heading", { name: "Inicio" })).toBeVisible();
  await expect(page).toHaveTitle("Inicio · Fanfare");
  for (const address of ["/", "/posts", "/compose", "/setup", "/privacy"]) {
    await page.goto(program.url + address);
    await expect(page.locator("h1")).toBeVisible();
    await page.waitForLoadState("networkidle");
    await accessible(page);
  }
  await expect(page.getByRole("heading", { name: "Privacidad" })).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Privacy", exact: true })).toBeVisible();
});

test("a line that breaks and a server that restarts are told, and heal by themselves", async ({
  page,
  program,
  context,
}) => {
  await register(page, program);
  await page.goto(program.url);
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await accessible(page);
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();

  // The files of the next page do not come either.
  await program.halt();
  await page.getByRole("link", { name: "Library" }).click();
  await expect(page.getByText("Fanfare does not answer. It")).toBeVisible();
  await program.start();
  await expect(page.getByText("Fanfare does not answer. It")).toBeHidden({ timeout: 45_000 });
  await expect(page.getByText("Nothing here yet")).toBeVisible();
});

test("help explains the page, and goes with Esc", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/posts`);
  const open = page.getByRole("button", { name: "Help with this page" });
  await open.click();
  const panel = page.getByRole("dialog", { name: "Posts" });
  await expect(panel.getByText("Three things to do")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(open).toBeFocused();
});

test("every page has help, named like the page", async ({ page, program }) => {
  await register(page, program);
  for (const [address, name] of [
    ["/", "Home"],
    ["/setup?step=workspace", "Set up"],
    ["/compose", "Compose"],
    ["/calendar", "Calendar"],
    ["/posts", "Posts"],
    ["/queue", "Queue"],
    ["/library", "Library"],
    ["/connections", "Connections"],
    ["/settings/account", "Your account"],
    ["/settings/security", "Security"],
    ["/settings/workspace", "Workspace"],
    ["/settings/members", "Members"],
    ["/settings/api-keys", "API keys"],
    ["/settings/audit", "Audit log"],
    ["/admin/users", "Users"],
    ["/admin/mail", "Mail"],
    ["/settings/pages", "Public pages"],
  ] as const) {
    await page.goto(program.url + address);
    await page.getByRole("button", { name: "Help with this page" }).click();
    const panel = page.getByRole("dialog", { name, exact: true });
    await expect(panel.getByRole("listitem")).toHaveCount(3);
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
  }
});

test("an administrator replaces a public page, and strangers read it", async ({ page, program, browser }) => {
  await register(page, program);
  await page.goto(program.url);
  await page.getByRole("link", { name: "Public pages" }).click();
  const text = page.getByLabel("Text", { exact: true });
  await expect(text).toHaveValue(/^# Privacy/);
  await accessible(page);
  await text.fill("# Our privacy\n\nWe keep **bread**. <script>alert(1)</script>");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The page is saved")).toBeVisible();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${program.url}/privacy`);
  await expect(stranger.getByRole("heading", { name: "Our privacy" })).toBeVisible();
  await expect(stranger.getByText("<script>alert(1)</script>")).toBeVisible();
  await accessible(stranger);
  await stranger.getByRole("link", { name: "Terms" }).click();
  await expect(stranger.getByRole("heading", { name: "Terms of use" })).toBeVisible();
  await stranger.context().close();

  await page.getByRole("button", { name: "Restore default" }).click();
  const ask = page.getByRole("dialog", { name: /Restore Fanfare’s own text of “Privacy”/ });
  await accessible(page);
  await ask.getByRole("button", { name: "Restore default" }).click();
  await expect(text).toHaveValue(/^# Privacy/);
});

test("the workspace is renamed from the rail, and the rail folds and fits a telephone", async ({
  page,
  program,
}) => {
  await register(page, program);
  await page.goto(program.url);
  await page.getByRole("button", { name: "Workspace: The Bakery" }).click();
  await page.getByRole("menuitem", { name: "Rename workspace" }).click();
  await expect(page.getByLabel("Workspace name")).toBeVisible();
  await accessible(page);
  await page.getByLabel("Workspace name").fill("Harbour & Sons");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Workspace: Harbour & Sons" })).toBeVisible();
  await page.getByRole("button", { name: "Fold the menu" }).click();
  await accessible(page);

  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Open the menu" }).click();
  await accessible(page);
  await page.getByRole("link", { name: "Connections" }).click();
  await expect(page).toHaveTitle("Connections · Fanfare");
  await page.getByRole("button", { name: "Search or jump to" }).click();
  await accessible(page);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});
