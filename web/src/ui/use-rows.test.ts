import { expect, test } from "vitest";
import { inView } from "./use-rows";

const rows = { count: 10_000, height: 50, margin: 200, beyond: 8 };

test("only rows in the window are drawn, and a few around them", () => {
  expect(inView(rows, { top: 0, height: 900 })).toEqual([0, 22]);
  expect(inView(rows, { top: 5200, height: 900 })).toEqual([92, 126]);
});

test("there is nothing beyond either end", () => {
  expect(inView({ ...rows, count: 3 }, { top: 0, height: 900 })).toEqual([0, 2]);
  expect(inView({ ...rows, count: 0 }, { top: 0, height: 900 })).toEqual([0, -1]);
  expect(inView(rows, { top: 500_000, height: 900 })).toEqual([9988, 9999]);
  // A list that became short while the page stood far down still shows its end.
  expect(inView({ ...rows, count: 20 }, { top: 500_000, height: 900 })).toEqual([19, 19]);
});
