import type { Query, QueryClient } from "@tanstack/react-query";
import { lookAgain } from "@/features/posts/queries";

/** The first words of the keys of what shows things of a kind, as the audit log names kinds. */
const SHOWN_BY: Record<string, string[]> = {
  post: ["posts", "queue", "deliveries"],
  delivery: ["posts", "queue", "deliveries", "first-run"],
  first_comment: ["posts", "deliveries"],
  media: ["media"],
  media_folder: ["media"],
  media_import: ["media-imports"],
  connection: ["connections", "channels", "platforms", "first-run"],
  channel: ["channels", "connections", "queue", "hearing-health"],
  webhook_event: ["webhook-events", "deliveries", "hearing-health"],
  channel_group: ["channel-groups"],
  workspace: ["status"],
  member: ["members", "status"],
  invitation: ["members"],
  api_key: ["api-keys"],
  webhook: ["webhooks"],
  notification: ["notifications"],
};

/** What the person writes or looks at by themselves, and what the server never changes behind their back. */
const LEFT_ALONE = new Set([
  "validate",
  "repeat-preview",
  "links",
  "post-pages",
  "webhook-replay",
  "remote-files",
]);

/** Asks again for what is shown of these kinds, and marks the rest of it for when it is shown next. */
export function refresh(queryClient: QueryClient, kinds: readonly string[]): void {
  const everything = kinds.includes("*");
  const keys = new Set(kinds.flatMap((kind) => SHOWN_BY[kind] ?? []));
  const isStale = ({ queryKey: [first], meta }: Query) =>
    !meta?.readOnce && typeof first === "string" && (everything ? !LEFT_ALONE.has(first) : keys.has(first));
  void queryClient.invalidateQueries({ predicate: isStale });
  // Long lists keep themselves fresh, page by page.
  if (everything || keys.has("posts")) lookAgain();
}
