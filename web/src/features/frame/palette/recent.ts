import { z } from "zod";

/** Where somebody went by the palette, to be offered first next time. */
const recentPlace = z.object({
  id: z.string(),
  kind: z.enum(["page", "post", "channel", "media"]),
  title: z.string(),
  href: z.string().startsWith("/"),
});
export type RecentPlace = z.infer<typeof recentPlace>;

const KEPT = 5;
const key = (workspace: string) => `fanfare-recent-${workspace}`;

export function recentPlaces(workspace: string): RecentPlace[] {
  try {
    return z.array(recentPlace).parse(JSON.parse(localStorage.getItem(key(workspace)) ?? "[]"));
  } catch {
    // Blocked, or written by another version: then nothing is recent.
    return [];
  }
}

export function rememberPlace(workspace: string, place: RecentPlace): void {
  const others = recentPlaces(workspace).filter(({ id }) => id !== place.id);
  try {
    localStorage.setItem(key(workspace), JSON.stringify([place, ...others].slice(0, KEPT)));
  } catch {
    // Then it is forgotten.
  }
}
