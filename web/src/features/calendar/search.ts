import { day, ids, oneOf, reads, type SearchOf, text } from "@/ui/address/search";
import { VIEWS } from "./days";

/** What the calendar's address says. */
export const calendarSearch = reads({
  view: oneOf(VIEWS),
  /** The date around which the view lies; today when it is absent. */
  date: day,
  /** One or several ids or states, separated by commas. */
  channel: ids,
  state: text,
  author: ids,
});
export type CalendarSearch = SearchOf<typeof calendarSearch>;
export type CalendarFilters = Pick<CalendarSearch, "channel" | "state" | "author">;

export const valuesOf = (text: string | undefined): string[] => text?.split(",").filter(Boolean) ?? [];
export const textOf = (values: string[]): string | undefined => values.join(",") || undefined;

export const isFiltered = ({ channel, state, author }: CalendarFilters): boolean =>
  Boolean(channel || state || author);

export const withoutFilters = ({ channel, state, author, ...rest }: CalendarSearch): CalendarSearch => rest;
