import { expect, test } from "vitest";
import type { Platform } from "@/api/model";
import { largest, ratioName, settled, shapes, typed } from "./crop-shape";

const platform = (name: string, min: number | null, max: number | null) =>
  ({ name, rules: { media: { image: { min_ratio: min, max_ratio: max } } } }) as unknown as Platform;

test.each([
  [1, "1:1"],
  [0.8, "4:5"],
  [16 / 9, "16:9"],
  [1.91, "1.91:1"],
  [1 / 2.37, "1:2.37"],
])("a ratio of %d is called %s", (ratio, name) => {
  expect(ratioName(ratio)).toBe(name);
});

test("platforms' limits are offered, and nothing that is not allowed", () => {
  const platforms = [platform("Instagram", 0.8, 1.91), platform("Bluesky", null, null)];
  const free = shapes(platforms, {});
  expect(free.limits.map(({ platform, limit, name }) => [platform, limit, name])).toEqual([
    ["Instagram", "tallest", "4:5"],
    ["Instagram", "widest", "1.91:1"],
  ]);
  const bound = shapes(platforms, { min: 0.8, max: 1.91 });
  expect(bound.usual.map(({ name }) => name)).toEqual(["1:1", "4:5", "4:3", "16:9"]);
});

test("the largest part of a shape lies in the middle", () => {
  expect(largest({ width: 1000, height: 500 }, 1)).toEqual({ x: 250, y: 0, width: 500, height: 500 });
  expect(largest({ width: 500, height: 1000 }, 16 / 9)).toEqual({ x: 0, y: 359, width: 500, height: 281 });
  expect(largest({ width: 7, height: 5 }, null)).toEqual({ x: 0, y: 0, width: 7, height: 5 });
});

test("whatever is drawn ends inside the picture and inside the limits", () => {
  const size = { width: 1081, height: 1351 };
  for (let step = 0; step < 2000; step += 1) {
    const random = (most: number) => ((step * 7919 + most * 104_729) % 10_007) / 10_007;
    const area = {
      x: random(1) * 1500 - 200,
      y: random(2) * 1500 - 200,
      width: random(3) * 1500,
      height: random(4) * 1500,
    };
    const { x, y, width, height } = settled(area, size, { min: 0.8, max: 1.91 });
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
    expect(x + width).toBeLessThanOrEqual(size.width);
    expect(y + height).toBeLessThanOrEqual(size.height);
    expect(width / height).toBeGreaterThanOrEqual(0.8);
    expect(width / height).toBeLessThanOrEqual(1.91);
  }
});

test("typing one side moves the other where the shape is fixed", () => {
  const size = { width: 1000, height: 600 };
  const area = { x: 0, y: 0, width: 400, height: 400 };
  expect(typed(area, "width", 300, size, 1, {})).toMatchObject({ width: 300, height: 300 });
  expect(typed(area, "height", 900, size, 1, {})).toMatchObject({ width: 600, height: 600 });
  expect(typed(area, "x", 900, size, null, {})).toMatchObject({ x: 600, width: 400 });
  expect(typed(area, "width", 0, size, null, {})).toMatchObject({ width: 1, height: 400 });
});
