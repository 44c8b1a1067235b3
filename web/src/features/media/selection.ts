/** Which files are chosen, and from where a range is drawn. */
export interface Selection {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Adds the file, or takes it out again. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Adds everything from the last chosen file to this one. The start stays, so that the range can be drawn anew. */
export function extended(selection: Selection, order: readonly string[], to: string): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const end = order.indexOf(to);
  if (from < 0 || end < 0) return toggledOn(selection, to);
  const range = order.slice(Math.min(from, end), Math.max(from, end) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: selection.anchor };
}

const toggledOn = ({ ids }: Selection, id: string): Selection => ({ ids: new Set([...ids, id]), anchor: id });

/** Everything that is listed. */
export const all = (order: readonly string[]): Selection => ({
  ids: new Set(order),
  anchor: order[0] ?? null,
});

/** What is left when files go. */
export function kept({ ids, anchor }: Selection, gone: ReadonlySet<string>): Selection {
  return {
    ids: new Set([...ids].filter((id) => !gone.has(id))),
    anchor: anchor !== null && gone.has(anchor) ? null : anchor,
  };
}

/** Where an arrow key leads from one place of a grid, or nowhere. */
export function neighbour(key: string, index: number, columns: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -index,
    End: count - 1 - index,
    PageDown: columns * 4,
    PageUp: -columns * 4,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const next = index + step;
  const isPage = key.startsWith("Page");
  if (next < 0) return isPage ? index % columns : null;
  // From the last full row, down leads to the last file of a shorter one.
  const row = (place: number) => Math.floor(place / columns);
  if (next >= count) return isPage || (step > 0 && row(count - 1) > row(index)) ? count - 1 : null;
  return next === index ? null : next;
}
