import type { Placed } from "./placing";

/** How many minutes of the grid a card is high: later posts stand below it, earlier ones beside it. */
export const CARD_MINUTES = 54;
const LAST = 24 * 60 - CARD_MINUTES;

/** A card's place: which of how many columns. */
export interface Laid extends Placed {
  /** Where its upper edge is; a card of the last minutes begins a little earlier to end with the day. */
  top: number;
  column: number;
  columns: number;
  /** The cards beside it leave room for what is folded. */
  narrowed: boolean;
}

/** Posts of one hour that found no room. */
export interface Fold {
  hour: number;
  count: number;
}

/**
 * Lays a day's posts out in at most so many columns; what finds no room is folded, hour by hour.
 *
 * Posts that stand beside each other share the width, so that a post alone has all of it.
 */
export function layOut(placed: Placed[], most: number): { laid: Laid[]; folds: Fold[] } {
  const laid: Laid[] = [];
  const folded = new Map<number, number>();
  let group: Laid[] = [];
  let groupEnds = -1;
  let ends: number[] = [];
  let narrowed = false;

  const close = () => {
    for (const each of group) Object.assign(each, { columns: ends.length, narrowed });
    laid.push(...group);
  };
  for (const each of placed) {
    const top = Math.min(each.minutes, LAST);
    if (top >= groupEnds) {
      close();
      group = [];
      ends = [];
      narrowed = false;
    }
    let column = ends.findIndex((end) => end <= top);
    if (column < 0) column = ends.length;
    if (column >= most) {
      const hour = Math.floor(each.minutes / 60);
      folded.set(hour, (folded.get(hour) ?? 0) + 1);
      narrowed = true;
      continue;
    }
    ends[column] = top + CARD_MINUTES;
    groupEnds = Math.max(groupEnds, top + CARD_MINUTES);
    group.push({ ...each, top, column, columns: 1, narrowed: false });
  }
  close();
  return { laid, folds: [...folded].map(([hour, count]) => ({ hour, count })) };
}
