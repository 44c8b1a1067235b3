import { browserZone } from "@/i18n/format";
import { toInstant } from "./wall-clock";

const DAY = 86_400_000;

/** When a day, or one so many days later, begins on this person's clocks. */
export function startOfDay(date: string, daysLater = 0): string | undefined {
  const moved = new Date(Date.parse(`${date}T00:00:00Z`) + daysLater * DAY).toISOString().slice(0, 10);
  return toInstant({ date: moved, time: "00:00" }, browserZone())?.toISOString();
}
