import type { CalendarEntry } from "@/api/model";
import { toWallClock } from "@/ui/time/wall-clock";
import { type Day, dayStarts } from "./days";

/** A post at its place: the date and the minute that clocks of the calendar's zone show. */
export interface Placed {
  entry: CalendarEntry;
  day: Day;
  minutes: number;
}

export type PlacedByDay = ReadonlyMap<Day, Placed[]>;

const DAY = 86_400_000;
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** `09:05`. */
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/**
 * Puts posts on the days shown, each day's in order of time; those of other days are left out.
 *
 * Asking for a zone's clock is slow, so it is asked only on days that are longer or shorter than others.
 */
export function place(entries: CalendarEntry[], days: Day[], zone: string): PlacedByDay {
  const starts = dayStarts(days, zone);
  const byDay = new Map<Day, Placed[]>(days.map((day) => [day, []]));
  for (const entry of entries) {
    const at = Date.parse(entry.at);
    const index = dayAt(starts, at);
    const day = days[index];
    const start = starts[index];
    if (day === undefined || start === undefined) continue;
    const even = (starts[index + 1] ?? 0) - start === DAY;
    const minutes = even
      ? Math.floor((at - start) / 60_000)
      : minutesOf(toWallClock(new Date(at), zone).time);
    byDay.get(day)?.push({ entry, day, minutes });
  }
  for (const placed of byDay.values()) placed.sort((a, b) => Date.parse(a.entry.at) - Date.parse(b.entry.at));
  return byDay;
}

/**
 * The first posts of a day and how many more there are, as far as there is room for lines; a last line alone is shown rather
 * than folded.
 *
 * The post being moved is always among them: it has the focus, and its keys are heard only while it is drawn.
 */
export function folded(
  placed: Placed[],
  room: number,
  movingId: string | null,
): { shown: Placed[]; more: number } {
  if (placed.length <= room) return { shown: placed, more: 0 };
  const lines = Math.max(room - 1, 0);
  const movingAt = lines === 0 ? -1 : placed.findIndex(({ entry }) => entry.id === movingId);
  const shown =
    movingAt < lines
      ? placed.slice(0, lines)
      : [...placed.slice(0, lines - 1), ...placed.slice(movingAt, movingAt + 1)];
  return { shown, more: placed.length - shown.length };
}

/** Which of the days holds the instant; -1 when none does. */
function dayAt(starts: number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  if (high < 1 || at < (starts[0] ?? 0) || at >= (starts[high] ?? 0)) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at < (starts[middle] ?? 0)) high = middle;
    else low = middle;
  }
  return low;
}
