import { accessible, fits } from "./accessible";
import { expect, test } from "./test";

test("whoever is not signed in reads the API, searches it and tries a call", async ({ page, program }) => {
  await page.goto(`${program.url}/docs`);
  await expect(page.getByRole("heading", { name: "API", level: 1 })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search calls" }).fill("auth status");
  await expect(page.getByRole("status").filter({ hasText: "1 call" })).toBeVisible();
  await page.getByRole("button", { name: "/api/auth/status" }).press("Enter");
  await page.getByRole("button", { name: "Send GET" }).click();
  await expect(page.getByText(/in \d+ ms/)).toBeVisible();
  await expect(page.getByRole("region", { name: "The answer" })).toContainText('"authenticated": false');
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);

  await page.goto(`${program.url}/docs?call=create_posts`);
  await expect(page.getByText("Key with posts.write").first()).toBeVisible();
  await fits(page);
});
