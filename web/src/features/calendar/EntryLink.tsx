import { type CSSProperties, memo } from "react";
import type { CalendarEntry } from "@/api/model";
import type { Desk } from "./desk";
import { EntryFace, lookOf } from "./EntryFace";
import face from "./EntryFace.module.css";

interface EntryLinkProps {
  entry: CalendarEntry;
  time: string;
  desk: Desk;
  /** Tab leads here. */
  isStop: boolean;
  isMoving: boolean;
  isLifted: boolean;
  flat?: boolean;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}

export const entryStop = (id: string): string => `entry:${id}`;
export const entryOfStop = (stop: string | null): string | null =>
  stop?.startsWith("entry:") ? stop.slice("entry:".length) : null;

/**
 * One post. A plain link with a plain address: hundreds of them are on the page, and the view itself opens them.
 */
export const EntryLink = memo(function EntryLink(props: EntryLinkProps) {
  const { entry, time, desk, isStop, isMoving, isLifted, flat = false, className = "", style } = props;
  return (
    <a
      href={desk.hrefOf(entry)}
      className={`${face.card} ${className}`}
      style={style}
      draggable={false}
      tabIndex={isStop ? 0 : -1}
      aria-label={desk.sentenceOf(entry)}
      data-stop={entryStop(entry.id)}
      data-entry={entry.id}
      data-can-move={entry.can_move || undefined}
      data-moving={isMoving || undefined}
      data-lifted={isLifted || undefined}
      {...lookOf(entry)}
    >
      <EntryFace entry={entry} title={desk.titleOf(entry)} time={time} flat={flat} />
    </a>
  );
}, sameCard);

/** Places are made anew with every drawing; what they say is what counts. */
function sameCard(a: EntryLinkProps, b: EntryLinkProps): boolean {
  const { style: oldStyle = {}, ...old } = a;
  const { style = {}, ...rest } = b;
  const keys = Object.keys({ ...old, ...rest }) as (keyof typeof rest)[];
  return (
    keys.every((key) => Object.is(old[key], rest[key])) &&
    (["top", "left", "width"] as const).every((key) => oldStyle[key] === style[key])
  );
}
