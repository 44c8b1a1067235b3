import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { accountsChanged } from "./queries";

/** The latest look at an account's health; while one runs, it is asked for again and again. */
export const latestCheckQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id, "checks", "latest"],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: 1 } };
      return (await body(api.GET("/api/connections/{id}/checks", { params, signal }))).items[0] ?? null;
    },
    refetchInterval: ({ state }) => (state.data && !state.data.finished_at ? 400 : false),
  });

export const checksQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["connections", id, "checks", "all"],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/connections/{id}/checks", {
          params: { path: { id }, query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const refreshLogQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["connections", id, "refresh-log"],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/connections/{id}/refresh-log", {
          params: { path: { id }, query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** Looks at everything that must hold before a post can go out. */
export function useCheckConnection() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/connections/{id}/check", { params: { path: { id } } })),
    onSettled: () => accountsChanged(queryClient),
  });
}

/** Renews the access. */
export function useRefreshConnection() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/connections/{id}/refresh", { params: { path: { id } } })),
    onSettled: () => accountsChanged(queryClient),
  });
}

/** Reads name, permissions and channels anew. */
export function useSyncConnection() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/connections/{id}/sync", { params: { path: { id } } })),
    onSettled: () => accountsChanged(queryClient),
  });
}
