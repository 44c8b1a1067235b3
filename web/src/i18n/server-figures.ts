import i18next from "i18next";
import { type LanguageCode, localeFor } from "./languages";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `5 December 2026`. */
const DATE = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/;
/** `Sat 5 Dec, 09:30`. */
const TIME_OF_DAY = /^([A-Z][a-z]{2}) (\d{1,2}) ([A-Z][a-z]{2}), (\d\d):(\d\d)$/;
/** `1,234,567`, `12.4 MB`, `1.91 : 1`, `1 min 15.5 s`; an address such as 10.0.0.1 is none. */
const AMOUNT = /^\d[\d,]*(?:\.\d+)?(?: (?:bytes|kB|MB|GB|: 1|s|min(?: \d+(?:\.\d+)? s)?))?$/;

/** A date, a time or an amount that the server wrote the English way, as it is written here; anything else as it is. */
export function inLocalFigures(text: string): string {
  const locale = localeFor(i18next.language as LanguageCode);
  return dateIn(locale, text) ?? timeIn(locale, text) ?? amountIn(locale, text) ?? text;
}

function dateIn(locale: string, text: string): string | undefined {
  const [, day, name, year] = DATE.exec(text) ?? [];
  const month = MONTHS.indexOf(name ?? "");
  if (month < 0) return undefined;
  const date = new Date(Date.UTC(Number(year), month, Number(day)));
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

function timeIn(locale: string, text: string): string | undefined {
  const [, weekday = "", day, name, hour, minute] = TIME_OF_DAY.exec(text) ?? [];
  const month = MONTHS.findIndex((each) => each.slice(0, 3) === name);
  if (month < 0) return undefined;
  const date = new Date(
    Date.UTC(yearWith(weekday, month, Number(day)), month, Number(day), Number(hour), Number(minute)),
  );
  const said = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
  const on = said({ weekday: "short", day: "numeric", month: "short" }).replace(",", "");
  return `${on}, ${said({ hour: "2-digit", minute: "2-digit" })}`;
}

/** The server names no year, so this is any in which the day falls on that weekday. */
function yearWith(weekday: string, month: number, day: number): number {
  let year = 2024;
  while (year < 2052 && new Date(Date.UTC(year, month, day)).getUTCDay() !== WEEKDAYS.indexOf(weekday))
    year++;
  return year;
}

function amountIn(locale: string, text: string): string | undefined {
  if (!AMOUNT.test(text)) return undefined;
  const figures = new Intl.NumberFormat(locale, { maximumFractionDigits: 5 });
  // What is written with digits alone is written so everywhere.
  return text.replace(/\d+(?:,\d+)*(?:\.\d+)?/g, (figure) =>
    /\D/.test(figure) ? figures.format(Number(figure.replaceAll(",", ""))) : figure,
  );
}
