import { expect, test } from "vitest";
import type { CalendarEntry } from "@/api/model";
import { CARD_MINUTES, layOut } from "./columns";
import type { Placed } from "./placing";

const at = (...minutes: number[]): Placed[] =>
  minutes.map((minute, index) => ({
    entry: { id: String(index) } as CalendarEntry,
    day: "2026-11-25",
    minutes: minute,
  }));
const places = (placed: Placed[], most: number) =>
  layOut(placed, most).laid.map(({ column, columns }) => `${column}/${columns}`);

test("a post alone has the whole width", () => {
  expect(places(at(540, 700), 3)).toEqual(["0/1", "0/1"]);
  expect(places(at(540, 540 + CARD_MINUTES), 3)).toEqual(["0/1", "0/1"]);
});

test("posts at nearly the same time stand beside each other, and a free column is used again", () => {
  expect(places(at(540, 545), 3)).toEqual(["0/2", "1/2"]);
  expect(places(at(540, 570, 600), 3)).toEqual(["0/2", "1/2", "0/2"]);
});

test("what finds no room is folded by hour and makes room for its number", () => {
  const { laid, folds } = layOut(at(540, 541, 542, 543, 610, 800), 2);
  expect(laid.map(({ minutes }) => minutes)).toEqual([540, 541, 610, 800]);
  expect(folds).toEqual([{ hour: 9, count: 2 }]);
  expect(laid.map(({ narrowed }) => narrowed)).toEqual([true, true, false, false]);
});

test("a card of the last minute ends with the day", () => {
  expect(layOut(at(1439), 2).laid[0]?.top).toBe(24 * 60 - CARD_MINUTES);
});

test("no post is lost and no two cards cover each other, however many there are", () => {
  const minutes = Array.from({ length: 700 }, (_, index) => Math.floor((index * 1440) / 700));
  const { laid, folds } = layOut(at(...minutes), 3);
  expect(laid.length + folds.reduce((sum, { count }) => sum + count, 0)).toBe(700);
  for (const column of [0, 1, 2]) {
    const tops = laid.filter((each) => each.column === column).map(({ top }) => top);
    expect(tops.every((top, index) => index === 0 || top - (tops[index - 1] ?? 0) >= CARD_MINUTES)).toBe(
      true,
    );
  }
});
