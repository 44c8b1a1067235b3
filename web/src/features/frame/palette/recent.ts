/** Where somebody went by the palette, to be offered first next time. */
export interface RecentPlace {
  id: string;
  kind: (typeof KINDS)[number];
  title: string;
  href: string;
}

const KINDS = ["page", "post", "channel", "media"] as const;

const KEPT = 5;
const KEY = "fanfare-recent-";
const key = (workspace: string) => `${KEY}${workspace}`;

export function recentPlaces(workspace: string): RecentPlace[] {
  try {
    return (JSON.parse(localStorage.getItem(key(workspace)) ?? "[]") as unknown[]).filter(isPlace);
  } catch {
    // Blocked, or written by another version: then nothing is recent.
    return [];
  }
}

function isPlace(kept: unknown): kept is RecentPlace {
  const { id, kind, title, href } = (kept ?? {}) as Record<string, unknown>;
  const known = KINDS.some((each) => each === kind);
  return known && typeof id === "string" && typeof title === "string" && isInside(href);
}

/** Only a place inside Fanfare is one to go to. */
const isInside = (href: unknown): boolean =>
  typeof href === "string" && href.startsWith("/") && !href.startsWith("//");

export function rememberPlace(workspace: string, place: RecentPlace): void {
  const others = recentPlaces(workspace).filter(({ id }) => id !== place.id);
  try {
    localStorage.setItem(key(workspace), JSON.stringify([place, ...others].slice(0, KEPT)));
  } catch {
    // Then it is forgotten.
  }
}

/** When somebody logs out, whoever sits there next is not shown where they went. */
export function forgetPlaces(): void {
  try {
    for (const each of Object.keys(localStorage)) if (each.startsWith(KEY)) localStorage.removeItem(each);
  } catch {
    // Where storage is blocked nothing was remembered.
  }
}
