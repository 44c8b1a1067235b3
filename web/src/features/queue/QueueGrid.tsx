import { ActionIcon, Button, TextInput } from "@mantine/core";
import { Check, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueSlot } from "@/api/model";
import { WEEKDAYS } from "@/features/repeat/rule";
import { weekdayName } from "@/i18n/format";
import classes from "./QueueGrid.module.css";
import { rowsOf, toggled, withoutTime, withTime } from "./slots";

interface QueueGridProps {
  slots: QueueSlot[];
  onChange: (slots: QueueSlot[]) => void;
}

/** The week as a grid: a row for each time, a box for each day. */
export function QueueGrid({ slots, onChange }: QueueGridProps) {
  const { t } = useTranslation();
  const rows = rowsOf(slots);
  return (
    <div>
      {rows.length > 0 && (
        <table className={classes.grid} aria-label={t("scheduling.queue.grid")}>
          <thead>
            <tr>
              <th scope="col">{t("scheduling.queue.time")}</th>
              {WEEKDAYS.map((day) => (
                <th key={day} scope="col" abbr={weekdayName(day)}>
                  {weekdayName(day, "short")}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ time, days }) => (
              <tr key={time}>
                <th scope="row">{time}</th>
                {WEEKDAYS.map((day) => (
                  <td key={day}>
                    <button
                      type="button"
                      className={classes.slot}
                      aria-pressed={days.has(day)}
                      aria-label={t("scheduling.queue.slot", { day: weekdayName(day), time })}
                      onClick={() => onChange(toggled(slots, day, time))}
                    >
                      {days.has(day) && <Check size={14} aria-hidden="true" />}
                    </button>
                  </td>
                ))}
                <td>
                  <ActionIcon
                    size={28}
                    aria-label={t("scheduling.queue.removeTime", { time })}
                    onClick={() => onChange(withoutTime(slots, time))}
                  >
                    <X size={14} aria-hidden="true" />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AddTime known={rows.map(({ time }) => time)} onAdd={(time) => onChange(withTime(slots, time))} />
    </div>
  );
}

function AddTime({ known, onAdd }: { known: string[]; onAdd: (time: string) => void }) {
  const { t } = useTranslation();
  const [time, setTime] = useState("12:00");
  const isKnown = known.includes(time);
  const isTime = /^\d{2}:\d{2}$/.test(time);
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (isTime && !isKnown) onAdd(time);
      }}
    >
      <TextInput
        type="time"
        aria-label={t("scheduling.queue.newTime")}
        value={time}
        onChange={({ currentTarget: { value } }) => setTime(value.slice(0, 5))}
      />
      <Button type="submit" leftSection={<Plus size={14} aria-hidden="true" />} disabled={!isTime || isKnown}>
        {t("scheduling.queue.addTime")}
      </Button>
      {isKnown && <p className={classes.known}>{t("scheduling.queue.known")}</p>}
    </form>
  );
}
