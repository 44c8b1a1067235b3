import { type KeyboardEvent, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "@/api/model";
import { toWallClock } from "@/ui/time/wall-clock";
import type { Day, View } from "./days";
import type { Moving } from "./desk";
import { movedByDays, movedByQuarters } from "./moving";
import { type Arrow, isArrow } from "./roving";
import { type Move, whenWords } from "./use-move";

interface MovingOptions {
  view: View;
  zone: string;
  move: (move: Move) => Promise<void>;
  announce: (words: string) => void;
  /** Brings the day into view when it is not. */
  show: (day: Day) => void;
}

/** A step of the post: by days and quarters of an hour, in a month by days and weeks. */
function stepped(at: Date, arrow: Arrow, view: View, zone: string): Date {
  if (arrow === "ArrowLeft") return movedByDays(at, -1, zone);
  if (arrow === "ArrowRight") return movedByDays(at, 1, zone);
  const back = arrow === "ArrowUp";
  return view === "month" ? movedByDays(at, back ? -7 : 7, zone) : movedByQuarters(at, back ? -1 : 1);
}

/**
 * The post on its way. By the keyboard it goes along with the arrow keys and stays where Enter is pressed; Esc takes it back.
 *
 * What is sent is shown where it goes until the server has answered.
 */
export function useMoving({ view, zone, move, announce, show }: MovingOptions) {
  const { t } = useTranslation();
  const [moving, setMoving] = useState<Moving | null>(null);
  const keys = t(view === "month" ? "calendar.move.keysMonth" : "calendar.move.keys");

  const begin = useCallback(
    (entry: CalendarEntry): boolean => {
      if (!entry.can_move) {
        announce(t("calendar.move.cannot"));
        return false;
      }
      setMoving({ entry, at: new Date(entry.at) });
      announce(t("calendar.move.begun", { keys }));
      return true;
    },
    [announce, t, keys],
  );

  const send = useCallback(
    ({ entry, to }: Move) => {
      const sent = { entry, at: to, sent: true };
      setMoving(sent);
      void move({ entry, to }).finally(() => setMoving((now) => (now === sent ? null : now)));
    },
    [move],
  );

  const cancel = useCallback(() => {
    if (!moving || moving.sent) return;
    const { entry } = moving;
    setMoving(null);
    show(toWallClock(new Date(entry.at), zone).date);
    announce(t("calendar.move.takenBack", { at: whenWords(new Date(entry.at), entry, zone) }));
  }, [moving, announce, show, t, zone]);

  const step = (now: Moving, arrow: Arrow) => {
    const at = stepped(now.at, arrow, view, zone);
    setMoving({ entry: now.entry, at });
    show(toWallClock(at, zone).date);
    announce(t("calendar.move.at", { at: whenWords(at, now.entry, zone) }));
  };

  /** True when the key belonged to a move. */
  const onKeyDown = (event: KeyboardEvent, entry: CalendarEntry | undefined): boolean => {
    const arrow = isArrow(event.key) ? event.key : null;
    if (!moving || moving.sent) {
      if (!entry || !arrow || !event.shiftKey) return false;
      event.preventDefault();
      if (begin(entry)) step({ entry, at: new Date(entry.at) }, arrow);
      return true;
    }
    if (event.key === "Tab") {
      cancel();
      return false;
    }
    if (arrow) step(moving, arrow);
    else if (event.key === "Escape") cancel();
    else if (event.key === "Enter") {
      if (moving.at.getTime() === Date.parse(moving.entry.at)) cancel();
      else send({ entry: moving.entry, to: moving.at });
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return { moving, begin, cancel, send, onKeyDown, keys };
}
