import type { Locator, Page } from "@playwright/test";
import type { Program } from "./program";
import { expect } from "./test";

/** Where the words for all channels are written. */
export const text = (page: Page): Locator => page.getByRole("textbox", { name: "Text", exact: true });

/** The draft is stored. */
export const saved = (page: Page): Promise<void> => expect(page.getByText(/^Draft saved/)).toBeVisible();

/** Begins a draft with these words on the composer's own page. */
export async function compose(page: Page, program: Program, words: string): Promise<void> {
  await page.goto(`${program.url}/compose`);
  await text(page).fill(words);
  await saved(page);
}

/** The post's pictures and videos. */
export const tray = (page: Page): Locator => page.getByRole("region", { name: "Pictures and videos" });
