import { Skeleton } from "@mantine/core";
import { Plus } from "lucide-react";
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { clock } from "@/i18n/format";
import { minutesNow } from "./clock-now";
import type { Fold, Laid } from "./columns";
import type { Day } from "./days";
import type { Desk } from "./desk";
import { EntryLink, entryStop } from "./EntryLink";
import { atPlace } from "./moving";
import classes from "./TimeGrid.module.css";
import type { Slot } from "./use-slot";
import { dayName, fullTime, timeName } from "./words";

/** The height of an hour in pixels. */
export const HOUR = 72;
const yOf = (minutes: number): number => (minutes / 60) * HOUR;

interface DayColumnProps {
  day: Day;
  cards: Laid[];
  folds: Fold[];
  desk: Desk;
  /** The minutes in view. */
  from: number;
  to: number;
  stop: string | null;
  movingId: string | null;
  liftedId: string | null;
  /** Where a carried card would land. */
  dropAt: number | null;
  /** The present, on the day that it belongs to. */
  now: Date | null;
  slot: Slot | null;
  onSlot: (day: Day, minutes: number) => void;
  onSlotKey: (event: KeyboardEvent) => void;
  loading: boolean;
}

/** One day: its posts at their times, what is folded, the free time under the pointer, and the present. */
export const DayColumn = memo(function DayColumn(props: DayColumnProps) {
  const { day, cards, folds, desk, from, to, stop, slot, dropAt, now } = props;
  const { t } = useTranslation();
  const posts = cards.length + folds.reduce((sum, { count }) => sum + count, 0);

  const pointed = (event: PointerEvent) => {
    if (event.target !== event.currentTarget) return;
    const box = event.currentTarget.getBoundingClientRect();
    props.onSlot(day, ((event.clientY - box.top) / HOUR) * 60);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a day of posts is no set of form fields
    <div
      role="group"
      className={classes.column}
      data-column={day}
      aria-label={t("calendar.dayPosts", { count: posts, day: dayName(day, desk.today) })}
      onPointerMove={pointed}
    >
      {cards
        .filter(
          ({ top, entry: { id } }) =>
            (top + 60 > from && top < to) || entryStop(id) === stop || id === props.liftedId,
        )
        .map((card) => (
          <EntryLink
            key={card.entry.id}
            entry={card.entry}
            time={timeName(card.minutes)}
            desk={desk}
            isStop={entryStop(card.entry.id) === stop}
            isMoving={card.entry.id === props.movingId}
            isLifted={card.entry.id === props.liftedId}
            className={classes.card}
            style={placeOf(card)}
          />
        ))}
      {folds
        .filter(({ hour }) => hour * 60 + 60 > from && hour * 60 < to)
        .map(({ hour, count }) => (
          <button
            key={hour}
            type="button"
            className={classes.fold}
            style={{ top: yOf(hour * 60) + 22 }}
            tabIndex={stop === `fold:${day}:${hour}` ? 0 : -1}
            data-stop={`fold:${day}:${hour}`}
            aria-label={t("calendar.foldLabel", {
              count,
              time: timeName(hour * 60),
              day: dayName(day, desk.today),
            })}
            onClick={() => desk.openDay(day)}
          >
            {t("calendar.fold", { count })}
          </button>
        ))}
      {slot !== null && <SlotButton day={day} slot={slot} desk={desk} onKeyDown={props.onSlotKey} />}
      {dropAt !== null && <div className={classes.drop} style={{ top: yOf(dropAt) }} aria-hidden="true" />}
      {now && (
        <div className={classes.now} style={{ top: yOf(minutesNow(now, desk.zone)) }}>
          <span className={classes.nowWords}>{t("calendar.now", { time: clock(now, desk.zone) })}</span>
        </div>
      )}
      {props.loading && cards.length === 0 && (
        <Skeleton className={classes.skeleton} style={{ top: yOf(9 * 60) }} aria-hidden="true" />
      )}
    </div>
  );
});

/** Cards beside each other share the width; where posts are folded they leave room for the number. */
function placeOf({ top, column, columns, narrowed }: Laid) {
  const width = narrowed ? "(100% - 34px)" : "100%";
  return {
    top: yOf(top),
    left: `calc(${width} * ${column} / ${columns} + 4px)`,
    width: `calc(${width} / ${columns} - 7px)`,
  };
}

interface SlotButtonProps {
  day: Day;
  slot: Slot;
  desk: Desk;
  onKeyDown: (event: KeyboardEvent) => void;
}

function SlotButton({ day, slot: { minutes, byKey }, desk, onKeyDown }: SlotButtonProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  // On the way to another day it is drawn anew there; the keyboard goes with it.
  useEffect(() => {
    if (byKey) button.current?.focus();
  }, [byKey]);
  const at = atPlace(day, minutes, desk.zone);
  if (!at) return null;
  return (
    <button
      ref={button}
      type="button"
      className={classes.slot}
      style={{ top: yOf(minutes) }}
      aria-label={t("calendar.composeAt", { at: fullTime(at, desk.zone) })}
      onClick={() => desk.composeAt(at)}
      onKeyDown={onKeyDown}
    >
      <Plus size={14} aria-hidden="true" /> {timeName(minutes)}
    </button>
  );
}
