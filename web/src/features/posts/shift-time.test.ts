import { expect, test } from "vitest";
import { shifted } from "./shift-time";

const madrid = (at: string) => ({ at, time_zone: "Europe/Madrid" });

test.each([
  // Clocks go back on 25 October 2026: nine stays nine.
  ["2026-10-24T07:00:00Z", { amount: 1, unit: "days" }, "2026-10-25T08:00:00.000Z"],
  ["2026-10-24T07:00:00Z", { amount: 24, unit: "hours" }, "2026-10-25T07:00:00.000Z"],
  ["2026-10-25T08:00:00Z", { amount: -1, unit: "days" }, "2026-10-24T07:00:00.000Z"],
  ["2026-12-31T23:30:07Z", { amount: 7, unit: "days" }, "2027-01-07T23:30:07.000Z"],
] as const)("%s by %o", (at, shift, expected) => {
  expect(shifted(madrid(at), shift)?.toISOString()).toBe(expected);
});

test("what has no time stays without", () => {
  expect(shifted({ at: null, time_zone: "UTC" }, { amount: 1, unit: "days" })).toBeNull();
});
