import { expect, test } from "vitest";
import { forEachItem } from "./bulk";

test("one that fails does not stop the others, and all are counted", async () => {
  const counted: number[] = [];
  const outcome = await forEachItem(
    [1, 2, 3, 4, 5, 6],
    async (n) => {
      if (n % 3 === 0) throw new Error(`no ${n}`);
    },
    (finished) => counted.push(finished),
    new AbortController().signal,
  );
  expect(outcome.done).toEqual([1, 2, 4, 5]);
  expect(outcome.failed.map(({ item }) => item)).toEqual([3, 6]);
  expect(counted).toEqual([1, 2, 3, 4, 5, 6]);
});

test("never more than a few at once, and stopping leaves the rest", async () => {
  const stop = new AbortController();
  let now = 0;
  let most = 0;
  const outcome = await forEachItem(
    Array.from({ length: 20 }, (_, n) => n),
    async (n) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      if (n === 7) stop.abort();
    },
    () => undefined,
    stop.signal,
  );
  expect(most).toBeLessThanOrEqual(4);
  expect(outcome.done.length).toBeGreaterThanOrEqual(8);
  expect(outcome.left.length).toBeGreaterThan(0);
  expect(outcome.done.length + outcome.left.length).toBe(20);
});
