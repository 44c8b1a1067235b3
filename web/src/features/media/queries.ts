import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { Media } from "@/api/model";

const LIST = ["media", "list"];

export const mediaListQuery = infiniteQueryOptions({
  queryKey: LIST,
  queryFn: ({ pageParam, signal }) =>
    body(
      api.GET("/api/media", {
        params: { query: { limit: 48, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const mediaQuery = (id: string) =>
  queryOptions({
    queryKey: ["media", "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/media/{id}", { params: { path: { id } }, signal })),
  });

/** Lets the library ask again, as after an upload. */
export function useRefreshLibrary() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: LIST });
}

export function useChangeAlt() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, alt }: { id: string; alt: string }) =>
      body(api.PATCH("/api/media/{id}", { params: { path: { id } }, body: { alt } })),
    onSuccess: (media) => {
      queryClient.setQueryData<Media>(mediaQuery(media.id).queryKey, media);
      return queryClient.invalidateQueries({ queryKey: LIST });
    },
  });
}

export function useDeleteMedia() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(api.DELETE("/api/media/{id}", { params: { path: { id } } })),
    onSuccess: (_, id) => {
      queryClient.removeQueries({ queryKey: ["media", "one", id] });
      return queryClient.invalidateQueries({ queryKey: LIST });
    },
  });
}
