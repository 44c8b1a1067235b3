import { join } from "node:path";
import { type Page, test } from "@playwright/test";
import { enter, open, postIn, url } from "./demonstration";
import { register } from "./person";
import { startProgram } from "./program";

const FOLDER = join(import.meta.dirname, "../../docs/pictures");

/** The pictures of the guides: whoever adds one there says here what it shows. */
async function take(page: Page, name: string, address: string): Promise<void> {
  await open(page, address);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

test.beforeEach(({ page }) => page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" }));

test("pictures of the demonstration workspace", async ({ page }) => {
  await enter(page);
  await take(page, "home", url);
  await take(page, "compose", `${url}/compose/${await postIn(page, "scheduled", "Today is panettone day")}`);
  await take(page, "post", `${url}/posts/${await postIn(page, "partly_published")}`);
  const status = await page.request.get(`${url}/api/auth/status`);
  const { sandbox_url } = (await status.json()) as { sandbox_url: string };
  await take(page, "sandbox", new URL("?platform=facebook", sandbox_url).href);
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "calendar", `${url}/calendar?view=month`);
});

test("a picture of the set-up, which begins in an empty program", async ({ page }) => {
  const program = await startProgram();
  try {
    await register(page, program, "Harbour Bakery");
    await take(page, "set-up", `${program.url}/setup?step=connect`);
  } finally {
    await program.stop();
  }
});
