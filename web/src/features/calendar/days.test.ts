import { describe, expect, test } from "vitest";
import { addDays, addMonths, dayStarts, daysBetween, daysOf, stepped } from "./days";

const HOUR = 3_600_000;

test("days follow each other over months, years and leap days", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
  expect(addMonths("2026-11-15", 2)).toBe("2027-01-15");
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
});

test("weeks begin on the day that they are said to begin on", () => {
  expect(daysOf("week", "2026-11-25", 1)[0]).toBe("2026-11-23");
  expect(daysOf("week", "2026-11-25", 0)[0]).toBe("2026-11-22");
  expect(daysOf("week", "2026-11-22", 0)[0]).toBe("2026-11-22");
});

test("a month is shown in whole weeks, as many as it needs", () => {
  const november = daysOf("month", "2026-11-25", 1);
  expect([november[0], november.at(-1), november.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
  const february = daysOf("month", "2027-02-10", 1);
  expect([february[0], february.at(-1)]).toEqual(["2027-02-01", "2027-02-28"]);
  expect(daysOf("list", "2026-11-25", 1)).toHaveLength(30);
});

test("a step from the 31st does not leave a month out", () => {
  expect(stepped("month", "2027-01-31", 1)).toBe("2027-02-01");
  expect(stepped("week", "2026-12-30", 1)).toBe("2027-01-06");
  expect(stepped("day", "2026-03-01", -1)).toBe("2026-02-28");
});

describe("where clocks change", () => {
  test.each([
    ["2026-03-29", 23],
    ["2026-10-25", 25],
    ["2026-11-25", 24],
  ])("%s has %d hours in Madrid", (day, hours) => {
    const [start = 0, end = 0] = dayStarts([day], "Europe/Madrid");
    expect((end - start) / HOUR).toBe(hours);
  });

  test("a day whose first hour is skipped begins when its clocks do", () => {
    const [start = 0, end = 0] = dayStarts(["2026-09-06"], "America/Santiago");
    expect((end - start) / HOUR).toBe(23);
  });
});
