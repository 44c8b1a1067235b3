import type { Post } from "@/api/model";
import { toInstant, toWallClock } from "@/ui/time/wall-clock";

/** By how much posts are moved; negative is earlier. */
export interface Shift {
  amount: number;
  unit: "days" | "hours";
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The time of a post, moved.
 *
 * Days are counted on the clocks of the post's zone: what is due at nine stays due at nine when the clocks change. Hours pass
 * as they pass.
 */
export function shifted(
  { at, time_zone }: Pick<Post["schedule"], "at" | "time_zone">,
  { amount, unit }: Shift,
): Date | null {
  if (!at) return null;
  const instant = new Date(at);
  if (unit === "hours") return new Date(instant.getTime() + amount * HOUR);
  const clock = toWallClock(instant, time_zone);
  const day = new Date(Date.parse(`${clock.date}T00:00:00Z`) + amount * DAY).toISOString().slice(0, 10);
  const moved = toInstant({ date: day, time: clock.time }, time_zone);
  // The clock shows minutes only; the seconds stay with the post.
  return moved && new Date(moved.getTime() + (instant.getTime() % 60_000));
}
