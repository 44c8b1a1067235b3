import { expect, test } from "vitest";
import { everyDay } from "./every-day";

test("days without calls stand between those with some, the last being today", () => {
  const used = [
    { day: "2026-02-27", calls: 3, refused: 1 },
    { day: "2026-03-01", calls: 5, refused: 0 },
  ];
  expect(everyDay(used, new Date("2026-03-01T23:59:00Z"), 4)).toEqual([
    { day: "2026-02-26", calls: 0, refused: 0 },
    { day: "2026-02-27", calls: 3, refused: 1 },
    { day: "2026-02-28", calls: 0, refused: 0 },
    { day: "2026-03-01", calls: 5, refused: 0 },
  ]);
});

test("what lies before the days that are shown is left out", () => {
  const old = [{ day: "2026-01-01", calls: 9, refused: 9 }];
  expect(everyDay(old, new Date("2026-03-01T00:00:00Z"), 2).map(({ calls }) => calls)).toEqual([0, 0]);
});
