/** A date and a time as read from a wall clock: `2026-11-24` and `09:05`. */
export interface WallClock {
  date: string;
  time: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one is slow, reading it is not. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(zone, made);
  return made;
}

/** Milliseconds by which the zone's clocks are ahead of UTC at that instant. */
function offsetAt(instant: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant at which clocks of the zone show this date and time; `null` when it is not a date and a time.
 *
 * When clocks show it twice, the first instant counts. When they skip it, the clock is read as it stood before the jump.
 */
export function toInstant({ date, time }: WallClock, zone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) return null;
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wall)) return null;

  const day = 86_400_000;
  const before = wall - offsetAt(wall - day, zone);
  const after = wall - offsetAt(wall + day, zone);
  const shows = (instant: number) => instant + offsetAt(instant, zone) === wall;
  const fitting = [before, after].filter(shows);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : before);
}

/** What clocks of the zone show at the instant. */
export function toWallClock(instant: Date, zone: string): WallClock {
  const wall = new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** Whether the zone's clocks never show this date and time, because they jump over it. */
export function isSkipped(clock: WallClock, zone: string): boolean {
  const instant = toInstant(clock, zone);
  if (!instant) return false;
  const shown = toWallClock(instant, zone);
  return shown.time !== clock.time || shown.date !== clock.date;
}

/** Whether the zone's clocks show this date and time twice, because they are set back. */
export function isShownTwice(clock: WallClock, zone: string): boolean {
  const first = toInstant(clock, zone);
  if (!first || isSkipped(clock, zone)) return false;
  // Clocks are set back by an hour, half an hour or, once, by two.
  return [30, 60, 120].some((minutes) => {
    const shown = toWallClock(new Date(first.getTime() + minutes * 60_000), zone);
    return shown.time === clock.time && shown.date === clock.date;
  });
}

/** The next full hour at least half an hour away: a usable first proposal. */
export function proposal(zone: string, now = new Date()): WallClock {
  const hour = 3_600_000;
  const next = new Date(Math.ceil((now.getTime() + hour / 2) / hour) * hour);
  return toWallClock(next, zone);
}
