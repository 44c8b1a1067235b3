import { expect, test } from "vitest";
import type { CalendarEntry } from "@/api/model";
import { folded, place, timeOf } from "./placing";

const MADRID = "Europe/Madrid";
const entry = (at: string): CalendarEntry => ({ id: at, at }) as CalendarEntry;

function shown(days: string[], zone: string, ...times: string[]) {
  const placed = place(times.map(entry), days, zone);
  return [...placed].flatMap(([day, all]) => all.map(({ minutes }) => `${day} ${timeOf(minutes)}`));
}

test("posts stand on the day and at the minute that the zone's clocks show", () => {
  const days = ["2026-11-24", "2026-11-25"];
  expect(shown(days, MADRID, "2026-11-24T22:59:00Z", "2026-11-24T23:00:00Z", "2026-11-25T08:05:30Z")).toEqual(
    ["2026-11-24 23:59", "2026-11-25 00:00", "2026-11-25 09:05"],
  );
  expect(shown(days, "Asia/Kolkata", "2026-11-24T18:30:00Z")).toEqual(["2026-11-25 00:00"]);
});

test("posts of other days are left out, and each day's come in order", () => {
  expect(
    shown(["2026-11-25"], MADRID, "2026-11-25T12:00:00Z", "2026-11-25T23:00:00Z", "2026-11-25T09:00:00Z"),
  ).toEqual(["2026-11-25 10:00", "2026-11-25 13:00"]);
  expect(shown([], MADRID, "2026-11-25T12:00:00Z")).toEqual([]);
});

test("on the day of 23 hours the clock jumps, and everything after it stands by the new one", () => {
  expect(
    shown(["2026-03-29"], MADRID, "2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z", "2026-03-29T21:59:00Z"),
  ).toEqual(["2026-03-29 01:59", "2026-03-29 03:00", "2026-03-29 23:59"]);
});

test("on the day of 25 hours two posts may stand at the same time, the earlier first", () => {
  expect(
    shown(["2026-10-25"], MADRID, "2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T22:59:00Z"),
  ).toEqual(["2026-10-25 02:30", "2026-10-25 02:30", "2026-10-25 23:59"]);
  const placed = place(
    [entry("2026-10-25T01:30:00Z"), entry("2026-10-25T00:30:00Z")],
    ["2026-10-25"],
    MADRID,
  );
  expect(placed.get("2026-10-25")?.map(({ entry: { id } }) => id)).toEqual([
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
  ]);
});

test("a full day folds its last posts, but never the one that is being moved", () => {
  const hours = ["08", "09", "10", "11", "12"];
  const day = "2026-11-25";
  const posts = place(
    hours.map((hour) => entry(`${day}T${hour}:00:00Z`)),
    [day],
    "UTC",
  ).get(day);
  const seen = (room: number, moving: string | null = null) => {
    const { shown, more } = folded(posts ?? [], room, moving && `${day}T${moving}:00:00Z`);
    return [...shown.map(({ minutes }) => timeOf(minutes).slice(0, 2)), `+${more}`];
  };
  expect(seen(5)).toEqual([...hours, "+0"]);
  expect(seen(4)).toEqual(["08", "09", "10", "+2"]);
  expect(seen(4, "09")).toEqual(["08", "09", "10", "+2"]);
  expect(seen(4, "12")).toEqual(["08", "09", "12", "+2"]);
  expect(seen(0, "12")).toEqual(["+5"]);
});
