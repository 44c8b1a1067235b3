import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, useSyncExternalStore } from "react";
import { api, body, newIdempotencyKey } from "@/api/client";
import type { Post } from "@/api/model";
import { useOnceBack } from "@/features/frame/link/current";
import { contentOf, type Draft, draftOf } from "./draft";
import { DraftSaver, type DraftStore, type SaveState } from "./draft-saver";

function serverStore(): DraftStore {
  // The same key for every try to create this one draft, so that a lost answer makes no second one.
  const key = newIdempotencyKey();
  return {
    create: (input) =>
      body(api.POST("/api/posts", { body: input, params: { header: { "Idempotency-Key": key } } })),
    change: (id, input) => body(api.PATCH("/api/posts/{id}", { params: { path: { id } }, body: input })),
    load: (id) => body(api.GET("/api/posts/{id}", { params: { path: { id } } })),
    copy: (input) =>
      body(
        api.POST("/api/posts", {
          body: { ...input, schedule: { kind: "draft" } },
          params: { header: { "Idempotency-Key": newIdempotencyKey() } },
        }),
      ),
  };
}

interface SaverOf {
  post: Post | null;
  /** What a new post begins with, which is no reason to store it. */
  initial: Draft;
  onCreated: (post: Post) => void;
}

/** The saver of one piece of work. */
export function useDraftSaver({ post, initial, onCreated }: SaverOf): {
  saver: DraftSaver;
  state: SaveState;
} {
  const queryClient = useQueryClient();
  const created = useRef(onCreated);
  created.current = onCreated;

  const [saver] = useState(
    () =>
      new DraftSaver(serverStore(), post, contentOf(post ? draftOf(post) : initial), (stored) => {
        created.current(stored);
        void queryClient.invalidateQueries({ queryKey: ["posts", "list"] });
      }),
  );
  const state = useSyncExternalStore(saver.subscribe, saver.state);

  // Nobody else would try again what failed while the server was away.
  useOnceBack(() => {
    if (saver.state().phase === "failed") void saver.flush().catch(() => undefined);
  });

  return { saver, state };
}
