import type { QueryClient } from "@tanstack/react-query";
import type { Post } from "@/api/model";
import { firstRunQuery } from "./queries";

/** Whether the post that was just stored is the first run's, whose receipt the set-up shows. */
export async function belongsToFirstRun(queryClient: QueryClient, post: Post): Promise<boolean> {
  if (post.state === "draft") return false;
  try {
    return (await queryClient.fetchQuery(firstRunQuery)).post_id === post.id;
  } catch {
    // Then the post's own page shows the same.
    return false;
  }
}
