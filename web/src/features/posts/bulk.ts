import type { Post } from "@/api/model";
import { canPause, isDeletable, isMovable, isPaused, isWaiting } from "./states";

/** What can be done to many posts at once. */
export const BULK_ACTS = ["move", "pause", "resume", "cancel", "duplicate", "delete"] as const;
export type BulkAct = (typeof BULK_ACTS)[number];

/** Whether it makes sense for the post; the others are left out and counted. */
export const CAN: Record<BulkAct, (post: Post) => boolean> = {
  move: isMovable,
  pause: canPause,
  resume: isPaused,
  cancel: isWaiting,
  duplicate: () => true,
  delete: isDeletable,
};

export interface Outcome {
  post: Post;
  /** Why it did not work; absent when it did. */
  error?: unknown;
}

interface Run {
  /** So many at once. */
  width?: number;
  onProgress?: (done: number) => void;
  /** Begins no further one. What is under way ends. */
  signal?: AbortSignal;
}

/** Does something to each post, a few at once; one that fails holds up no other. Answers in the posts' order what was begun. */
export async function runBulk(
  posts: readonly Post[],
  act: (post: Post) => Promise<unknown>,
  { width = 4, onProgress, signal }: Run = {},
): Promise<Outcome[]> {
  const outcomes: (Outcome | undefined)[] = new Array(posts.length);
  let next = 0;
  let done = 0;
  const work = async () => {
    while (!signal?.aborted) {
      const index = next;
      next += 1;
      const post = posts[index];
      if (!post) return;
      try {
        await act(post);
        outcomes[index] = { post };
      } catch (error) {
        outcomes[index] = { post, error };
      }
      done += 1;
      onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return outcomes.filter((outcome) => outcome !== undefined);
}

export const worked = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter((outcome) => !("error" in outcome));

export const failed = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter((outcome) => "error" in outcome);
