import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "@/api/model";
import { zoneName } from "@/i18n/format";
import { minutesNow } from "./clock-now";
import { layOut } from "./columns";
import { DayColumn, HOUR } from "./DayColumn";
import type { Day } from "./days";
import { EntryFace, lookOf } from "./EntryFace";
import face from "./EntryFace.module.css";
import { entryStop } from "./EntryLink";
import { atPlace, snapped } from "./moving";
import { nextInColumns, type Stops } from "./roving";
import classes from "./TimeGrid.module.css";
import { useDrag } from "./use-drag";
import { useInView, useRoving } from "./use-roving";
import { useSlot } from "./use-slot";
import type { ViewProps } from "./view-props";
import { dateNumber, dayName, timeName, weekdayName } from "./words";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** The first working hour, where nothing calls for another. */
const MORNING = 8 * 60;
/** From then on the morning and the present may not both be in view. */
const EVENING = 17 * 60;

interface Place {
  day: Day;
  minutes: number;
}

/** Days beside each other, from midnight to midnight. */
export function TimeGrid({ days, placed, desk, now, loading, moving, onKeyDown, narrow }: ViewProps) {
  const { t } = useTranslation();
  const most = days.length > 1 || narrow ? 2 : 6;
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const laid = useMemo(
    () => days.map((day) => ({ day, ...layOut(placed.get(day) ?? [], most) })),
    [days, placed, most],
  );
  const stops: Stops = useMemo(
    () =>
      laid.map(({ day, laid: cards, folds }) => ({
        day,
        stops: [
          ...cards.map(({ entry, minutes }) => ({ id: entryStop(entry.id), minutes })),
          ...folds.map(({ hour }) => ({ id: `fold:${day}:${hour}`, minutes: hour * 60 + 59 })),
        ].sort((a, b) => a.minutes - b.minutes),
      })),
    [laid],
  );
  const roving = useRoving(stops, desk.today, nextInColumns);
  const byId = useMemo(
    () => new Map([...placed.values()].flat().map(({ entry }) => [entry.id, entry])),
    [placed],
  );
  const shown = useShownHours(scroller, days, desk.today, now, desk.zone, loading, stops);
  const slot = useSlot(days, desk, now);

  const drag = useDrag<Place>({
    entryOf: (id) => byId.get(id),
    scroller,
    same: (a, b) => a.day === b.day && a.minutes === b.minutes,
    locate: ({ x }, top) => {
      const box = columns.current?.getBoundingClientRect();
      if (!box || x < box.left || x >= box.right) return null;
      const day = days[Math.floor(((x - box.left) / box.width) * days.length)];
      return day === undefined ? null : { day, minutes: snapped(((top - box.top) / HOUR) * 60) };
    },
    onDrop: (entry, { day, minutes }) => {
      const to = atPlace(day, minutes, desk.zone);
      if (to && to.getTime() !== Date.parse(entry.at)) desk.move({ entry, to });
    },
  });

  const movingId = moving && !moving.sent ? moving.entry.id : null;
  useInView(roving.root, movingId && entryStop(movingId), moving?.at ?? null);

  return (
    <div className={classes.view} ref={scroller} data-drag={drag.carried ? true : undefined}>
      <div className={classes.header} data-days={days.length}>
        <span className={classes.zone} title={t("calendar.zoneHelp", { zone: desk.zone })}>
          {zoneName(desk.zone, now)}
        </span>
        {days.map((day) => (
          <DayHeading
            key={day}
            day={day}
            today={desk.today}
            href={desk.hrefOfDay(day)}
            onOpen={desk.openDay}
          />
        ))}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are for the links inside */}
      <div
        ref={roving.root}
        className={classes.grid}
        aria-busy={loading}
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
        onPointerDown={drag.onPointerDown}
        onKeyDown={(event) => {
          if (!onKeyDown(event, byId)) roving.onKeyDown(event);
        }}
      >
        <div className={classes.hours} aria-hidden="true">
          {HOURS.slice(1).map((hour) => (
            <span key={hour} className={classes.hour} style={{ top: hour * HOUR }}>
              {timeName(hour * 60)}
            </span>
          ))}
        </div>
        <div ref={columns} className={classes.columns} data-days={days.length}>
          {laid.map(({ day, laid: cards, folds }) => (
            <DayColumn
              key={day}
              day={day}
              cards={cards}
              folds={folds}
              desk={desk}
              from={shown.from}
              to={shown.to}
              stop={roving.stop}
              movingId={movingId}
              liftedId={drag.carried?.entry.id ?? null}
              dropAt={drag.place?.day === day ? drag.place.minutes : null}
              now={day === desk.today ? now : null}
              slot={slot.of(day)}
              onSlot={slot.point}
              onSlotKey={slot.onKeyDown}
              loading={loading}
            />
          ))}
        </div>
      </div>
      {drag.carried && (
        <Ghost carried={drag.carried} ghost={drag.ghost} title={desk.titleOf} place={drag.place} />
      )}
    </div>
  );
}

