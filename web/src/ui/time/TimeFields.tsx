import { Select, TextInput } from "@mantine/core";
import { DatePicker, TimePicker } from "@mantine/dates";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { browserZone, clock, dateAndTime, twelveHours, zoneName } from "@/i18n/format";
import { LocalDates } from "./LocalDates";
import classes from "./TimeFields.module.css";
import { isShownTwice, isSkipped, toInstant, toWallClock, type WallClock } from "./wall-clock";
import { zoneChoices } from "./zones";

interface TimeFieldsProps {
  clock: WallClock;
  zone: string;
  onChange: (change: Partial<WallClock & { zone: string }>) => void;
}

/** A date, picked or typed, a time and the zone in whose clocks they are read. */
export function TimeFields({ clock: wall, zone, onChange }: TimeFieldsProps) {
  const { t } = useTranslation();
  const at = toInstant(wall, zone);
  const choices = useMemo(() => zoneChoices(zone), [zone]);
  const elsewhere = zone !== browserZone();
  const today = toWallClock(new Date(), zone).date;
  // The month shown is that of the date, until somebody leafs on from it. A year that is half typed shows nothing of its own.
  const [leafed, setLeafed] = useState({ to: wall.date, from: wall.date });
  const month = leafed.from === wall.date || wall.date < today ? leafed.to : wall.date;
  return (
    <div className={classes.fields}>
      <LocalDates>
        <DatePicker
          hideOutsideDates
          classNames={{ day: classes.day }}
          value={wall.date || null}
          date={month || today}
          onDateChange={(to) => setLeafed({ to, from: wall.date })}
          minDate={today}
          onChange={(date) => date && onChange({ date: date.slice(0, 10) })}
          ariaLabels={{
            monthLevelControl: t("composer.when.month"),
            nextMonth: t("composer.when.nextMonth"),
            previousMonth: t("composer.when.previousMonth"),
          }}
          aria-label={t("composer.when.date")}
        />
      </LocalDates>
      <div className={classes.rest}>
        <TextInput
          type="date"
          label={t("composer.when.date")}
          min={today}
          value={wall.date}
          onChange={({ currentTarget: { value } }) => onChange({ date: value })}
        />
        <TimePicker
          label={t("composer.when.time")}
          format={twelveHours() ? "12h" : "24h"}
          hoursInputLabel={t("composer.when.hours")}
          minutesInputLabel={t("composer.when.minutes")}
          value={wall.time}
          onChange={(time) => onChange({ time: time.slice(0, 5) })}
        />
        <Select
          label={t("composer.when.zone")}
          data={choices}
          searchable
          allowDeselect={false}
          value={zone}
          onChange={(chosen) => chosen && onChange({ zone: chosen })}
          // What is typed replaces the zone instead of lengthening it.
          onFocus={(event) => event.currentTarget.select()}
          onClick={(event) => event.currentTarget.select()}
          nothingFoundMessage={t("composer.when.noZone")}
          comboboxProps={{ withinPortal: false }}
          maxDropdownHeight={200}
          limit={60}
        />
        <p className={classes.sum} aria-live="polite">
          {!at && t("composer.when.invalid")}
          {at && t("composer.when.inZone", { at: dateAndTime(at, zone), zone: zoneName(zone, at) })}
          {at && elsewhere && <span>{t("composer.when.yourTime", { at: dateAndTime(at) })}</span>}
          {isSkipped(wall, zone) && at && <span>{t("composer.when.gap", { at: clock(at, zone) })}</span>}
          {isShownTwice(wall, zone) && at && (
            <span>{t("scheduling.when.fold", { at: `${clock(at, zone)} ${zoneName(zone, at)}` })}</span>
          )}
        </p>
      </div>
    </div>
  );
}
