import { expect, test } from "vitest";
import { isShownTwice, isSkipped, proposal, toInstant, toWallClock } from "./wall-clock";

const at = (date: string, time: string, zone: string) => toInstant({ date, time }, zone)?.toISOString();

test("reads a wall clock in winter and in summer", () => {
  expect(at("2026-12-01", "10:00", "Europe/Madrid")).toBe("2026-12-01T09:00:00.000Z");
  expect(at("2026-07-01", "10:00", "Europe/Madrid")).toBe("2026-07-01T08:00:00.000Z");
  expect(at("2026-12-01", "10:00", "Asia/Kolkata")).toBe("2026-12-01T04:30:00.000Z");
  expect(at("2026-12-01", "00:30", "Pacific/Auckland")).toBe("2026-11-30T11:30:00.000Z");
});

test("an hour shown twice is the first one", () => {
  expect(at("2026-10-25", "02:30", "Europe/Madrid")).toBe("2026-10-25T00:30:00.000Z");
});

test("an hour that is skipped goes out as the clock stood before the jump, and is told apart", () => {
  expect(at("2026-03-29", "02:30", "Europe/Madrid")).toBe("2026-03-29T01:30:00.000Z");
  expect(isSkipped({ date: "2026-03-29", time: "02:30" }, "Europe/Madrid")).toBe(true);
  expect(isSkipped({ date: "2026-03-29", time: "03:30" }, "Europe/Madrid")).toBe(false);
});

test("every instant of a year reads back, hour by hour, where clocks jump", () => {
  for (const zone of ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe"]) {
    for (let hour = 0; hour < 366 * 24; hour += 1) {
      const instant = new Date(Date.UTC(2026, 0, 1, hour));
      const back = toInstant(toWallClock(instant, zone), zone);
      const apart = instant.getTime() - (back?.getTime() ?? 0);
      // The second showing of a repeated hour reads back as the first.
      expect([0, 1_800_000, 3_600_000]).toContain(apart);
    }
  }
});

test("what is no date or time has no instant", () => {
  expect(toInstant({ date: "", time: "10:00" }, "UTC")).toBeNull();
  expect(toInstant({ date: "2026-12-01", time: "" }, "UTC")).toBeNull();
  expect(toInstant({ date: "2026-13-45", time: "10:00" }, "UTC")).toBeNull();
});

test("proposes a full hour that is not too soon", () => {
  expect(proposal("UTC", new Date("2026-11-20T10:20:00Z"))).toEqual({ date: "2026-11-20", time: "11:00" });
  expect(proposal("UTC", new Date("2026-11-20T23:45:00Z"))).toEqual({ date: "2026-11-21", time: "01:00" });
});

test("a time that clocks show twice is told apart", () => {
  expect(isShownTwice({ date: "2026-10-25", time: "02:30" }, "Europe/Madrid")).toBe(true);
  expect(isShownTwice({ date: "2026-10-25", time: "03:30" }, "Europe/Madrid")).toBe(false);
  expect(isShownTwice({ date: "2026-04-05", time: "01:45" }, "Australia/Lord_Howe")).toBe(true);
  expect(isShownTwice({ date: "2026-03-29", time: "02:30" }, "Europe/Madrid")).toBe(false);
});
