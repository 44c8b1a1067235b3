import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import type { Media, Post } from "@/api/model";
import { uploadWhole } from "@/api/upload";
import { somePostsQuery } from "@/features/posts/queries";
import pictureUrl from "./first-post.jpg";

interface FirstRunChange {
  workspace_named?: boolean;
  post_id?: string;
  dismissed?: boolean;
}

/** What the server remembers of the first run. */
export const firstRunQuery = queryOptions({
  queryKey: ["first-run"],
  queryFn: ({ signal }) => body(api.GET("/api/first-run", { signal })),
  staleTime: 60_000,
});

/** Whether any post is on its way yet. */
export const begunPostsQuery = somePostsQuery("all", 5);

export function useRememberFirstRun() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: FirstRunChange) => body(api.PATCH("/api/first-run", { body: change })),
    onSuccess: (run) => queryClient.setQueryData(firstRunQuery.queryKey, run),
  });
}

/** Makes the first post as a draft, with a text and a picture ready, and remembers which it is. */
export function useBeginFirstPost() {
  const queryClient = useQueryClient();
  const remember = useRememberFirstRun();
  return useMutation({
    mutationFn: async (start: { text: string; alt: string; fileName: string; channelIds: string[] }) => {
      const picture = await uploadPicture(start.fileName);
      const post = await body(
        api.POST("/api/posts", {
          headers: { "Idempotency-Key": newIdempotencyKey() },
          body: {
            text: start.text,
            media: picture ? [{ id: picture.id, alt: start.alt }] : [],
            channel_ids: start.channelIds,
            schedule: { kind: "draft" },
          },
        }),
      );
      await remember.mutateAsync({ post_id: post.id });
      return post as Post;
    },
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["posts"] }),
        queryClient.invalidateQueries({ queryKey: ["media"] }),
      ]),
  });
}

/** Some channels take no post without a picture. Should it not arrive, the composer says so and takes another. */
async function uploadPicture(name: string): Promise<Media | null> {
  try {
    const bytes = await (await fetch(pictureUrl)).blob();
    return await uploadWhole(
      new File([bytes], name, { type: "image/jpeg" }),
      () => {},
      new AbortController().signal,
    );
  } catch {
    return null;
  }
}
