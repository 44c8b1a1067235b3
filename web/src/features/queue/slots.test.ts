import { expect, test } from "vitest";
import { has, PRESETS, rowsOf, toggled, withoutTime, withTime } from "./slots";

test("a slot is added in the order of the week, and taken away again", () => {
  const one = toggled([{ weekday: "friday", time: "18:00" }], "monday", "09:00");
  expect(one).toEqual([
    { weekday: "monday", time: "09:00" },
    { weekday: "friday", time: "18:00" },
  ]);
  expect(toggled(one, "monday", "09:00")).toEqual([{ weekday: "friday", time: "18:00" }]);
});

test("rows are times, earliest first", () => {
  const rows = rowsOf(PRESETS.twice());
  expect(rows.map(({ time }) => time)).toEqual(["09:00", "17:00"]);
  expect(rows[0]?.days.size).toBe(7);
});

test("a new time begins on the working days and leaves no day twice", () => {
  const slots = withTime([{ weekday: "monday", time: "09:00" }], "09:00");
  expect(slots).toHaveLength(5);
  expect(has(slots, "saturday", "09:00")).toBe(false);
  expect(withoutTime(slots, "09:00")).toEqual([]);
});
