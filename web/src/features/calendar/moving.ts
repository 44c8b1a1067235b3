import { toInstant, toWallClock } from "@/ui/time/wall-clock";
import { addDays, type Day } from "./days";
import { timeOf } from "./placing";

export const QUARTER = 15;
const QUARTER_MILLIS = QUARTER * 60_000;

/** Another day at the same time by the zone's clocks, whether or not they were changed in between. */
export function movedByDays(at: Date, days: number, zone: string): Date {
  const { date, time } = toWallClock(at, zone);
  return toInstant({ date: addDays(date, days), time }, zone) ?? at;
}

/** The next full quarter of an hour later or earlier, in time that really passes. */
export function movedByQuarters(at: Date, quarters: number): Date {
  const whole = at.getTime() / QUARTER_MILLIS;
  const from = quarters > 0 ? Math.floor(whole) : Math.ceil(whole);
  return new Date((from + quarters) * QUARTER_MILLIS);
}

/** The place at which a card was let go. */
export function atPlace(day: Day, minutes: number, zone: string): Date | null {
  return toInstant({ date: day, time: timeOf(minutes) }, zone);
}

/** The same time of day on another day. */
export function onDay(at: Date, day: Day, zone: string): Date {
  return toInstant({ date: day, time: toWallClock(at, zone).time }, zone) ?? at;
}

/** A pointer's height in the grid as minutes: a quarter of an hour of the day. */
export function snapped(minutes: number): number {
  const quarter = Math.round(minutes / QUARTER) * QUARTER;
  return Math.min(Math.max(quarter, 0), 24 * 60 - QUARTER);
}
