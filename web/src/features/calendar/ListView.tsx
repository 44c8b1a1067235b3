import { Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { StateBadge } from "@/features/posts/StateBadge";
import { PlatformTile } from "@/ui/PlatformTile";
import type { Day } from "./days";
import type { Desk } from "./desk";
import { lookOf, shownOf } from "./EntryFace";
import { entryStop } from "./EntryLink";
import classes from "./ListView.module.css";
import type { Placed } from "./placing";
import { nextInColumns, type Stops } from "./roving";
import { useInView, useRoving } from "./use-roving";
import type { ViewProps } from "./view-props";
import { dayName, timeName } from "./words";

type Row = { day: Day } | { placed: Placed };

const HEADING = 40;
const ENTRY = 44;
const ENTRY_NARROW = 66;

/** A month's posts one after the other; only those in view are drawn. */
export function ListView({ days, placed, desk, loading, moving, onKeyDown, narrow }: ViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(days, placed), [days, placed]);
  const stops: Stops = useMemo(
    () => [
      {
        day: "",
        stops: rows.flatMap((row, index) =>
          "placed" in row ? [{ id: entryStop(row.placed.entry.id), minutes: index }] : [],
        ),
      },
    ],
    [rows],
  );
  const byId = useMemo(
    () => new Map(rows.flatMap((row) => ("placed" in row ? [[row.placed.entry.id, row.placed.entry]] : []))),
    [rows],
  );
  const roving = useRoving(stops, "", nextInColumns);
  // Another function each time would have the heights of all rows added up anew.
  const keyOf = useCallback(
    (index: number) => {
      const row = rows[index];
      return row && "placed" in row ? row.placed.entry.id : (row?.day ?? index);
    },
    [rows],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row && "day" in row ? HEADING : narrow ? ENTRY_NARROW : ENTRY;
    },
    getItemKey: keyOf,
    overscan: 8,
    useFlushSync: false,
  });

  // What gets the focus has to be drawn first.
  const at = rows.findIndex((row) => "placed" in row && entryStop(row.placed.entry.id) === roving.stop);
  const arrived = useRef(false);
  useEffect(() => {
    if (at < 0 || loading) return;
    if (arrived.current) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, loading, virtual]);
  useStartAtToday(rows, desk, loading, (index) => {
    virtual.scrollToIndex(index, { align: "start" });
    arrived.current = true;
  });

  const movingId = moving && !moving.sent ? moving.entry.id : null;
  useInView(roving.root, movingId && entryStop(movingId), moving?.at ?? null);

  return (
    <div className={classes.view} ref={scroller} aria-busy={loading}>
      {loading && rows.length === 0 && <Loading />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are for the links inside */}
      <div
        ref={roving.root}
        className={classes.rows}
        style={{ height: virtual.getTotalSize() }}
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
        onKeyDown={(event) => {
          if (!onKeyDown(event, byId)) roving.onKeyDown(event);
        }}
      >
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (!row) return null;
          const style = { height: size, transform: `translateY(${start}px)` };
          if ("day" in row)
            return (
              <h2 key={key} className={classes.heading} style={style} data-today={row.day === desk.today}>
                {dayName(row.day, desk.today)}
              </h2>
            );
          const id = row.placed.entry.id;
          return (
            <div key={key} className={classes.row} style={style}>
              <Entry
                placed={row.placed}
                desk={desk}
                isStop={entryStop(id) === roving.stop}
                isMoving={id === movingId}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function rowsOf(days: Day[], placed: ViewProps["placed"]): Row[] {
  return days.flatMap((day) => {
    const own = placed.get(day) ?? [];
    return own.length > 0 ? [{ day }, ...own.map((each) => ({ placed: each }))] : [];
  });
}

/** The month of today begins with today. */
function useStartAtToday(rows: Row[], desk: Desk, loading: boolean, go: (index: number) => void) {
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || loading || rows.length === 0) return;
    begun.current = true;
    const first = rows.findIndex((row) => "day" in row && row.day >= desk.today);
    go(Math.max(0, first));
  }, [rows, desk.today, loading, go]);
}

interface EntryProps {
  placed: Placed;
  desk: Desk;
  isStop: boolean;
  isMoving: boolean;
}

function Entry({ placed: { entry, minutes }, desk, isStop, isMoving }: EntryProps) {
  const platforms = [...new Set(entry.deliveries.map(({ platform }) => platform))];
  return (
    <a
      href={desk.hrefOf(entry)}
      className={classes.entry}
      tabIndex={isStop ? 0 : -1}
      aria-label={desk.sentenceOf(entry)}
      data-stop={entryStop(entry.id)}
      data-entry={entry.id}
      data-moving={isMoving || undefined}
      {...lookOf(entry)}
    >
      <span className={classes.time}>{timeName(minutes)}</span>
      <span className={classes.text} dir="auto">
        {desk.titleOf(entry)}
      </span>
      <span className={classes.platforms}>
        {platforms.map((platform) => (
          <PlatformTile key={platform} platform={platform} />
        ))}
      </span>
      <span className={classes.author}>{entry.author?.name}</span>
      <span className={classes.state}>
        <StateBadge state={shownOf(entry)} />
      </span>
    </a>
  );
}

function Loading() {
  return (
    <div className={classes.loading} aria-hidden="true">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
        <Skeleton key={key} height={20} />
      ))}
    </div>
  );
}
