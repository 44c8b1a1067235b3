import { expect, test } from "vitest";
import { ruleInAddress } from "./rule-in-address";

test("every kind of rule is read as it was written", () => {
  for (const rule of [
    { kind: "daily", every: 2, until: "2026-12-31" },
    { kind: "weekly", every: 1, weekdays: ["monday", "friday"], count: 10 },
    { kind: "monthly_day", every: 1, day: -1 },
    { kind: "monthly_weekday", every: 3, week: -1, weekday: "sunday" },
  ])
    expect(ruleInAddress(rule)).toEqual(rule);
});

test("what is no rule is none, and what a rule does not know is left out", () => {
  for (const none of [undefined, null, "weekly", 7, [], {}, { kind: "never" }, { kind: "yearly", every: 1 }])
    expect(ruleInAddress(none)).toBeUndefined();
  expect(ruleInAddress({ kind: "weekly", weekdays: ["monday", "noday"], every: "often", at: 9 })).toEqual({
    kind: "weekly",
    weekdays: ["monday"],
  });
});
