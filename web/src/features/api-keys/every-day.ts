import type { ApiKeyDay } from "@/api/model";

export type DayFigures = ApiKeyDay;

const DAY = 86_400_000;

/** The last `many` days (UTC) up to today, oldest first; those that the server leaves out had no calls. */
export function everyDay(used: readonly ApiKeyDay[], now: Date, many: number): DayFigures[] {
  const figures = new Map(used.map((each) => [each.day, each]));
  return Array.from({ length: many }, (_, index) => {
    const day = new Date(now.getTime() - (many - 1 - index) * DAY).toISOString().slice(0, 10);
    return figures.get(day) ?? { day, calls: 0, refused: 0 };
  });
}
