import { currentLocale, i18next } from ".";

const DAY = 24 * 3_600_000;

let zoneHere: string | undefined;
// Whoever travels looks at the page again once they are there.
document.addEventListener("visibilitychange", () => {
  zoneHere = undefined;
});

/** The time zone of the person's clocks. Asking the browser is slow, and each row of a list asks. */
export function browserZone(): string {
  zoneHere ??= Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return zoneHere;
}

const made = new Map<string, unknown>();

/** Making a formatter is slow, and long lists need the same few again and again. */
function kept<T>(kind: string, options: object, make: (locale: string) => T): T {
  const locale = currentLocale();
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  const known = made.get(key) as T | undefined;
  if (known) return known;
  const fresh = make(locale);
  made.set(key, fresh);
  return fresh;
}

function parts(at: Date, options: Intl.DateTimeFormatOptions, zone = browserZone()): string {
  const whole = { ...options, timeZone: zone };
  return kept("date", whole, (locale) => new Intl.DateTimeFormat(locale, whole)).format(at);
}

function figure(value: number, options: Intl.NumberFormatOptions = {}): string {
  return kept("number", options, (locale) => new Intl.NumberFormat(locale, options)).format(value);
}

/** A figure with always as many decimals, so that it does not jump about while it changes. */
const decimal = (value: number, digits: number): string =>
  figure(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** `10:42`. */
export const clock = (at: string | Date, zone?: string): string =>
  parts(new Date(at), { hour: "2-digit", minute: "2-digit" }, zone);

/** `Tue 24 Nov, 9:05`, with the year when it is another one. */
export function dateAndTime(at: string | Date, zone?: string, now = new Date()): string {
  const date = new Date(at);
  const sameYear = parts(date, { year: "numeric" }, zone) === parts(now, { year: "numeric" }, zone);
  const day = parts(
    date,
    { weekday: "short", day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) },
    zone,
  ).replace(",", "");
  return `${day}, ${clock(date, zone)}`;
}

/** `Tue 9:05` within the coming or past six days, otherwise with the date. */
export function shortDateAndTime(at: string | Date, zone?: string, now = new Date()): string {
  const date = new Date(at);
  if (Math.abs(date.getTime() - now.getTime()) > 6 * DAY) return dateAndTime(date, zone, now);
  const sameDay = parts(date, { dateStyle: "short" }, zone) === parts(now, { dateStyle: "short" }, zone);
  return sameDay ? clock(date, zone) : `${parts(date, { weekday: "short" }, zone)} ${clock(date, zone)}`;
}

/** `10:42:07` today, otherwise with the date. */
export function precise(at: string, now = new Date()): string {
  const date = new Date(at);
  if (date.toDateString() !== now.toDateString()) return dateAndTime(date);
  return parts(date, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

/** `10:42:07`, where the day is said already. */
export const timeOfDay = (at: string): string =>
  parts(new Date(at), { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** `30 Dec`, with the year when it is another one. */
export function day(at: string, now = new Date()): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === now.getFullYear();
  return parts(date, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** `Today`, `Yesterday`, otherwise the `day`: above what happened on it. */
export function dayHeading(at: string, now = new Date()): string {
  const midnights = (midnight(new Date(at)) - midnight(now)) / DAY;
  if (midnights < -1 || midnights > 0) return day(at, now);
  const words = kept("day", {}, (locale) => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const [first = "", ...rest] = words.format(midnights, "day");
  return first.toLocaleUpperCase(currentLocale()) + rest.join("");
}

/** The beginning of the day of this browser's clocks, as if there were no clock changes. */
const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());

/** The whole truth, for hovering: date, time with seconds and zone. */
export const exact = (at: string): string => parts(new Date(at), { dateStyle: "full", timeStyle: "long" });

/** Relative up to a day (`in 12 min`, `3 min ago`), absolute beyond. */
export function relative(at: string, now = new Date()): string {
  const difference = new Date(at).getTime() - now.getTime();
  const size = Math.abs(difference);
  if (size < 10_000) return i18next.t("time.justNow");
  const words = kept(
    "relative",
    {},
    (locale) => new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "always" }),
  );
  const sign = Math.sign(difference);
  if (size < 60_000) return words.format(sign * Math.round(size / 1000), "second");
  if (size < 3_600_000) return words.format(sign * Math.round(size / 60_000), "minute");
  if (size < DAY) return words.format(sign * Math.round(size / 3_600_000), "hour");
  return shortDateAndTime(at, undefined, now);
}

/** `0.9 s`, `4 min`, `2 h`, `3 days`. */
export function duration(millis: number): string {
  if (millis < 1000) return i18next.t("time.milliseconds", { value: figure(Math.round(millis)) });
  if (millis < 10_000) return i18next.t("time.seconds", { value: decimal(millis / 1000, 1) });
  if (millis < 60_000) return i18next.t("time.seconds", { value: Math.round(millis / 1000) });
  if (millis < 3_600_000) return i18next.t("time.minutes", { value: Math.round(millis / 60_000) });
  if (millis < DAY) return i18next.t("time.hours", { value: Math.round(millis / 3_600_000) });
  return i18next.t("time.days", { count: Math.round(millis / DAY) });
}

/** `CET`, `UTC`, `GMT+5:30`: the zone's short name at that moment. */
export function zoneName(zone: string, at: Date = new Date()): string {
  const options: Intl.DateTimeFormatOptions = { timeZone: zone, timeZoneName: "short" };
  const format = kept("date", options, (locale) => new Intl.DateTimeFormat(locale, options));
  return format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? zone;
}

export const count = (value: number): string => figure(value);

export function fileSize(bytes: number): string {
  if (bytes < 1000) return i18next.t("size.bytes", { value: bytes });
  if (bytes < 1_000_000) return i18next.t("size.kb", { value: Math.round(bytes / 1000) });
  if (bytes < 1_000_000_000) return i18next.t("size.mb", { value: decimal(bytes / 1_000_000, 1) });
  return i18next.t("size.gb", { value: decimal(bytes / 1_000_000_000, 2) });
}

export const percent = (part: number, whole: number): string =>
  figure(whole > 0 ? part / whole : 0, { style: "percent" });

/** `Facebook, Instagram and Bluesky`. */
export const listed = (items: readonly string[]): string =>
  kept("list", {}, (locale) => new Intl.ListFormat(locale, { type: "conjunction" })).format(items);

/** The day a week begins with, 0 for Sunday to 6 for Saturday, where the person is. */
export function firstDayOfWeek(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const locale = new Intl.Locale(currentLocale()) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  // Browsers that cannot tell are given the Monday of ISO 8601.
  const first = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
  return (first % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}

/** Whether clocks are read with a.m. and p.m. where the person is. */
export const twelveHours = (): boolean =>
  kept("hours", {}, (locale) => new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions())
    .hour12 === true;

/** `0:42`, `12:05`, `1:02:03`: how long something plays. */
export function playingTime(millis: number): string {
  const seconds = Math.round(millis / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const start = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${start}:${two(seconds % 60)}`;
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** `Monday`, `Mon` or `M`, for the API's name of a weekday. */
export const weekdayName = (name: string, style: "long" | "short" | "narrow" = "long"): string =>
  parts(new Date(MONDAY + DAYS.indexOf(name) * DAY), { weekday: style }, "UTC");
