import { z } from "zod";
import type { PostState } from "./states";

/** The tabs of the list, each a set of states. */
export const TABS = {
  all: [],
  scheduled: ["scheduled", "publishing", "waiting_approval"],
  drafts: ["draft"],
  needs: ["failed", "partly_published", "needs_attention", "missed"],
  published: ["published", "partly_published"],
} as const satisfies Record<string, readonly PostState[]>;

export type Tab = keyof typeof TABS;

/** What the list's address says. */
export const postsSearch = z.object({
  tab: z.enum(["all", "scheduled", "drafts", "needs", "published"]).optional().catch(undefined),
  channel: z.string().optional().catch(undefined),
  q: z.string().optional().catch(undefined),
});
export type PostsSearch = z.infer<typeof postsSearch>;

/** What the list's address asks of the server. */
export function postsParameters({ tab = "all", channel, q }: PostsSearch) {
  const state = TABS[tab].join(",");
  return {
    ...(state ? { state } : {}),
    ...(channel ? { channel_id: channel } : {}),
    ...(q ? { q } : {}),
  };
}

/** How many posts a tab holds, from the server's count by state. */
export const tabCount = (tab: Tab, counts: Record<string, number>): number =>
  TABS[tab].reduce((sum, state) => sum + (counts[state] ?? 0), 0);
