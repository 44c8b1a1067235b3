import type { Locator, Page } from "@playwright/test";
import { accessible, fits } from "./accessible";
import { connectFacebookAndInstagram, register } from "./person";
import { call, deafen, plan } from "./planned";
import type { Program } from "./program";
import { expect, test } from "./test";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

/** A workspace with as many planned posts, the first one composed last so that it stands on top. */
async function open(page: Page, program: Program, count: number): Promise<{ id: string }[]> {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);
  const posts: { id: string }[] = [];
  for (let n = count; n >= 1; n -= 1) posts.unshift(await plan(page, `Loaf number ${n}`, inDays(n)));
  await page.goto(`${program.url}/posts`);
  await expect(row(page, "Loaf number 1")).toBeVisible();
  return posts;
}

const row = (page: Page, text: string): Locator => page.getByRole("link", { name: text, exact: true });
const box = (page: Page, text: string): Locator => page.getByRole("checkbox", { name: `Select “${text}”` });
const bar = (page: Page): Locator => page.getByRole("region", { name: "Selected posts" });
const undo = (page: Page): Locator => page.getByRole("button", { name: "Undo" });

/** What the server says of the posts in the list, by their text. */
async function states(page: Page): Promise<Record<string, string[]>> {
  const { items } = await call<{ items: { text: string; state: string }[] }>(
    page,
    "GET",
    "/api/posts?limit=100",
  );
  const found: Record<string, string[]> = {};
  for (const { text, state } of items) found[text] = [...(found[text] ?? []), state].sort();
  return found;
}

