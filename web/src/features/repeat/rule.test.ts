import { expect, test } from "vitest";
import {
  endOf,
  isComplete,
  LAST,
  ruleOf,
  ruleOfKind,
  WEEKDAYS,
  weekdayOf,
  withEnd,
  withWeekday,
} from "./rule";

const on = (date: string) => ({ date, time: "09:00" });

test("knows the weekday of a date", () => {
  expect(weekdayOf("2026-11-30")).toBe("monday");
  expect(weekdayOf("2026-11-29")).toBe("sunday");
});

test("a new rule fits the chosen day", () => {
  expect(ruleOfKind("weekly", on("2026-11-24"), null)).toEqual({
    kind: "weekly",
    every: 1,
    weekdays: ["tuesday"],
  });
  expect(ruleOfKind("monthly_day", on("2026-01-31"), null)).toMatchObject({ day: 31 });
  expect(ruleOfKind("monthly_weekday", on("2026-11-24"), null)).toMatchObject({
    week: 4,
    weekday: "tuesday",
  });
  expect(ruleOfKind("monthly_weekday", on("2026-11-30"), null)).toMatchObject({ week: LAST });
  expect(ruleOfKind("never", on("2026-11-24"), null)).toBeNull();
});

test("another kind keeps pause and end", () => {
  const before = { kind: "daily" as const, every: 2, count: 5 };
  expect(ruleOfKind("weekly", on("2026-11-24"), before)).toMatchObject({ every: 2, count: 5 });
});

test("a stored rule goes back without what its kind does not have", () => {
  const stored = {
    kind: "monthly_day" as const,
    every: 1,
    weekdays: null,
    day: LAST,
    week: null,
    weekday: null,
    until: null,
    count: 3,
  };
  expect(ruleOf(stored)).toEqual({ kind: "monthly_day", every: 1, day: LAST, count: 3 });
  expect(ruleOf(null)).toBeNull();
});

test("weekdays stay in the order of the week, and none is no rule", () => {
  let rule = ruleOfKind("weekly", on("2026-11-26"), null);
  if (!rule) throw new Error("there is one");
  rule = withWeekday(rule, "monday", true);
  expect(rule.weekdays).toEqual(["monday", "thursday"]);
  for (const day of WEEKDAYS) rule = withWeekday(rule, day, false);
  expect(isComplete(rule)).toBe(false);
  expect(isComplete(null)).toBe(true);
});

test("an end replaces the other", () => {
  const rule = { kind: "daily" as const, count: 4 };
  const until = withEnd(rule, "until", on("2026-11-24"));
  expect(until).toEqual({ kind: "daily", until: "2027-02-23" });
  expect(endOf(until)).toBe("until");
  expect(endOf(withEnd(until, "never", on("2026-11-24")))).toBe("never");
});
