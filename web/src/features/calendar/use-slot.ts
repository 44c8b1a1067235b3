import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { addDays, type Day } from "./days";
import type { Desk } from "./desk";
import { atPlace } from "./moving";

const STEP = 30;
const LAST = 24 * 60 - STEP;
const MORNING = 9 * 60;

export interface Slot {
  day: Day;
  minutes: number;
  /** It came here by an arrow key, so it has the focus. */
  byKey: boolean;
}

/**
 * The one free time that a click or Enter composes for: it follows the pointer, and the arrow keys while it has the focus.
 *
 * It never stands in the past.
 */
export function useSlot(days: Day[], desk: Desk, now: Date) {
  const { zone } = desk;
  const [chosen, choose] = useState<Slot | null>(null);
  const isAhead = useCallback(
    ({ day, minutes }: Omit<Slot, "byKey">) => (atPlace(day, minutes, zone)?.getTime() ?? 0) > now.getTime(),
    [zone, now],
  );
  const proposed = useMemo(() => {
    for (const day of days)
      for (let minutes = MORNING; minutes <= LAST; minutes += STEP) {
        const slot = { day, minutes, byKey: false };
        if (isAhead(slot)) return slot;
      }
    return null;
  }, [days, isAhead]);
  const slot = chosen && days.includes(chosen.day) && isAhead(chosen) ? chosen : proposed;

  const point = useCallback(
    (day: Day, minutes: number) => {
      const next = { day, minutes: Math.min(Math.floor(minutes / STEP) * STEP, LAST), byKey: false };
      if (!isAhead(next)) return;
      choose((now) => (now?.day === next.day && now.minutes === next.minutes ? now : next));
    },
    [isAhead],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (!slot || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const by: Record<string, Slot> = {
      ArrowUp: { ...slot, minutes: slot.minutes - STEP },
      ArrowDown: { ...slot, minutes: slot.minutes + STEP },
      ArrowLeft: { ...slot, day: addDays(slot.day, -1) },
      ArrowRight: { ...slot, day: addDays(slot.day, 1) },
    };
    const next = by[event.key];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    if (next.minutes >= 0 && next.minutes <= LAST && days.includes(next.day) && isAhead(next))
      choose({ ...next, byKey: true });
  };

  return { of: (day: Day) => (slot?.day === day ? slot : null), point, onKeyDown };
}