test("filters are saved, applied, changed, renamed and deleted", async ({ page, program }) => {
  await open(page, program, 2);
  const saved = page.getByRole("button", { name: "Saved filters" });
  await saved.click();
  await expect(page.getByText("Nothing saved yet.")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("Escape");

  await page.getByText("Scheduled", { exact: false }).first().click();
  await page.getByLabel("Search posts").fill("number 2");
  await expect(page).toHaveURL(/q=number/);
  await expect(row(page, "Loaf number 1")).toBeHidden();
  await saved.click();
  await page.getByRole("menuitem", { name: "Save these filters…" }).click();
  const save = page.getByRole("dialog", { name: "Save these filters" });
  await expect(save.getByLabel("Name")).toBeFocused();
  await save.getByLabel("Name").fill("Second loaves");
  await accessible(page);
  await save.getByRole("button", { name: "Save filters" }).click();
  await expect(page.getByText("“Second loaves” is saved")).toBeVisible();
  const applied = page.getByRole("button", { name: "Second loaves" });
  await expect(applied).toBeVisible();

  // Cleared, and applied again after a reload: it is kept by the server, not by this page.
  await page.goto(`${program.url}/posts`);
  await expect(row(page, "Loaf number 1")).toBeVisible();
  await saved.click();
  await page.getByRole("menuitem", { name: "Second loaves" }).click();
  await expect(page).toHaveURL(/tab=scheduled/);
  await expect(page.getByLabel("Search posts")).toHaveValue("number 2");
  await expect(row(page, "Loaf number 1")).toBeHidden();
  await expect(row(page, "Loaf number 2")).toBeVisible();

  // Applied and then changed, it offers to keep the change.
  await page.getByLabel("Search posts").fill("number 1");
  await expect(row(page, "Loaf number 1")).toBeVisible();
  await saved.click();
  await page.getByRole("menuitem", { name: "Save changes to “Second loaves”" }).click();
  await expect(applied).toBeVisible();

  await applied.click();
  await page.getByRole("menuitem", { name: "Rename or delete…" }).click();
  const manage = page.getByRole("dialog", { name: "Saved filters" });
  await manage.getByLabel("Name").fill("First loaves");
  await accessible(page);
  await manage.getByRole("button", { name: "Save the new name of “Second loaves”" }).click();
  await expect(page.getByText("“First loaves” is renamed")).toBeVisible();
  await manage.getByRole("button", { name: "Delete “First loaves”" }).click();
  await expect(manage.getByText("Nothing saved yet.")).toBeVisible();
  await undo(page).last().click();
  await manage.getByRole("button", { name: "Delete “First loaves”" }).click();
  await expect(manage.getByText("Nothing saved yet.")).toBeVisible();
  await manage.getByRole("button", { name: "Done" }).click();
  await expect(saved).toBeVisible();
});

test("posts are walked through, chosen, opened and moved by the keyboard alone", async ({
  page,
  program,
}) => {
  await open(page, program, 5);
  await page.keyboard.press("j");
  await expect(row(page, "Loaf number 1")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect(row(page, "Loaf number 3")).toBeFocused();
  await page.keyboard.press("k");
  await page.keyboard.press("x");
  await expect(box(page, "Loaf number 2")).toBeChecked();
  await expect(bar(page).getByRole("status")).toHaveText("1 selected");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(bar(page).getByRole("status")).toHaveText("3 selected");
  await expect(box(page, "Loaf number 4")).toBeChecked();
  await expect(box(page, "Loaf number 1")).not.toBeChecked();

  // The drawer: Enter opens, j and k go on through the list, Esc closes and comes back to the row.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Loaf number 4" })).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("dialog", { name: "Loaf number 5" })).toBeVisible();
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect(page.getByRole("dialog", { name: "Loaf number 3" })).toBeVisible();
  await expect(page).toHaveURL(/\/posts\/[0-9a-f-]+$/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(row(page, "Loaf number 4")).toBeFocused();
  await expect(bar(page).getByRole("status")).toHaveText("3 selected");

  await page.keyboard.press("m");
  const move = page.getByRole("dialog", { name: "Move 3 posts" });
  await expect(move.getByRole("button", { name: "Move" })).toBeVisible();
  await move.getByRole("textbox", { name: "Amount" }).fill("2");
  await move.getByRole("button", { name: "Move" }).press("Enter");
  await expect(page.getByText("3 posts are moved")).toBeVisible();
  await expect(bar(page)).toBeHidden();
  const due = async (text: string) => {
    const { items } = await call<{ items: { text: string; schedule: { at: string } }[] }>(
      page,
      "GET",
      "/api/posts",
    );
    const at = items.find((post) => post.text === text)?.schedule.at ?? "";
    return Math.round((Date.parse(at) - Date.now()) / DAY);
  };
  expect([await due("Loaf number 1"), await due("Loaf number 4")]).toEqual([1, 6]);
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Taken back")).toBeVisible();
  expect(await due("Loaf number 4")).toBe(4);
});

test("many posts are duplicated, cancelled and deleted at once, and what was done is taken back", async ({
  page,
  program,
}) => {
  await open(page, program, 6);
  // Slow enough to see how far it is.
  await page.route("**/api/posts/*/duplicate", async (route) => {
    await new Promise((later) => setTimeout(later, 1_500));
    await route.continue();
  });
  await page.getByRole("checkbox", { name: "Select all posts that match" }).check();
  await expect(bar(page).getByRole("status")).toHaveText("6 selected");
  await bar(page).getByRole("button", { name: "Duplicate" }).click();
  await page
    .getByRole("dialog", { name: "Duplicate 6 posts?" })
    .getByRole("button", { name: "Duplicate" })
    .click();
  // At its beginning the bar is there, but as long as nothing is done it has no length.
  await expect(page.getByRole("progressbar", { name: "Progress" })).toBeAttached();
  await expect(page.getByText(/^[1-5] of 6 done$/)).toBeVisible();
  await expect(page.getByText("6 drafts are made")).toBeVisible();
  expect((await states(page))["Loaf number 3"]).toEqual(["draft", "scheduled"]);

  // Out of a mixed choice, only what waits is cancelled; the drafts are left out, and counted.
  await page.getByRole("checkbox", { name: "Select all posts that match" }).check();
  await expect(bar(page).getByRole("status")).toHaveText("12 selected");
  await bar(page).getByRole("button", { name: "Cancel posts" }).click();
  const cancel = page.getByRole("dialog", { name: "Cancel 6 posts?" });
  await expect(cancel.getByText("6 do not wait to go out and stay as they are.")).toBeVisible();
  await cancel.getByRole("button", { name: "Cancel posts" }).click();
  await expect(page.getByText("6 posts are cancelled")).toBeVisible();
  expect((await states(page))["Loaf number 1"]).toEqual(["cancelled", "draft"]);
  await undo(page).click();
  await expect(page.getByText("Taken back")).toBeVisible();
  expect((await states(page))["Loaf number 1"]).toEqual(["draft", "scheduled"]);

  await page.goto(`${program.url}/posts?tab=drafts`);
  await expect(row(page, "Loaf number 1")).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all posts that match" }).check();
  await bar(page).getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: "Delete 6 posts?" })
    .getByRole("button", { name: "Delete posts" })
    .click();
  await expect(page.getByText("6 posts are deleted")).toBeVisible();
  await expect(page.getByText("No post matches")).toBeVisible();
  await undo(page).click();
  await expect(row(page, "Loaf number 6")).toBeVisible();
  expect((await states(page))["Loaf number 6"]).toEqual(["draft", "scheduled"]);
});

test("one of many that fails is told by its name, and another try mends it", async ({ page, program }) => {
  const isList = (address: URL) => address.pathname === "/api/posts";
  await deafen(page);
  const posts = await open(page, program, 3);
  for (const text of ["Loaf number 1", "Loaf number 2", "Loaf number 3"]) await box(page, text).check();
  await bar(page).getByRole("button", { name: "Move" }).click();
  const dialog = page.getByRole("dialog", { name: "Move 3 posts" });
  await accessible(page);
  // Somebody else edits one after it was chosen, and the list does not look again by itself before it is moved.
  await page.route(isList, () => undefined);
  await call(page, "PATCH", `/api/posts/${posts[1]?.id}`, { text: "Loaf number 2, with seeds" });
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(dialog.getByText("2 posts are moved")).toBeVisible();
  await expect(dialog.getByText("1 did not work")).toBeVisible();
  const wrong = dialog.getByRole("list", { name: "What did not work" }).getByRole("listitem");
  await expect(wrong).toHaveCount(1);
  await expect(wrong).toContainText("Loaf number 2");
  await expect(wrong).toContainText("Somebody else changed this post meanwhile");
  await accessible(page);

  await dialog.getByRole("button", { name: "Retry failed" }).click();
  await expect(page.getByText("3 posts are moved")).toBeVisible();
  await expect(dialog).toBeHidden();
  const { text, schedule } = await call<{ text: string; schedule: { at: string } }>(
    page,
    "GET",
    `/api/posts/${posts[1]?.id}`,
  );
  expect(text).toBe("Loaf number 2, with seeds");
  expect(Math.round((Date.parse(schedule.at) - Date.now()) / DAY)).toBe(3);
});

test("a post is deleted from its drawer, and comes back by Undo", async ({ page, program }) => {
  await open(page, program, 2);
  await row(page, "Loaf number 2").click();
  const drawer = page.getByRole("dialog", { name: "Loaf number 2", exact: true });
  await drawer.getByRole("button", { name: "Cancel post" }).click();
  await page
    .getByRole("dialog", { name: /^Cancel “/ })
    .getByRole("button", { name: "Cancel post" })
    .click();
  await drawer.getByRole("button", { name: "Delete" }).click();
  const remove = page.getByRole("dialog", { name: /^Delete “/ });
  await expect(remove).toBeVisible();
  await accessible(page);
  await remove.getByRole("button", { name: "Delete post" }).click();
  await expect(drawer).toBeHidden();
  await expect(row(page, "Loaf number 2")).toBeHidden();
  await undo(page).last().click();
  await expect(page.getByText("The post is back")).toBeVisible();
  await expect(row(page, "Loaf number 2")).toBeVisible();
});

test("the list, its drawer and all its dialogs are accessible, light and dark, wide and at 360 px", async ({
  page,
  program,
}) => {
  test.setTimeout(300_000);
  const [first] = await open(page, program, 3);
  const shut = async (what: Locator) => {
    await page.keyboard.press("Escape");
    await expect(what).toBeHidden();
  };
  const look = async () => {
    await fits(page);
    await accessible(page);
  };
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
    await page.goto(`${program.url}/posts?q=number`);
    await expect(row(page, "Loaf number 1")).toBeVisible();
    await look();
    const filters = page.getByRole("button", { name: "Filters", exact: true });
    await filters.click();
    await expect(page.getByLabel("From day")).toBeVisible();
    await fits(page);
    // What the popover half covers cannot be pressed there; that is how it is with popovers.
    await accessible(page, '[role="dialog"]');
    await shut(page.getByLabel("From day"));
    await page.getByRole("button", { name: "Saved filters" }).click();
    await page.getByRole("menuitem", { name: "Save these filters…" }).click();
    const save = page.getByRole("dialog", { name: "Save these filters" });
    await expect(save).toBeVisible();
    await look();
    await shut(save);

    await box(page, "Loaf number 1").click();
    await box(page, "Loaf number 2").click();
    await expect(bar(page)).toBeVisible();
    await look();
    for (const act of ["Move", "Duplicate", "Cancel posts", "Delete"]) {
      await bar(page).getByRole("button", { name: act }).click();
      const dialog = page.getByRole("dialog", { name: /2 posts/ });
      await expect(dialog).toBeVisible();
      await look();
      await shut(dialog);
    }

    await page.goto(`${program.url}/posts/${first?.id}`);
    const drawer = page.getByRole("dialog", { name: "Loaf number 1" });
    await expect(drawer.getByText("Where it goes")).toBeVisible();
    await look();
    for (const [button, name] of [
      ["Move", /^Move/],
      ["Save as template", "Save this post as a template"],
      ["Cancel post", /^Cancel “/],
    ] as const) {
      await drawer.getByRole("button", { name: button, exact: true }).click();
      const dialog = page.getByRole("dialog", { name });
      await expect(dialog).toBeVisible();
      await look();
      await shut(dialog);
    }
  }
});