interface DayHeadingProps {
  day: Day;
  today: Day;
  href: string;
  onOpen: (day: Day) => void;
}

function DayHeading({ day, today, href, onOpen }: DayHeadingProps) {
  const { t } = useTranslation();
  return (
    <a
      href={href}
      className={classes.day}
      aria-label={t("calendar.openDay", { day: dayName(day, today) })}
      aria-current={day === today ? "date" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(day);
      }}
    >
      {weekdayName(day)} <strong data-today={day === today || undefined}>{dateNumber(day)}</strong>
    </a>
  );
}

interface GhostProps {
  carried: { entry: CalendarEntry; width: number; height: number };
  ghost: React.RefObject<HTMLDivElement | null>;
  title: (entry: CalendarEntry) => string;
  place: Place | null;
}

function Ghost({ carried: { entry, width, height }, ghost, title, place }: GhostProps) {
  return (
    <div
      ref={ghost}
      className={`${face.card} ${classes.ghost}`}
      style={{ width, height }}
      data-moving={true}
      aria-hidden="true"
      {...lookOf(entry)}
    >
      <EntryFace entry={entry} title={title(entry)} time={place ? timeName(place.minutes) : ""} />
    </div>
  );
}

/**
 * Which part of the day is in view, in minutes and with some room around it; what lies beyond is not drawn.
 *
 * New days begin in view where it makes sense: at the present, or where the first post is, or in the morning.
 */
function useShownHours(
  scroller: React.RefObject<HTMLDivElement | null>,
  days: Day[],
  today: Day,
  now: Date,
  zone: string,
  loading: boolean,
  stops: Stops,
) {
  const [shown, setShown] = useState({ from: 0, to: 24 * 60 });
  const measure = useCallback(() => {
    const view = scroller.current;
    if (!view) return;
    const first = Math.floor(view.scrollTop / HOUR) - 2;
    const last = Math.ceil((view.scrollTop + view.clientHeight) / HOUR) + 1;
    setShown((before) =>
      before.from === first * 60 && before.to === last * 60 ? before : { from: first * 60, to: last * 60 },
    );
  }, [scroller]);

  useEffect(() => {
    const view = scroller.current;
    if (!view) return undefined;
    view.addEventListener("scroll", measure, { passive: true });
    const watch = new ResizeObserver(measure);
    watch.observe(view);
    return () => {
      view.removeEventListener("scroll", measure);
      watch.disconnect();
    };
  }, [scroller, measure]);

  const settled = useRef<string | null>(null);
  const key = days.join();
  useEffect(() => {
    const view = scroller.current;
    if (!view || settled.current !== null || loading) return;
    settled.current = key;
    const clock = days.includes(today) ? minutesNow(now, zone) : MORNING;
    const first = Math.min(...stops.flatMap(({ stops: own }) => own.map(({ minutes }) => minutes)), 24 * 60);
    const early = Math.min(first - 30, MORNING);
    view.scrollTop = (Math.max(0, clock < MORNING || clock > EVENING ? clock - 180 : early) / 60) * HOUR;
    measure();
  }, [scroller, key, days, today, now, zone, loading, stops, measure]);
  return shown;
}
