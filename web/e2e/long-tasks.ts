import type { Page } from "@playwright/test";

/** From the next address on, the page keeps how long it stopped for anything over 50 ms. */
export const watchLongTasks = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const tasks: number[] = [];
    (window as unknown as { tasks: number[] }).tasks = tasks;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
    }).observe({ type: "longtask" });
  });

/** The long tasks since it was last asked, in milliseconds. */
export const longTasks = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const tasks = (window as unknown as { tasks: number[] }).tasks;
    return tasks.splice(0);
  });
