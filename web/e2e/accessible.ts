import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test";

/** What is on the page now, with whatever is open, is accessible in light and in dark; or only what lies within an element. */
export async function accessible(page: Page, within = "html"): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    // Without motion, or colours on their way from one scheme to the other would be judged.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Nor those of the scheme before, where the page has not been drawn anew yet.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    // What opens or moves, or began to before motion was reduced, is judged where it comes to rest.
    await page.waitForFunction(() =>
      document
        .getAnimations()
        .every(
          (each) => each.playState !== "running" || each.effect?.getComputedTiming().endTime === Infinity,
        ),
    );
    const { violations } = await new AxeBuilder({ page })
      .include(within)
      // Messages stand in frames in which nothing runs, this neither.
      .exclude("iframe[sandbox]")
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    expect(told, `${page.url()} ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ reducedMotion: null });
}

/** Nothing is wider than the window. */
export async function fits(page: Page, what = page.url()): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider, what).toBeLessThanOrEqual(0);
}
