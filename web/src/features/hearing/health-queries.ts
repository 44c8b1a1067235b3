import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import { lookEvery } from "@/features/frame/live/standing";

const ALL = ["hearing-health"];

/** How each channel is heard. While something that was missed is read, it is looked at closely. */
export const healthQuery = queryOptions({
  queryKey: ALL,
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/webhook-events/health", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
  refetchInterval: ({ state }) =>
    state.data?.some(({ catch_up }) => catch_up && !catch_up.finished_at) ? 2_000 : lookEvery(),
});

function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queryClient.invalidateQueries({ queryKey: ALL }) });
}

/** Has exactly these fields told of a channel. */
export const useChooseFields = () =>
  useChange(({ id, fields }: { id: string; fields: string[] }) =>
    body(api.PUT("/api/channels/{id}/subscription", { params: { path: { id } }, body: { fields } })),
  );

/** Asks the platform what it tells. */
export const useVerify = () =>
  useChange((id: string) =>
    body(api.POST("/api/channels/{id}/subscription/verify", { params: { path: { id } } })),
  );

/** Has what is wanted told, where it is not. */
export const useRepair = () =>
  useChange((id: string) =>
    body(api.POST("/api/channels/{id}/subscription/repair", { params: { path: { id } } })),
  );

/** Reads from the platform what was missed. */
export const useCatchUp = () =>
  useChange((id: string) =>
    body(api.POST("/api/channels/{id}/catch-up", { params: { path: { id } }, body: {} })),
  );
