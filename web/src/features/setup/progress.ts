import { useQuery } from "@tanstack/react-query";
import { useSession } from "@/features/account/session";
import { connectionsQuery } from "@/features/connections/queries";
import { somePostsQuery } from "@/features/posts/queries";

export const STEPS = ["account", "workspace", "connect", "post"] as const;
export type Step = (typeof STEPS)[number];

/**
 * Which steps are done, told from what the server has; nothing is remembered in the browser.
 *
 * A workspace counts as named once it is called something else than the server's own proposal, or once work in it began.
 */
export function stepsDone(facts: {
  proposedName: boolean;
  connections: number;
  postsOnTheirWay: number;
}): Step[] {
  const connected = facts.connections > 0;
  const posted = facts.postsOnTheirWay > 0;
  return STEPS.filter((step) => {
    if (step === "workspace") return !facts.proposedName || connected || posted;
    if (step === "connect") return connected;
    if (step === "post") return posted;
    return true;
  });
}

/** The progress of the first run; `null` until the server told. */
export function useSetupProgress(): { done: Step[]; next: Step | null } | null {
  const { user, workspace } = useSession();
  const connections = useQuery(connectionsQuery);
  const posts = useQuery(somePostsQuery("all", 5));
  if (!connections.data || !posts.data) return null;

  const counts = posts.data.counts;
  const postsOnTheirWay = Object.entries(counts).reduce(
    (sum, [state, n]) => (state === "draft" || state === "cancelled" ? sum : sum + n),
    0,
  );
  const done = stepsDone({
    proposedName: workspace.name === `${user.name}'s workspace`,
    connections: connections.data.filter(({ status }) => status !== "disconnected").length,
    postsOnTheirWay,
  });
  return { done, next: STEPS.find((step) => !done.includes(step)) ?? null };
}
