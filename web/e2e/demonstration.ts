import { expect, type Page } from "@playwright/test";

/** Where `cargo x` serves the demonstration workspace. */
export const url = process.env.FANFARE_URL ?? "http://127.0.0.1:8080";

/** Signs in as its owner. */
export async function enter(page: Page): Promise<void> {
  const answer = await page.request.post(`${url}/api/auth/login`, {
    data: { email: "ada@example.com", password: "correct horse battery staple" },
    headers: { Origin: url },
  });
  expect(answer.ok()).toBe(true);
}

/** Opens an address and waits until nothing more is being loaded. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Ids as the API lists them. */
export async function ids(page: Page, path: string): Promise<string[]> {
  const answer = await page.request.get(url + path);
  return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
}

/** A post in that state, with these words in it where some are said. */
export async function postIn(page: Page, state: string, words = ""): Promise<string> {
  const [id] = await ids(page, `/api/posts?state=${state}&q=${encodeURIComponent(words)}`);
  if (!id) throw new Error(`no post is ${state}`);
  return id;
}
