import type { KeyboardEvent } from "react";
import type { CalendarEntry } from "@/api/model";
import type { Day } from "./days";
import type { Desk, Moving } from "./desk";
import type { PlacedByDay } from "./placing";

/** What each of the four views is given. */
export interface ViewProps {
  days: Day[];
  placed: PlacedByDay;
  desk: Desk;
  now: Date;
  loading: boolean;
  moving: Moving | null;
  /** Takes the keys that move a post; true when it took one. */
  onKeyDown: (event: KeyboardEvent, entries: ReadonlyMap<string, CalendarEntry>) => boolean;
  narrow: boolean;
}
