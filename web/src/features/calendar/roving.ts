import type { Day } from "./days";

/** Something in the calendar that the arrow keys reach. */
export interface Stop {
  id: string;
  minutes: number;
}

export type Stops = { day: Day; stops: Stop[] }[];

export type Arrow = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";
export const isArrow = (key: string): key is Arrow => /^Arrow(Up|Down|Left|Right)$/.test(key);

function find(all: Stops, id: string): [column: number, row: number] | null {
  for (const [column, { stops }] of all.entries()) {
    const row = stops.findIndex((stop) => stop.id === id);
    if (row >= 0) return [column, row];
  }
  return null;
}

/** The stop that Tab leads to: the one last used, or the first of today, or the first there is. */
export function entrance(all: Stops, last: string | null, today: Day): string | null {
  if (last !== null && find(all, last)) return last;
  const now = all.find(({ day, stops }) => day === today && stops.length > 0);
  return (now ?? all.find(({ stops }) => stops.length > 0))?.stops[0]?.id ?? null;
}

/**
 * Where an arrow key leads in days beside each other: up and down within the day, left and right to the day before and
 * after, to what is nearest in time.
 */
export function nextInColumns(all: Stops, from: string, arrow: Arrow): string | null {
  const place = find(all, from);
  if (!place) return null;
  const [column, row] = place;
  const here = all[column]?.stops ?? [];
  if (arrow === "ArrowUp" || arrow === "ArrowDown")
    return here[row + (arrow === "ArrowUp" ? -1 : 1)]?.id ?? null;
  const by = arrow === "ArrowLeft" ? -1 : 1;
  for (let other = column + by; other >= 0 && other < all.length; other += by) {
    const near = nearest(all[other]?.stops ?? [], here[row]?.minutes ?? 0);
    if (near) return near.id;
  }
  return null;
}

function nearest(stops: Stop[], minutes: number): Stop | null {
  let best: Stop | null = null;
  for (const stop of stops)
    if (!best || Math.abs(stop.minutes - minutes) < Math.abs(best.minutes - minutes)) best = stop;
  return best;
}

/** Where an arrow key leads in the weeks of a month: within the cell, then to the cell beside, above or below. */
export function nextInWeeks(all: Stops, from: string, arrow: Arrow): string | null {
  const place = find(all, from);
  if (!place) return null;
  const [cell, row] = place;
  if (arrow === "ArrowUp") return (all[cell]?.stops[row - 1] ?? all[cell - 7]?.stops.at(-1))?.id ?? null;
  if (arrow === "ArrowDown") return (all[cell]?.stops[row + 1] ?? all[cell + 7]?.stops[0])?.id ?? null;
  const beside = all[cell + (arrow === "ArrowLeft" ? -1 : 1)]?.stops ?? [];
  return (beside[row] ?? beside.at(-1))?.id ?? null;
}
