import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { QueueSlot } from "@/api/model";

const QUEUE = ["queue"] as const;

/** One channel's queue. */
export const queueQuery = (channelId: string) =>
  queryOptions({
    queryKey: [...QUEUE, "of", channelId],
    queryFn: ({ signal }) =>
      body(api.GET("/api/channels/{id}/queue", { params: { path: { id: channelId } }, signal })),
  });

/** What is next on every channel. */
export const agendaQuery = queryOptions({
  queryKey: [...QUEUE, "agenda"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/queue", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
  refetchInterval: 60_000,
  // Posts are made and moved on other pages; coming here asks anew.
  staleTime: 0,
});

/** The next free slot of each channel, or why there is none. */
export const freeSlotsQuery = (channelIds: readonly string[]) =>
  queryOptions({
    queryKey: [...QUEUE, "next", ...channelIds],
    queryFn: async ({ signal }) => {
      const query = { channel_id: channelIds.join(",") };
      return (await body(api.GET("/api/queue/next", { params: { query }, signal }))).items;
    },
    enabled: channelIds.length > 0,
    refetchInterval: 60_000,
    staleTime: 0,
  });

/** Replaces the queues of one or several channels by the same slots. */
export function useSetQueues() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { channelIds: string[]; timeZone: string; slots: QueueSlot[] }) =>
      Promise.all(
        input.channelIds.map((id) =>
          body(
            api.PUT("/api/channels/{id}/queue", {
              params: { path: { id } },
              body: { time_zone: input.timeZone, slots: input.slots },
            }),
          ),
        ),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: QUEUE }),
  });
}
