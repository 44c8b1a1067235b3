import type { CalendarEntry } from "@/api/model";
import type { Day } from "./days";
import type { Move } from "./use-move";

/** A post that is on its way: by the keyboard, or sent already. It is shown at the time where it goes. */
export interface Moving {
  entry: CalendarEntry;
  at: Date;
  sent?: boolean;
}

/** What every view needs of the page around it; it changes rarely, so that cards are not drawn again. */
export interface Desk {
  zone: string;
  today: Day;
  hrefOf: (entry: CalendarEntry) => string;
  hrefOfDay: (day: Day) => string;
  titleOf: (entry: CalendarEntry) => string;
  sentenceOf: (entry: CalendarEntry) => string;
  open: (id: string) => void;
  openDay: (day: Day) => void;
  composeAt: (at: Date) => void;
  move: (move: Move) => void;
}
