import { useQuery } from "@tanstack/react-query";
import type { Connection } from "@/api/model";
import { useSession } from "@/features/account/session";
import { connectionsQuery } from "@/features/connections/queries";
import { begunPostsQuery, firstRunQuery } from "./queries";

export const STEPS = ["account", "workspace", "connect", "post"] as const;
export type Step = (typeof STEPS)[number];

/**
 * Which steps are done, told from what the server has and remembers; nothing is kept in the browser.
 *
 * A workspace counts as named once somebody agreed to its name, or once work in it began.
 */
export function stepsDone(facts: { named: boolean; connections: number; postsOnTheirWay: number }): Step[] {
  const connected = facts.connections > 0;
  const posted = facts.postsOnTheirWay > 0;
  return STEPS.filter((step) => {
    if (step === "workspace") return facts.named || connected || posted;
    if (step === "connect") return connected;
    if (step === "post") return posted;
    return true;
  });
}

/** Whether it is connected and has a place to post to; where there are files alone, there is none. */
export const canPost = ({ status, channels }: Connection): boolean =>
  status !== "disconnected" && channels.length > 0;

export interface SetupProgress {
  done: Step[];
  next: Step | null;
  /** The post that was begun as the first one. */
  postId: string | null;
  /** Nobody wants to be reminded. */
  dismissed: boolean;
}

/** The progress of the first run; `null` until the server told. */
export function useSetupProgress(): { progress: SetupProgress | null; error: unknown; retry: () => void } {
  const { user, workspace } = useSession();
  const run = useQuery(firstRunQuery);
  const connections = useQuery(connectionsQuery);
  const posts = useQuery(begunPostsQuery);
  const all = [run, connections, posts];
  const told = {
    error: all.find(({ error, data }) => error && !data)?.error ?? null,
    retry: () => {
      for (const query of all) if (query.error) void query.refetch();
    },
  };
  if (!run.data || !connections.data || !posts.data) return { progress: null, ...told };

  const postsOnTheirWay = Object.entries(posts.data.counts ?? {}).reduce(
    (sum, [state, n]) => (state === "draft" || state === "cancelled" ? sum : sum + n),
    0,
  );
  const done = stepsDone({
    named: run.data.workspace_named || workspace.name !== `${user.name}'s workspace`,
    connections: connections.data.filter(canPost).length,
    postsOnTheirWay,
  });
  const next = STEPS.find((step) => !done.includes(step)) ?? null;
  return { progress: { done, next, postId: run.data.post_id, dismissed: run.data.dismissed }, ...told };
}
