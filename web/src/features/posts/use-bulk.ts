import { useRef, useState } from "react";
import type { Post } from "@/api/model";
import { type BulkAct, CAN, failed, type Outcome, runBulk, worked } from "./bulk";
import type { PostsSearch } from "./filters";
import {
  cancelPost,
  deletePost,
  duplicatePost,
  movePost,
  pausePost,
  readPage,
  readPost,
  restorePost,
  resumePost,
  useRefreshPosts,
} from "./queries";
import type { Selection } from "./selection";
import { sameTimeAs } from "./states";

/** Most that a page holds. */
const LIMIT = 100;

/** Where the work stands. */
export type Stage =
  | { name: "asking" }
  | { name: "running"; done: number; count: number; stopping: boolean }
  | { name: "told"; outcomes: Outcome[]; notBegun: number };

/** Every post that matches, also what nobody scrolled to. */
export async function collect(search: PostsSearch, signal: AbortSignal): Promise<Post[]> {
  const posts = new Map<string, Post>();
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(search, cursor, LIMIT, signal);
    for (const post of page.items) posts.set(post.id, post);
    cursor = page.next_cursor;
  }
  return [...posts.values()];
}

export const chosenPosts = (selection: Selection): Post[] => [...selection.posts.values()];

/** The calls of each act, and what takes it back; a duplicate is not taken back but can be deleted. */
const DO: Record<Exclude<BulkAct, "move">, (post: Post) => Promise<unknown>> = {
  pause: ({ id }) => pausePost(id),
  resume: ({ id }) => resumePost(id),
  cancel: ({ id }) => cancelPost(id),
  delete: ({ id }) => deletePost(id),
  duplicate: ({ id }) => duplicatePost(id),
};

const UNDO: Partial<Record<BulkAct, (post: Post) => Promise<unknown>>> = {
  pause: ({ id }) => resumePost(id),
  cancel: ({ id }) => restorePost(id),
  delete: ({ id }) => restorePost(id),
  move: (before) => movePost(before.id, sameTimeAs(before)),
};

/** Whether what was done can be taken back for this post as it was. */
const undoable = (act: BulkAct, { schedule: { at } }: Post): boolean =>
  act !== "duplicate" && (act !== "move" || (at !== null && Date.parse(at) > Date.now()));

/** Does one act to many posts, tells how far it is, can be stopped, and knows what failed. */
export function useBulk(act: BulkAct) {
  const refresh = useRefreshPosts();
  const [stage, setStage] = useState<Stage>({ name: "asking" });
  const stopper = useRef<AbortController | null>(null);

  const run = async (
    posts: readonly Post[],
    newTime: (post: Post) => Date | null,
    before: readonly Outcome[] = [],
  ): Promise<Outcome[]> => {
    const able = posts.filter(CAN[act]);
    const stop = new AbortController();
    stopper.current = stop;
    setStage({ name: "running", done: 0, count: able.length, stopping: false });
    const one = async (post: Post) => {
      if (act !== "move") return DO[act](post);
      // Whoever tries again has read what went wrong, so what somebody else changed meanwhile is taken as it is now.
      const seen = before.length > 0 ? await readPost(post.id) : post;
      const at = newTime(seen);
      const { time_zone } = seen.schedule;
      return movePost(seen.id, { kind: "at", at: at?.toISOString(), time_zone }, seen.revision);
    };
    const outcomes = await runBulk(able, one, {
      signal: stop.signal,
      onProgress: (done) => setStage((now) => (now.name === "running" ? { ...now, done } : now)),
    });
    void refresh();
    const all = [...worked(before), ...outcomes];
    setStage({ name: "told", outcomes: all, notBegun: able.length - outcomes.length });
    return all;
  };

  const stop = () => {
    stopper.current?.abort();
    setStage((now) => (now.name === "running" ? { ...now, stopping: true } : now));
  };

  /** Takes back what worked; answers how many could not be. */
  const undo = async (outcomes: readonly Outcome[]): Promise<number> => {
    const back = UNDO[act];
    const done = worked(outcomes).map(({ post }) => post);
    const can = done.filter((post) => undoable(act, post));
    const undone = back ? await runBulk(can, back) : [];
    await refresh();
    return done.length - can.length + failed(undone).length;
  };

  return { stage, run, stop, undo, canUndo: UNDO[act] !== undefined };
}
