import type { Delivery } from "@/api/model";

/** What was done to a published post at its platform since. */
export type ChangedThere = "edited" | "removed";

/** The last of it; `null` where nothing was, as far as the platform tells. */
export function changedThere({ at_platform }: Pick<Delivery, "at_platform">): ChangedThere | null {
  const change = at_platform?.change;
  return change === "edited" || change === "removed" ? change : null;
}

/** Everything that was published of it was removed at the platforms. */
export function isGoneThere(deliveries: Pick<Delivery, "state" | "at_platform">[]): boolean {
  const published = deliveries.filter(({ state }) => state === "published");
  return published.length > 0 && published.every((delivery) => changedThere(delivery) === "removed");
}
