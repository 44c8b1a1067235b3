import { expect, test } from "vitest";
import { dateAndTime, dayHeading, duration, fileSize, relative, shortDateAndTime, zoneName } from "./format";

const now = new Date("2026-11-20T12:00:00Z");
const zone = "Europe/Madrid";

test("moments are told the shorter the nearer they are", () => {
  expect(shortDateAndTime("2026-11-20T18:05:00Z", zone, now)).toBe("19:05");
  expect(shortDateAndTime("2026-11-24T08:05:00Z", zone, now)).toBe("Tue 09:05");
  expect(shortDateAndTime("2026-12-24T08:05:00Z", zone, now)).toBe("Thu 24 Dec, 09:05");
  expect(dateAndTime("2027-01-05T08:05:00Z", zone, now)).toBe("Tue 5 Jan 2027, 09:05");
});

test("a day is the day of the zone, not of Greenwich", () => {
  expect(shortDateAndTime("2026-11-20T23:30:00Z", zone, now)).toBe("Sat 00:30");
});

test("times are relative up to a day", () => {
  expect(relative("2026-11-20T12:00:03Z", now)).toBe("just now");
  expect(relative("2026-11-20T12:00:40Z", now)).toBe("in 40 sec");
  expect(relative("2026-11-20T11:48:00Z", now)).toBe("12 min ago");
  expect(relative("2026-11-20T15:00:00Z", now)).toBe("in 3 hr");
});

test("figures have units", () => {
  expect([40, 930, 2_400, 42_000, 300_000, 7_200_000, 259_200_000].map(duration)).toEqual([
    "40 ms",
    "930 ms",
    "2.4 s",
    "42 s",
    "5 min",
    "2 h",
    "3 days",
  ]);
  expect([12, 234_567, 13_149_278, 2_500_000_000].map(fileSize)).toEqual([
    "12 B",
    "235 kB",
    "13.1 MB",
    "2.50 GB",
  ]);
});

test("a zone is named as it is at that moment", () => {
  expect(zoneName(zone, new Date("2026-12-01T00:00:00Z"))).toBe("CET");
  expect(zoneName(zone, new Date("2026-07-01T00:00:00Z"))).toBe("CEST");
});

test("what happened stands under today, yesterday, or its day", () => {
  const told = ["2026-11-20T00:10:00", "2026-11-19T23:50:00", "2026-11-18T12:00:00", "2026-11-21T12:00:00"];
  const evening = new Date("2026-11-20T21:00:00");
  expect(told.map((at) => dayHeading(at, evening))).toEqual(["Today", "Yesterday", "18 Nov", "21 Nov"]);
});
