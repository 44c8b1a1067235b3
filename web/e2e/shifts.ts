import { expect, type Page } from "@playwright/test";

/** How much may move by itself while a page comes, as browsers count it: 0.1 is felt. */
const SHIFTS = 0.01;

interface Shifts {
  sum: number;
  /** What moved, from where to where. */
  of: string[];
}

/** Lets every page that is opened from now on count what moves. */
export async function countShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: Shifts = { sum: 0, of: [] };
    Object.assign(window, { shifts });
    const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Element | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        shifts.sum += entry.value;
        for (const { node, previousRect, currentRect } of entry.sources)
          shifts.of.push(
            `${node?.outerHTML?.slice(0, 120) ?? "?"} from ${place(previousRect)} to ${place(currentRect)}`,
          );
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Fails when more of the page moved since it was opened than anybody should see. */
export async function standsStill(page: Page): Promise<void> {
  const { sum, of } = await page.evaluate(() => (window as unknown as { shifts: Shifts }).shifts);
  expect.soft(sum, `${page.url()} moves: ${of.join(" | ")}`).toBeLessThan(SHIFTS);
}
