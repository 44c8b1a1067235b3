import { toInstant } from "@/ui/time/wall-clock";

/** A date without time and zone: `2026-11-25`. */
export type Day = string;

export const VIEWS = ["month", "week", "day", "list"] as const;
export type View = (typeof VIEWS)[number];

const MILLIS = 86_400_000;
const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const ofUtc = (millis: number): Day => new Date(millis).toISOString().slice(0, 10);

/** Noon of the day in UTC: for formatting the date itself, in UTC. */
export const noon = (day: Day): Date => new Date(utc(day) + MILLIS / 2);

export const addDays = (day: Day, days: number): Day => ofUtc(utc(day) + days * MILLIS);

/** How many days `to` is after `from`. */
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / MILLIS);

/** The same date of another month, or that month's last. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return ofUtc(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

const monthStart = (day: Day): Day => `${day.slice(0, 8)}01`;

/** The first day of the week; `first` is 0 where weeks begin on Sunday, to 6 for Saturday. */
export function weekStart(day: Day, first: number): Day {
  return addDays(day, -((new Date(utc(day)).getUTCDay() - first + 7) % 7));
}

const run = (start: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, index) => addDays(start, index));

/** The days that a view shows around a date; a month with the weeks it begins and ends in. */
export function daysOf(view: View, day: Day, first: number): Day[] {
  if (view === "day") return [day];
  if (view === "week") return run(weekStart(day, first), 7);
  const start = monthStart(day);
  const end = addMonths(start, 1);
  if (view === "list") return run(start, daysBetween(start, end));
  const from = weekStart(start, first);
  return run(from, Math.ceil(daysBetween(from, end) / 7) * 7);
}

/** The date that one step back or forward shows. */
export function stepped(view: View, day: Day, by: 1 | -1): Day {
  if (view === "day") return addDays(day, by);
  return view === "week" ? addDays(day, 7 * by) : addMonths(monthStart(day), by);
}

/** When the days begin in the zone, and when the last of them ends: 23 or 25 hours apart where clocks change. */
export function dayStarts(days: Day[], zone: string): number[] {
  const last = days.at(-1);
  const all = last === undefined ? [] : [...days, addDays(last, 1)];
  return all.map((date) => toInstant({ date, time: "00:00" }, zone)?.getTime() ?? utc(date));
}
