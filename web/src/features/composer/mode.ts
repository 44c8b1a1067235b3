import type { Delivery, Post } from "@/api/model";

/**
 * What editing means for a post.
 *
 * - `draft`: it saves itself.
 * - `planned`: it has a time; changes are saved when the person says so.
 * - `mend`: some channels refused it; changes are saved and those channels are tried again.
 */
export type Mode = "draft" | "planned" | "mend";

/** Deliveries that a changed post may be tried on again. */
export const toMend = (post: Post): Delivery[] =>
  post.deliveries.filter(({ state, can_retry }) => can_retry && (state === "failed" || state === "missed"));

/** `null` when nothing of the post may change any more. */
export function modeOf(post: Post | null): Mode | null {
  if (post === null || post.state === "draft") return "draft";
  if (post.deliveries.some(({ state }) => state === "publishing")) return null;
  if (post.state === "scheduled" || post.state === "waiting_approval") return "planned";
  return toMend(post).length > 0 ? "mend" : null;
}
