import type { QueueSlot, Weekday } from "@/api/model";
import { WEEKDAYS } from "@/features/repeat/rule";

/** The slots of a week as rows of the grid: each time of day with its days. */
export interface Row {
  time: string;
  days: ReadonlySet<Weekday>;
}

/** What a new queue may begin with. */
export const PRESETS = {
  weekdays: () => everyDay(["09:00"], WEEKDAYS.slice(0, 5)),
  twice: () => everyDay(["09:00", "17:00"], WEEKDAYS),
  three: () => everyDay(["12:00"], ["monday", "wednesday", "friday"]),
} as const;

const everyDay = (times: string[], days: readonly Weekday[]): QueueSlot[] =>
  times.flatMap((time) => days.map((weekday) => ({ weekday, time })));

export function rowsOf(slots: readonly QueueSlot[]): Row[] {
  const rows = new Map<string, Set<Weekday>>();
  for (const { weekday, time } of slots) rows.set(time, (rows.get(time) ?? new Set()).add(weekday));
  return [...rows].map(([time, days]) => ({ time, days })).sort((a, b) => a.time.localeCompare(b.time));
}

export const has = (slots: readonly QueueSlot[], weekday: Weekday, time: string): boolean =>
  slots.some((slot) => slot.weekday === weekday && slot.time === time);

/** Adds the slot, or takes it away; in the order of the week. */
export function toggled(slots: readonly QueueSlot[], weekday: Weekday, time: string): QueueSlot[] {
  if (has(slots, weekday, time))
    return without(slots, (slot) => slot.weekday === weekday && slot.time === time);
  return inOrder([...slots, { weekday, time }]);
}

/** Adds the time to the working days, from where single days are taken off or added. */
export const withTime = (slots: readonly QueueSlot[], time: string): QueueSlot[] =>
  inOrder([
    ...slots,
    ...everyDay([time], WEEKDAYS.slice(0, 5)).filter((slot) => !has(slots, slot.weekday, time)),
  ]);

export const withoutTime = (slots: readonly QueueSlot[], time: string): QueueSlot[] =>
  without(slots, (slot) => slot.time === time);

const without = (slots: readonly QueueSlot[], gone: (slot: QueueSlot) => boolean): QueueSlot[] =>
  slots.filter((slot) => !gone(slot));

const inOrder = (slots: QueueSlot[]): QueueSlot[] =>
  slots.sort(
    (a, b) => WEEKDAYS.indexOf(a.weekday) - WEEKDAYS.indexOf(b.weekday) || a.time.localeCompare(b.time),
  );
