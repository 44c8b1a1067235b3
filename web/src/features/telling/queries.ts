import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import type { WebhookEndpointChange, WebhookEndpointInput, WebhookSending } from "@/api/model";
import { lookEvery } from "@/features/frame/live/standing";
import { type AttemptsSearch, filtersOf } from "./search";

const ALL = ["webhooks"] as const;
const of = (id: string) => ({ path: { id } });

/** A workspace has a few. */
export const endpointsQuery = queryOptions({
  queryKey: [...ALL, "list"],
  queryFn: async ({ signal }) => (await body(api.GET("/api/webhooks", { signal }))).items,
  refetchInterval: () => lookEvery(),
});

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: [...ALL, "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/webhooks/{id}", { params: of(id), signal })),
    refetchInterval: () => lookEvery(),
  });

/** Everything that can be told, with an example of each. */
export const eventTypesQuery = queryOptions({
  queryKey: ["webhook-event-types"],
  queryFn: async ({ signal }) => (await body(api.GET("/api/webhooks/event-types", { signal }))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Each try to tell the endpoint something, the newest first. */
export const attemptsQuery = (id: string, search: AttemptsSearch) =>
  infiniteQueryOptions({
    queryKey: [...ALL, "attempts", id, filtersOf(search)],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/webhooks/{id}/attempts", {
          params: { ...of(id), query: { ...filtersOf(search), ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: () => lookEvery(),
  });

function useAct<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ALL }),
  });
}

export const useMakeEndpoint = () =>
  useAct((endpoint: WebhookEndpointInput) =>
    body(
      api.POST("/api/webhooks", {
        params: { header: { "Idempotency-Key": newIdempotencyKey() } },
        body: endpoint,
      }),
    ),
  );

export const useChangeEndpoint = (id: string) =>
  useAct((change: WebhookEndpointChange) =>
    body(api.PATCH("/api/webhooks/{id}", { params: of(id), body: change })),
  );

/** What was shown of it goes at once, or the page would ask for what is no more. */
export function useDeleteEndpoint(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.DELETE("/api/webhooks/{id}", { params: of(id) })),
    onSuccess: () => queryClient.invalidateQueries(endpointsQuery),
  });
}

/** Sends something at once, and answers with what came of it. */
export const useTestEndpoint = (id: string) =>
  useAct((event_type: string) =>
    body(api.POST("/api/webhooks/{id}/test", { params: of(id), body: { event_type } })),
  );

/** Another secret; the present one signs as well for as many hours. */
export const useRotateSecret = (id: string) =>
  useAct((overlap_hours: number) =>
    body(api.POST("/api/webhooks/{id}/rotate-secret", { params: of(id), body: { overlap_hours } })),
  );

export const useSendAgain = (id: string) =>
  useAct((what: WebhookSending) =>
    body(api.POST("/api/webhooks/{id}/replay", { params: of(id), body: { ...what, dry_run: false } })),
  );

/** How many messages that would be, without sending any. */
export const wouldSendQuery = (id: string, what: WebhookSending | null) =>
  queryOptions({
    queryKey: ["webhook-replay", id, what],
    queryFn: ({ signal }) =>
      body(
        api.POST("/api/webhooks/{id}/replay", {
          params: of(id),
          body: { ...what, dry_run: true },
          signal,
        }),
      ),
    enabled: what !== null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
