import type { Repeat, RepeatInput, Weekday } from "@/api/model";
import type { WallClock } from "@/ui/time/wall-clock";

/** The days of the week as the API names them, Monday first. */
export const WEEKDAYS: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** A rule as the person writes it; what its kind does not need is absent. */
export type Rule = RepeatInput;
export type RuleKind = Rule["kind"];

/** -1 is the last, of days and of weekdays. */
export const LAST = -1;

/** The weekday of a date such as `2026-11-24`. */
export const weekdayOf = (date: string): Weekday =>
  WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? "monday";

const dayOf = (date: string): number => Number(date.slice(8, 10)) || 1;

/** First to fourth, or the last where there is no more than that. */
const weekOf = (date: string): number => {
  const week = Math.ceil(dayOf(date) / 7);
  return week > 4 ? LAST : week;
};

/** A rule of that kind that fits the chosen day, with the end that `before` had. */
export function ruleOfKind(kind: RuleKind, { date }: WallClock, before: Rule | null): Rule | null {
  if (kind === "never") return null;
  const kept = {
    every: before?.every ?? 1,
    ...(before?.until ? { until: before.until } : {}),
    ...(before?.count ? { count: before.count } : {}),
  };
  if (kind === "weekly") return { kind, ...kept, weekdays: [weekdayOf(date)] };
  if (kind === "monthly_day") return { kind, ...kept, day: dayOf(date) };
  if (kind === "monthly_weekday") return { kind, ...kept, week: weekOf(date), weekday: weekdayOf(date) };
  return { kind, ...kept };
}

/** The stored rule as it is sent back. */
export function ruleOf(stored: Repeat | null): Rule | null {
  if (!stored) return null;
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== null)) as unknown as Rule;
}

/** Nothing is missing. */
export const isComplete = (rule: Rule | null): boolean =>
  rule?.kind !== "weekly" || (rule.weekdays ?? []).length > 0;

export function withWeekday(rule: Rule, day: Weekday, on: boolean): Rule {
  const days = (rule.weekdays ?? []).filter((each) => each !== day);
  if (on) days.push(day);
  return { ...rule, weekdays: WEEKDAYS.filter((each) => days.includes(each)) };
}

export type End = "never" | "until" | "count";

export const endOf = (rule: Rule): End => (rule.until ? "until" : rule.count ? "count" : "never");

/** Gives the rule another kind of end; the proposals are three months and ten times. */
export function withEnd({ until: _u, count: _c, ...rule }: Rule, end: End, { date }: WallClock): Rule {
  if (end === "count") return { ...rule, count: 10 };
  if (end === "never") return rule;
  const until = new Date(`${date}T00:00:00Z`);
  until.setUTCDate(until.getUTCDate() + 91);
  return { ...rule, until: until.toISOString().slice(0, 10) };
}
