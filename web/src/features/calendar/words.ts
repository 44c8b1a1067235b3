import { currentLocale, i18next } from "@/i18n";
import { clock, dateAndTime, zoneName } from "@/i18n/format";
import { type Day, noon, type View } from "./days";
import { timeOf } from "./placing";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Dates alone have no zone: they are written in UTC, as they are kept. */
function formatOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = currentLocale() + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(currentLocale(), { ...options, timeZone: "UTC" });
    formats.set(key, format);
  }
  return format;
}

const inThisYear = (day: Day, today: Day) => day.slice(0, 4) === today.slice(0, 4);
const year = (day: Day, today: Day) => (inThisYear(day, today) ? {} : ({ year: "numeric" } as const));

/** `Mon`. */
export const weekdayName = (day: Day): string => formatOf({ weekday: "short" }).format(noon(day));

/** `23`, and `1 Dec` for the first of a month. */
export const dateNumber = (day: Day): string =>
  formatOf(day.endsWith("-01") ? { day: "numeric", month: "short" } : { day: "numeric" }).format(noon(day));

/** `Wednesday 25 November`, with the year when it is another one. */
export const dayName = (day: Day, today: Day): string =>
  formatOf({ weekday: "long", day: "numeric", month: "long", ...year(day, today) }).format(noon(day));

/** What the view shows: `23 – 29 November`, `November 2026`, `Wednesday 25 November`. */
export function rangeName(view: View, days: Day[], day: Day, today: Day): string {
  if (view === "day") return dayName(day, today);
  if (view !== "week") return formatOf({ month: "long", year: "numeric" }).format(noon(day));
  const [first = day, last = day] = [days[0], days.at(-1)];
  const options = { day: "numeric", month: "long", ...year(last, today) } as const;
  return formatOf(options).formatRange(noon(first), noon(last));
}

const times = new Map<string, string>();

/** `9:05` as the language writes a time of day. */
export function timeName(minutes: number): string {
  const key = `${currentLocale()}${minutes}`;
  let name = times.get(key);
  if (!name) {
    name = formatOf({ hour: "numeric", minute: "2-digit" }).format(
      new Date(`2026-01-01T${timeOf(minutes)}:00Z`),
    );
    times.set(key, name);
  }
  return name;
}

/** `Thu 26 Nov, 10:15 CET`. */
export function fullTime(at: string | Date, zone: string): string {
  const date = new Date(at);
  return `${dateAndTime(date, zone)} ${zoneName(zone, date)}`;
}

/** `4:15 in New York`, when clocks in the zone that the post was planned in show another time. */
export function inPlanned(at: string | Date, planned: string, zone: string): string | null {
  const date = new Date(at);
  const there = clock(date, planned);
  if (planned === zone || there === clock(date, zone)) return null;
  const place = planned.split("/").at(-1)?.replaceAll("_", " ") ?? planned;
  return i18next.t("calendar.inZone", { time: there, zone: place });
}
