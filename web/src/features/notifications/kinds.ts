import type { NotificationKind } from "@/api/model";

/** Every kind, in the order in which they are shown. */
export const KINDS = [
  "post_published",
  "post_failed",
  "delivery_needs_attention",
  "delivery_missed",
  "post_changed_there",
  "comment_received",
  "mention_received",
  "message_received",
  "connection_trouble",
  "webhook_disabled",
  "events_unclaimed",
  "security_alert",
] as const satisfies readonly NotificationKind[];
