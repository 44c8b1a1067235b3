import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { CalendarEntry } from "@/api/model";
import { lookEvery } from "@/features/frame/live/standing";
import type { CalendarFilters } from "./search";

/** Under `posts`, so that whatever changes a post lets the calendar ask again. */
export const CALENDAR = ["posts", "calendar"] as const;

const SOON = 120_000;

export interface CalendarRange {
  from: string;
  to: string;
}

/** Every post of the range that the filters let through. */
export const calendarQuery = (range: CalendarRange, { channel, state, author }: CalendarFilters) =>
  queryOptions({
    queryKey: [...CALENDAR, range, { channel, state, author }],
    queryFn: async ({ signal }) => {
      const query = {
        ...range,
        ...(channel ? { channel_id: channel } : {}),
        ...(state ? { state } : {}),
        ...(author ? { author_id: author } : {}),
      };
      return (await body(api.GET("/api/calendar", { params: { query }, signal }))).items;
    },
    placeholderData: keepPreviousData,
    structuralSharing: (old, fresh) =>
      keepEqual(old as CalendarEntry[] | undefined, fresh as CalendarEntry[]),
    refetchInterval: (query) => refreshEvery(query.state.data ?? []),
  });

export const calendarAuthorsQuery = queryOptions({
  queryKey: ["calendar", "authors"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/calendar/authors", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
  staleTime: 300_000,
});

/** Closely while something goes out or is about to, now and then otherwise. */
export function refreshEvery(entries: CalendarEntry[], now = Date.now()): number {
  const moving = entries.some(
    ({ state, at }) => state === "publishing" || (state === "scheduled" && Date.parse(at) - now < SOON),
  );
  return moving ? 4_000 : lookEvery();
}

/**
 * Keeps the entries that did not change, so that only cards that did are drawn again.
 *
 * Comparing thousands of entries field by field, as is the custom, would be felt.
 */
export function keepEqual(old: CalendarEntry[] | undefined, fresh: CalendarEntry[]): CalendarEntry[] {
  if (!old) return fresh;
  const known = new Map(old.map((entry) => [entry.id, entry]));
  let same = old.length === fresh.length;
  const kept = fresh.map((entry, index) => {
    const before = known.get(entry.id);
    if (!before || !isSame(before, entry)) {
      same = false;
      return entry;
    }
    same &&= old[index] === before;
    return before;
  });
  return same ? old : kept;
}

function isSame(a: CalendarEntry, b: CalendarEntry): boolean {
  return (
    a.revision === b.revision &&
    a.state === b.state &&
    a.at === b.at &&
    a.can_move === b.can_move &&
    a.thumbnail_url === b.thumbnail_url &&
    a.author?.name === b.author?.name &&
    a.deliveries.length === b.deliveries.length &&
    a.deliveries.every(
      (delivery, index) =>
        delivery.state === b.deliveries[index]?.state &&
        delivery.permalink === b.deliveries[index]?.permalink,
    )
  );
}
