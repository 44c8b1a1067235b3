import { toWallClock } from "@/ui/time/wall-clock";
import { minutesOf } from "./placing";

/** How far into the day the zone's clocks are. */
export const minutesNow = (now: Date, zone: string): number => minutesOf(toWallClock(now, zone).time);
