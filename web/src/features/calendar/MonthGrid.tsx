import { Skeleton } from "@mantine/core";
import { Plus } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { faceOf } from "@/features/posts/StateBadge";
import type { Day } from "./days";
import type { Desk } from "./desk";
import { EntryFace, lookOf, shownOf } from "./EntryFace";
import face from "./EntryFace.module.css";
import { EntryLink, entryStop } from "./EntryLink";
import classes from "./MonthGrid.module.css";
import { atPlace, onDay } from "./moving";
import { folded, type Placed } from "./placing";
import { nextInWeeks, type Stops } from "./roving";
import grid from "./TimeGrid.module.css";
import { useDrag } from "./use-drag";
import { useInView, useRoving } from "./use-roving";
import type { ViewProps } from "./view-props";
import { dateNumber, dayName, fullTime, timeName, weekdayName } from "./words";

const ROW = 25;
const HEAD = 34;
const SHORTEST = 118;
/** Proposed for a day of which nothing more is known. */
const MORNING = 9 * 60;
const HOUR = 60;

/** Whole weeks below each other; what finds no room in a day is folded. */
export function MonthGrid({ days, placed, desk, now, loading, moving, onKeyDown, narrow }: ViewProps) {
  const body = useRef<HTMLDivElement>(null);
  const most = useRowsThatFit(body, days.length / 7);
  const movingId = moving && !moving.sent ? moving.entry.id : null;
  const cells = useMemo(
    () => days.map((day) => ({ day, ...folded(placed.get(day) ?? [], narrow ? 0 : most, movingId) })),
    [days, placed, most, narrow, movingId],
  );
  const stops: Stops = useMemo(
    () =>
      cells.map(({ day, shown, more }) => ({
        day,
        stops: [
          `day:${day}`,
          `new:${day}`,
          ...shown.map(({ entry }) => entryStop(entry.id)),
          ...(more > 0 && !narrow ? [`more:${day}`] : []),
        ]
          .filter((id) => id !== `new:${day}` || (day >= desk.today && !narrow))
          .map((id, minutes) => ({ id, minutes })),
      })),
    [cells, narrow, desk.today],
  );
  const roving = useRoving(stops, desk.today, nextInWeeks);
  const byId = useMemo(
    () => new Map([...placed.values()].flat().map(({ entry }) => [entry.id, entry])),
    [placed],
  );
  const drag = useDrag<Day>({
    entryOf: (id) => byId.get(id),
    scroller: body,
    same: (a, b) => a === b,
    locate: ({ x, y }) =>
      document.elementFromPoint(x, y)?.closest("[data-cell]")?.getAttribute("data-cell") ?? null,
    onDrop: (entry, day) => {
      const to = onDay(new Date(entry.at), day, desk.zone);
      if (to.getTime() !== Date.parse(entry.at)) desk.move({ entry, to });
    },
  });
  useInView(roving.root, movingId && entryStop(movingId), moving?.at ?? null);

  return (
    <div className={classes.view} ref={body} data-drag={drag.carried ? true : undefined}>
      <div className={classes.header} aria-hidden="true">
        {days.slice(0, 7).map((day) => (
          <span key={day} className={classes.weekday}>
            {weekdayName(day)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are for the links inside */}
      <div
        ref={roving.root}
        className={classes.weeks}
        style={{ gridTemplateRows: `repeat(${days.length / 7}, minmax(${narrow ? 56 : SHORTEST}px, 1fr))` }}
        aria-busy={loading}
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
        onPointerDown={drag.onPointerDown}
        onKeyDown={(event) => {
          if (!onKeyDown(event, byId)) roving.onKeyDown(event);
        }}
      >
        {cells.map(({ day, shown, more }) => (
          <Cell
            key={day}
            day={day}
            month={days[10] ?? day}
            count={placed.get(day)?.length ?? 0}
            more={more}
            desk={desk}
            now={now}
            stop={roving.stop}
            isTarget={drag.place === day}
            narrow={narrow}
          >
            {narrow ? (
              <Dots placed={placed.get(day) ?? []} />
            ) : (
              shown.map(({ entry, minutes }) => (
                <EntryLink
                  key={entry.id}
                  entry={entry}
                  time={timeName(minutes)}
                  desk={desk}
                  flat
                  isStop={entryStop(entry.id) === roving.stop}
                  isMoving={entry.id === movingId}
                  isLifted={entry.id === drag.carried?.entry.id}
                  className={classes.entry}
                />
              ))
            )}
            {loading && shown.length === 0 && !narrow && <Skeleton height={22} aria-hidden="true" />}
          </Cell>
        ))}
      </div>
      {drag.carried && (
        <div
          ref={drag.ghost}
          className={`${face.card} ${grid.ghost}`}
          style={{ width: drag.carried.width, height: drag.carried.height }}
          data-moving={true}
          aria-hidden="true"
          {...lookOf(drag.carried.entry)}
        >
          <EntryFace entry={drag.carried.entry} title={desk.titleOf(drag.carried.entry)} time="" flat />
        </div>
      )}
    </div>
  );
}

/** How many lines a day has room for. */
function useRowsThatFit(body: React.RefObject<HTMLDivElement | null>, weeks: number): number {
  const [rows, setRows] = useState(3);
  useEffect(() => {
    const view = body.current;
    if (!view) return undefined;
    const measure = () => {
      const height = Math.max((view.clientHeight - HEAD) / weeks, SHORTEST);
      setRows(Math.max(1, Math.floor((height - HEAD) / ROW)));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(view);
    return () => watch.disconnect();
  }, [body, weeks]);
  return rows;
}

interface CellProps {
  day: Day;
  /** Some day of the month shown. */
  month: Day;
  count: number;
  more: number;
  desk: Desk;
  now: Date;
  stop: string | null;
  isTarget: boolean;
  narrow: boolean;
  children: ReactNode;
}

function Cell({ day, month, count, more, desk, now, stop, isTarget, narrow, children }: CellProps) {
  const { t } = useTranslation();
  const name = dayName(day, desk.today);
  const free = day >= desk.today ? freeTime(day, desk, now) : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a day of posts is no set of form fields
    <div
      role="group"
      className={classes.cell}
      data-cell={day}
      data-outside={day.slice(0, 7) !== month.slice(0, 7) || undefined}
      data-target={isTarget || undefined}
      aria-label={t("calendar.dayPosts", { count, day: name })}
    >
      <div className={classes.top}>
        <a
          href={desk.hrefOfDay(day)}
          className={classes.number}
          data-whole={narrow || undefined}
          data-today={day === desk.today || undefined}
          aria-label={t("calendar.openDay", { day: name })}
          aria-current={day === desk.today ? "date" : undefined}
          tabIndex={stop === `day:${day}` ? 0 : -1}
          data-stop={`day:${day}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            desk.openDay(day);
          }}
        >
          {dateNumber(day)}
        </a>
        {free && !narrow && (
          <button
            type="button"
            className={classes.new}
            tabIndex={stop === `new:${day}` ? 0 : -1}
            data-stop={`new:${day}`}
            aria-label={t("calendar.composeAt", { at: fullTime(free, desk.zone) })}
            onClick={() => desk.composeAt(free)}
          >
            <Plus size={14} aria-hidden="true" />
          </button>
        )}
      </div>
      {children}
      {more > 0 && !narrow && (
        <button
          type="button"
          className={classes.more}
          tabIndex={stop === `more:${day}` ? 0 : -1}
          data-stop={`more:${day}`}
          aria-label={t("calendar.moreLabel", { count: more, day: name })}
          onClick={() => desk.openDay(day)}
        >
          {t("calendar.more", { count: more })}
        </button>
      )}
    </div>
  );
}

/** The morning of the day, or the next full hour when that has passed. */
function freeTime(day: Day, desk: Desk, now: Date): Date | null {
  for (let minutes = MORNING; minutes < 24 * 60; minutes += HOUR) {
    const at = atPlace(day, minutes, desk.zone);
    if (at && at.getTime() > now.getTime()) return at;
  }
  return null;
}

/** A day's posts on a telephone: a dot for each state there is. */
function Dots({ placed }: { placed: Placed[] }) {
  const states = [...new Set(placed.map(({ entry }) => shownOf(entry)))].slice(0, 4);
  return (
    <span className={classes.dots} aria-hidden="true">
      {states.map((state) => (
        <span key={state} className={classes.dot} data-tone={faceOf(state).tone} />
      ))}
      {placed.length > 0 && <span className={classes.sum}>{placed.length}</span>}
    </span>
  );
}
