import { expect, test } from "vitest";
import { atPlace, movedByDays, movedByQuarters, onDay, snapped } from "./moving";

const MADRID = "Europe/Madrid";
const iso = (at: Date | null) => at?.toISOString().slice(0, 16);

test("a day later is the same time by the clock, also over the days of 23 and 25 hours", () => {
  expect(iso(movedByDays(new Date("2026-03-28T08:05Z"), 1, MADRID))).toBe("2026-03-29T07:05");
  expect(iso(movedByDays(new Date("2026-10-24T07:05Z"), 1, MADRID))).toBe("2026-10-25T08:05");
  expect(iso(movedByDays(new Date("2026-10-25T08:05Z"), -1, MADRID))).toBe("2026-10-24T07:05");
});

test("a time that the other day skips is read as it stood before the jump", () => {
  expect(iso(movedByDays(new Date("2026-03-28T01:30Z"), 1, MADRID))).toBe("2026-03-29T01:30");
});

test("quarters of an hour pass as they do: none is skipped and none is repeated", () => {
  expect(iso(movedByQuarters(new Date("2026-11-25T08:05Z"), 1))).toBe("2026-11-25T08:15");
  expect(iso(movedByQuarters(new Date("2026-11-25T08:05Z"), -1))).toBe("2026-11-25T08:00");
  expect(iso(movedByQuarters(new Date("2026-11-25T08:00Z"), -1))).toBe("2026-11-25T07:45");
  // 2:45 in summer time, then 2:00 in winter time.
  expect(iso(movedByQuarters(new Date("2026-10-25T00:45Z"), 1))).toBe("2026-10-25T01:00");
});

test("what is let go on a place goes there, in the calendar's zone", () => {
  expect(iso(atPlace("2026-11-26", 555, MADRID))).toBe("2026-11-26T08:15");
  expect(iso(atPlace("2026-07-01", 555, MADRID))).toBe("2026-07-01T07:15");
  expect(iso(onDay(new Date("2026-10-24T07:05Z"), "2026-10-26", MADRID))).toBe("2026-10-26T08:05");
});

test("places are quarters of an hour within the day", () => {
  expect([-20, 7, 8, 1439].map(snapped)).toEqual([0, 0, 15, 1425]);
});
