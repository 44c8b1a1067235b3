import { addPicture, breakNext, connectFacebookAndInstagram, published, register } from "./person";
import { expect, test } from "./test";

test("one platform refuses: partly published, the reason in words, and another try publishes only there", async ({
  page,
  program,
}) => {
  await register(page, program);
  await connectFacebookAndInstagram(page, program);

  await page.goto(`${program.url}/compose?start=first`);
  await expect(page.getByRole("textbox", { name: "Text", exact: true })).toHaveValue(/Our first post/);
  await addPicture(page, "A loaf");
  await breakNext(program, { platform: "instagram", call: "media", fault: "rejected_media" });
  const publish = page.getByRole("button", { name: /^Publish now on/ });
  await expect(publish).toHaveAttribute("aria-disabled", "false");
  await publish.click();

  const drawer = page.getByRole("dialog", { name: /Our first post/ });
  await expect(drawer.getByText("Partly published")).toBeVisible({ timeout: 60_000 });
  const refused = drawer.getByRole("listitem").filter({ has: page.getByText("Failed", { exact: true }) });
  await expect(refused).toHaveCount(1);
  await expect(refused.getByText("This type of file is not taken.")).toBeVisible();
  await expect(refused.getByText(/Instagram takes JPEG pictures only/)).toBeVisible();
  await expect(refused.getByRole("link", { name: "Edit" })).toBeVisible();
  await page.reload();
  await expect(drawer.getByText("Partly published")).toBeVisible();
  await expect(refused.getByText("This type of file is not taken.")).toBeVisible();
  const before = await published(program);
  expect([before.facebook, before.instagram]).toEqual([1, 0]);

  await refused.getByRole("button", { name: /^Try again/ }).click();
  await expect(drawer.getByText("Partly published")).toBeHidden({ timeout: 60_000 });
  await expect(drawer.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
  await expect(drawer.getByText("Failed", { exact: true })).toHaveCount(0);
  await expect.poll(async () => (await published(program)).instagram, { timeout: 60_000 }).toBe(1);
  expect((await published(program)).facebook).toBe(1);
});

test("consent that is denied is said in words, and nothing is connected", async ({ page, program }) => {
  await register(page, program);
  await page.getByRole("link", { name: "Connections" }).click();
  const accounts = page.getByRole("region", { name: "Facebook" }).getByRole("listitem");
  await expect(accounts).toHaveCount(0);
  await page.getByRole("button", { name: "Connect Facebook" }).click();
  await page.locator('button[value="cancel"]').click();
  await expect(page.getByRole("alert").getByText("Facebook was not connected")).toBeVisible();
  await expect(accounts).toHaveCount(0);
});
