import { day, many, oneOf, reads, whole } from "@/ui/address/search";
import { type Rule, WEEKDAYS } from "./rule";

const parts = reads({
  kind: oneOf(["daily", "weekly", "monthly_day", "monthly_weekday"]),
  every: whole,
  until: day,
  count: whole,
  weekdays: many(oneOf(WEEKDAYS)),
  day: whole,
  week: whole,
  weekday: oneOf(WEEKDAYS),
});

/** The rule that an address says; whether it makes sense is the server's to say. */
export function ruleInAddress(value: unknown): Rule | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { kind, ...rest } = parts(value as Record<string, unknown>);
  return kind && { kind, ...rest };
}
