import { accessible, fits } from "./accessible";
import { register } from "./person";
import { expect, test } from "./test";

test("a key is made, used by a program, rotated and revoked", async ({ page, program }) => {
  await register(page, program);
  await page.goto(`${program.url}/settings/api-keys`);
  await expect(page.getByText("No keys yet")).toBeVisible();
  await accessible(page);

  await page.getByRole("button", { name: "New key" }).click();
  const form = page.getByRole("dialog", { name: "New key" });
  await form.getByRole("textbox", { name: "Name" }).fill("Website");
  await form.getByRole("textbox", { name: /Only from these addresses/ }).fill("nowhere");
  await accessible(page);
  await form.getByRole("button", { name: "Make the key" }).click();
  await expect(form.getByText(/Write an address such as/)).toBeVisible();
  await form.getByRole("textbox", { name: /Only from these addresses/ }).fill("");
  await form.getByRole("button", { name: "Make the key" }).click();

  const once = page.getByRole("dialog", { name: "Copy the key now" });
  const key = await once.getByText(/^ff_\w+$/).innerText();
  await accessible(page);
  await once.getByRole("button", { name: "I have copied it" }).click();
  await expect(once).toBeHidden();

  const ask = async (text: string, path: string) =>
    (await fetch(program.url + path, { headers: { Authorization: `Bearer ${text}` } })).status;
  expect(await ask(key, "/api/posts")).toBe(200);
  expect(await ask(key, "/api/api-keys")).toBe(403);

  await page.getByRole("link", { name: "Website" }).click();
  const panel = page.getByRole("dialog", { name: "Website" });
  await expect(panel.getByText("Schedule, publish and cancel")).toBeVisible();
  // Calls are written down some seconds after they were made.
  await expect
    .poll(
      async () => {
        await page.reload();
        await expect(panel.getByRole("heading", { name: "Last calls" })).toBeVisible();
        return panel.getByText("GET /api/posts").count();
      },
      { timeout: 60_000, intervals: [3_000] },
    )
    .toBeGreaterThan(0);
  await expect(panel.getByText("2 calls, 1 of them refused")).toBeVisible();
  await accessible(page);

  await panel.getByRole("button", { name: "Rotate" }).click();
  await page.getByRole("dialog", { name: "Rotate Website?" }).getByRole("button", { name: "Rotate" }).click();
  const next = await once.getByText(/^ff_\w+$/).innerText();
  expect(next).not.toBe(key);
  await once.getByRole("button", { name: "I have copied it" }).click();
  expect([await ask(key, "/api/posts"), await ask(next, "/api/posts")]).toEqual([200, 200]);

  await panel.getByRole("button", { name: "Change" }).click();
  const change = page.getByRole("dialog", { name: "Change Website" });
  await change.getByRole("checkbox", { name: "See posts and the calendar" }).uncheck();
  await change.getByRole("button", { name: "Save" }).click();
  await expect(change).toBeHidden();
  expect(await ask(next, "/api/posts")).toBe(403);

  await panel.getByRole("button", { name: "Revoke" }).click();
  const revoke = page.getByRole("dialog", { name: "Revoke Website?" });
  await revoke.getByRole("button", { name: "Revoke" }).click();
  await expect(panel.getByText("Revoked")).toBeVisible();
  expect([await ask(key, "/api/posts"), await ask(next, "/api/posts")]).toEqual([401, 401]);

  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  await expect(panel.getByText("Revoked")).toBeVisible();
  await accessible(page);
  await fits(page);
});
