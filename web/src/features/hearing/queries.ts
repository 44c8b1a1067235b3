import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { lookEvery } from "@/features/frame/live/standing";
import { type EventsSearch, filtersOf, scopeOf } from "./search";

const PAGE = 50;
/** Events come at any time, and the server says so while it can. */
const lookAtEvents = () => lookEvery(5_000);

const ALL = ["webhook-events"];

/** What platforms told, the newest first. */
export const eventsQuery = (search: EventsSearch) =>
  infiniteQueryOptions({
    queryKey: [...ALL, "list", filtersOf(search), scopeOf(search)],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/webhook-events", {
          params: {
            query: {
              ...filtersOf(search),
              ...scopeOf(search),
              limit: PAGE,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: lookAtEvents,
  });

/** How many stand where, how each platform fares, and the addresses that platforms are given. */
export const statsQuery = (search: EventsSearch) =>
  queryOptions({
    queryKey: [...ALL, "stats", scopeOf(search)],
    queryFn: ({ signal }) =>
      body(api.GET("/api/webhook-events/stats", { params: { query: scopeOf(search) }, signal })),
    refetchInterval: lookAtEvents,
  });

export const eventQuery = (id: string, search: EventsSearch) =>
  queryOptions({
    queryKey: [...ALL, "one", id, scopeOf(search)],
    queryFn: ({ signal }) =>
      body(api.GET("/api/webhook-events/{id}", { params: { path: { id }, query: scopeOf(search) }, signal })),
    // Until nothing more happens to it by itself.
    refetchInterval: ({ state }) =>
      ["processed", "dead_letter"].includes(state.data?.status ?? "") ? false : 2_000,
  });

function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ALL }),
  });
}

export const useRetry = (search: EventsSearch) =>
  useChange((id: string) =>
    body(api.POST("/api/webhook-events/{id}/retry", { params: { path: { id }, query: scopeOf(search) } })),
  );

export const useDelete = (search: EventsSearch) =>
  useChange((id: string) =>
    body(api.DELETE("/api/webhook-events/{id}", { params: { path: { id }, query: scopeOf(search) } })),
  );

/** Sends what a platform could tell of a channel; answers the event that it became. */
export const useSendTest = () =>
  useChange((wish: { channel_id: string; kind: string }) =>
    body(api.POST("/api/webhook-events/test", { body: wish })),
  );

/** Works off once more whatever the filters leave. */
export const useReplay = (search: EventsSearch) =>
  useChange(() => body(api.POST("/api/webhook-events/replay", replay(search, false))));

/** What that would change, without changing it. */
export const wouldChangeQuery = (search: EventsSearch) =>
  queryOptions({
    queryKey: ["webhook-replay", filtersOf(search), scopeOf(search)],
    queryFn: ({ signal }) =>
      body(api.POST("/api/webhook-events/replay", { ...replay(search, true), signal })),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

const replay = (search: EventsSearch, dry_run: boolean) => ({
  params: { query: scopeOf(search) },
  body: { ...filtersOf(search), dry_run },
});
