import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { clock, day, listed, weekdayName } from "@/i18n/format";
import { LAST, type Rule, WEEKDAYS } from "./rule";

const WHICH = { 1: "first", 2: "second", 3: "third", 4: "fourth" } as const;

/** The name of the first to fourth, or the last. */
export const whichOf = (week: number | null | undefined) => WHICH[week as keyof typeof WHICH] ?? "last";

/** A rule in plain words: `Every Monday and Thursday, until 31 Dec`. */
export function ruleWords(rule: Rule, t: TFunction): string {
  const words = patternWords(rule, t);
  if (rule.until)
    return t("scheduling.repeat.rule.until", { rule: words, day: day(`${rule.until}T12:00:00Z`) });
  if (rule.count) return t("scheduling.repeat.rule.times", { rule: words, count: rule.count });
  return words;
}

function patternWords(rule: Rule, t: TFunction): string {
  const count = rule.every ?? 1;
  switch (rule.kind) {
    case "never":
      return t("scheduling.repeat.none");
    case "daily":
      return t("scheduling.repeat.rule.daily", { count });
    case "weekly": {
      const days = rule.weekdays ?? [];
      if (count === 1 && days.length === 7) return t("scheduling.repeat.rule.daily", { count });
      if (count === 1 && days.join() === WEEKDAYS.slice(0, 5).join())
        return t("scheduling.repeat.rule.weekdays");
      return t("scheduling.repeat.rule.weekly", {
        count,
        days: listed(days.map((each) => weekdayName(each))),
      });
    }
    case "monthly_day":
      return rule.day === LAST
        ? t("scheduling.repeat.rule.monthlyLast", { count })
        : t("scheduling.repeat.rule.monthlyDay", { count, day: rule.day });
    case "monthly_weekday":
      return t("scheduling.repeat.rule.monthlyWeekday", {
        count,
        which: t(`scheduling.repeat.rule.which.${whichOf(rule.week)}`),
        weekday: weekdayName(rule.weekday ?? "monday"),
      });
  }
}

/** Says rules in words, with the time of day where it is known. */
export function useRuleWords(): (rule: Rule, at?: string | null, zone?: string) => string {
  const { t } = useTranslation();
  return (rule, at, zone) => {
    const words = ruleWords(rule, t);
    return at ? t("scheduling.repeat.rule.at", { rule: words, time: clock(at, zone) }) : words;
  };
}
