import { NativeSelect, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { weekdayName } from "@/i18n/format";
import { toInstant, type WallClock } from "@/ui/time/wall-clock";
import classes from "./RepeatFields.module.css";
import { RepeatPreview } from "./RepeatPreview";
import {
  type End,
  endOf,
  isComplete,
  LAST,
  type Rule,
  type RuleKind,
  ruleOfKind,
  WEEKDAYS,
  withEnd,
  withWeekday,
} from "./rule";
import { useRuleWords, whichOf } from "./rule-words";

interface RepeatFieldsProps {
  rule: Rule | null;
  clock: WallClock;
  zone: string;
  onChange: (rule: Rule | null) => void;
}

const KINDS: readonly RuleKind[] = ["never", "daily", "weekly", "monthly_day", "monthly_weekday"];
const UNITS = {
  daily: "daily",
  weekly: "weekly",
  monthly_day: "monthly",
  monthly_weekday: "monthly",
} as const;

/**
 * The rule by which a post comes round, said in words, with its next ten times.
 *
 * Its choices are the browser's own: lists of ours would be cut off by the edge of the popover.
 */
export function RepeatFields({ rule, clock, zone, onChange }: RepeatFieldsProps) {
  const { t } = useTranslation();
  const words = useRuleWords();
  return (
    <div className={classes.fields}>
      <div className={classes.rule}>
        <NativeSelect
          label={t("scheduling.repeat.kind")}
          data={KINDS.map((value) => ({ value, label: t(`scheduling.repeat.kinds.${value}`) }))}
          value={rule?.kind ?? "never"}
          onChange={(event) => onChange(ruleOfKind(event.currentTarget.value as RuleKind, clock, rule))}
        />
        {rule && <Pattern rule={rule} onChange={onChange} />}
        {rule && <Ending rule={rule} clock={clock} onChange={onChange} />}
      </div>
      {rule && (
        <div className={classes.sum}>
          <p className={classes.words} aria-live="polite">
            {isComplete(rule) ? words(rule) : t("scheduling.repeat.chooseDay")}
          </p>
          <RepeatPreview rule={rule} start={toInstant(clock, zone)} zone={zone} />
        </div>
      )}
    </div>
  );
}

interface PartProps {
  rule: Rule;
  onChange: (rule: Rule) => void;
}

function Pattern({ rule, onChange }: PartProps) {
  const { t } = useTranslation();
  const every = rule.every ?? 1;
  return (
    <>
      {rule.kind !== "never" && (
        <div className={classes.every}>
          <NumberInput
            label={t("scheduling.repeat.every")}
            value={every}
            min={1}
            max={99}
            allowDecimal={false}
            clampBehavior="strict"
            hideControls
            onChange={(value) => typeof value === "number" && onChange({ ...rule, every: value })}
          />
          <span>{t(`scheduling.repeat.unit.${UNITS[rule.kind]}`, { count: every })}</span>
        </div>
      )}
      {rule.kind === "weekly" && <Weekdays rule={rule} onChange={onChange} />}
      {rule.kind === "monthly_day" && (
        <NativeSelect
          label={t("scheduling.repeat.day")}
          description={(rule.day ?? 0) > 28 ? t("scheduling.repeat.shortMonths") : undefined}
          data={[
            ...Array.from({ length: 31 }, (_, index) => ({
              value: String(index + 1),
              label: t("scheduling.repeat.dayNumber", { day: index + 1 }),
            })),
            { value: String(LAST), label: t("scheduling.repeat.lastDay") },
          ]}
          value={String(rule.day ?? 1)}
          onChange={(event) => onChange({ ...rule, day: Number(event.currentTarget.value) })}
        />
      )}
      {rule.kind === "monthly_weekday" && (
        <div className={classes.pair}>
          <NativeSelect
            label={t("scheduling.repeat.week")}
            data={[1, 2, 3, 4, LAST].map((week) => ({
              value: String(week),
              label: t(`scheduling.repeat.weeks.${whichOf(week)}`),
            }))}
            value={String(rule.week ?? 1)}
            onChange={(event) => onChange({ ...rule, week: Number(event.currentTarget.value) })}
          />
          <NativeSelect
            label={t("scheduling.repeat.weekday")}
            data={WEEKDAYS.map((value) => ({ value, label: weekdayName(value) }))}
            value={rule.weekday ?? "monday"}
            onChange={(event) => {
              const weekday = event.currentTarget.value;
              const chosen = WEEKDAYS.find((each) => each === weekday);
              if (chosen) onChange({ ...rule, weekday: chosen });
            }}
          />
        </div>
      )}
    </>
  );
}

function Weekdays({ rule, onChange }: PartProps) {
  const { t } = useTranslation();
  const labelId = useId();
  return (
    <div>
      <p id={labelId} className={classes.label}>
        {t("scheduling.repeat.weekdays")}
      </p>
      <fieldset className={classes.days} aria-labelledby={labelId}>
        {WEEKDAYS.map((day) => {
          const on = (rule.weekdays ?? []).includes(day);
          return (
            <button
              key={day}
              type="button"
              className={classes.day}
              aria-pressed={on}
              aria-label={weekdayName(day)}
              onClick={() => onChange(withWeekday(rule, day, !on))}
            >
              {weekdayName(day, "short")}
            </button>
          );
        })}
      </fieldset>
    </div>
  );
}

function Ending({ rule, clock, onChange }: PartProps & { clock: WallClock }) {
  const { t } = useTranslation();
  const end = endOf(rule);
  return (
    <div>
      <p className={classes.label}>{t("scheduling.repeat.ends")}</p>
      <SegmentedControl
        fullWidth
        aria-label={t("scheduling.repeat.ends")}
        value={end}
        data={(["never", "until", "count"] as const).map((value) => ({
          value,
          label: t(`scheduling.repeat.end.${value}`),
        }))}
        onChange={(value) => onChange(withEnd(rule, value as End, clock))}
      />
      {end === "until" && (
        <TextInput
          mt={8}
          type="date"
          aria-label={t("scheduling.repeat.until")}
          min={clock.date}
          value={rule.until ?? ""}
          onChange={({ currentTarget: { value } }) => value && onChange({ ...rule, until: value })}
        />
      )}
      {end === "count" && (
        <NumberInput
          mt={8}
          aria-label={t("scheduling.repeat.count")}
          value={rule.count ?? 1}
          min={1}
          max={1000}
          allowDecimal={false}
          clampBehavior="strict"
          hideControls
          onChange={(value) => typeof value === "number" && value > 0 && onChange({ ...rule, count: value })}
        />
      )}
    </div>
  );
}
