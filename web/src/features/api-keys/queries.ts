import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { ApiKeyChange, ApiKeyInput } from "@/api/model";

const KEYS = ["api-keys"] as const;
/** Days whose figures are shown. */
export const DAYS = 30;

export const apiKeysQuery = queryOptions({
  queryKey: [...KEYS, "list"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/api-keys", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export const apiKeyQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEYS, "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/api-keys/{id}", { params: { path: { id } }, signal })),
  });

export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEYS, "usage", id],
    queryFn: async ({ signal }) =>
      (
        await body(
          api.GET("/api/api-keys/{id}/usage", { params: { path: { id }, query: { days: DAYS } }, signal }),
        )
      ).days,
    refetchInterval: 30_000,
  });

export const callsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...KEYS, "log", id],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/api-keys/{id}/log", {
          params: { path: { id }, query: { limit: 25, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });

function useKeysChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: KEYS });
}

export function useMakeKey() {
  const onSettled = useKeysChanged();
  return useMutation({
    mutationFn: (key: ApiKeyInput) => body(api.POST("/api/api-keys", { body: key })),
    onSettled,
  });
}

export function useChangeKey(id: string) {
  const onSettled = useKeysChanged();
  return useMutation({
    mutationFn: (change: ApiKeyChange) =>
      body(api.PATCH("/api/api-keys/{id}", { params: { path: { id } }, body: change })),
    onSettled,
  });
}

/** A new text; the present one works on for so many minutes. */
export function useRotateKey(id: string) {
  const onSettled = useKeysChanged();
  return useMutation({
    mutationFn: (overlap_minutes: number) =>
      body(api.POST("/api/api-keys/{id}/rotate", { params: { path: { id } }, body: { overlap_minutes } })),
    onSettled,
  });
}

export function useRevokeKey(id: string) {
  const onSettled = useKeysChanged();
  return useMutation({
    mutationFn: () => body(api.DELETE("/api/api-keys/{id}", { params: { path: { id } } })),
    onSettled,
  });
}
