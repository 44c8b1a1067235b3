import type { Delivery, Post } from "@/api/model";
import { lookEvery } from "@/features/frame/live/standing";

const SOON = 120_000;

const isUnderWay = (comment: Delivery["first_comment"]) =>
  comment?.state === "scheduled" || comment?.state === "publishing";

/**
 * How often to look again, in milliseconds: closely while something is going out or about to, now and then otherwise.
 */
export function refreshEvery(posts: Post[], now = Date.now()): number {
  const moving = posts.some(
    (post) =>
      post.state === "publishing" ||
      post.deliveries.some(
        (delivery) =>
          delivery.state === "publishing" ||
          (delivery.state === "published" && isUnderWay(delivery.first_comment)) ||
          (delivery.state === "scheduled" &&
            delivery.due_at !== null &&
            Date.parse(delivery.due_at) - now < SOON),
      ),
  );
  return moving ? 2_500 : lookEvery();
}
