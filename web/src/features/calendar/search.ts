import { z } from "zod";
import { isDay, VIEWS } from "./days";

const list = z.string().optional().catch(undefined);

/** What the calendar's address says. */
export const calendarSearch = z.object({
  view: z.enum(VIEWS).optional().catch(undefined),
  /** The date around which the view lies; today when it is absent. */
  date: z.string().refine(isDay).optional().catch(undefined),
  /** One or several ids or states, separated by commas. */
  channel: list,
  state: list,
  author: list,
});
export type CalendarSearch = z.infer<typeof calendarSearch>;
export type CalendarFilters = Pick<CalendarSearch, "channel" | "state" | "author">;

export const valuesOf = (text: string | undefined): string[] => text?.split(",").filter(Boolean) ?? [];
export const textOf = (values: string[]): string | undefined => values.join(",") || undefined;

export const isFiltered = ({ channel, state, author }: CalendarFilters): boolean =>
  Boolean(channel || state || author);

export const withoutFilters = ({ channel, state, author, ...rest }: CalendarSearch): CalendarSearch => rest;
