import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { NotificationKind, NotificationPreferences } from "@/api/model";

const SHOWN = 30;

/** The newest of the unread, or of the read. */
export const newestQuery = (unread: boolean) =>
  queryOptions({
    queryKey: ["notifications", "newest", unread],
    queryFn: ({ signal }) =>
      body(api.GET("/api/notifications", { params: { query: { unread, limit: SHOWN } }, signal })),
  });

interface Wanted {
  kind?: NotificationKind | undefined;
  unread?: boolean | undefined;
}

/** Everything, page by page. */
export const historyQuery = ({ kind, unread }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ["notifications", "history", kind ?? "", unread ?? false],
    queryFn: ({ signal, pageParam }) =>
      body(
        api.GET("/api/notifications/history", {
          params: {
            query: {
              ...(kind ? { kind } : {}),
              ...(unread ? { unread } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });

export const preferencesQuery = queryOptions({
  queryKey: ["notification-preferences"],
  queryFn: ({ signal }) => body(api.GET("/api/notifications/preferences", { signal })),
});

/** Marking, taking it back and throwing away; whatever shows notifications asks again. */
export function useMarks() {
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ["notifications"] });
  const id = (id: string) => ({ params: { path: { id } } });
  const read = useMutation({
    mutationFn: (one: string) => body(api.POST("/api/notifications/{id}/read", id(one))),
    onSuccess,
  });
  const unread = useMutation({
    mutationFn: (one: string) => body(api.POST("/api/notifications/{id}/unread", id(one))),
    onSuccess,
  });
  const readAll = useMutation({
    mutationFn: () => body(api.POST("/api/notifications/read", { body: {} })),
    onSuccess,
  });
  const takeBack = useMutation({
    mutationFn: (read_at: string) => body(api.POST("/api/notifications/unread", { body: { read_at } })),
    onSuccess,
  });
  return { read, unread, readAll, takeBack };
}

export function useChangePreference() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: { kind: NotificationKind; in_app?: boolean; email?: boolean }) =>
      body(api.PUT("/api/notifications/preferences", { body: { preferences: [change] } })),
    onSuccess: (now: NotificationPreferences) => queryClient.setQueryData(preferencesQuery.queryKey, now),
  });
}
