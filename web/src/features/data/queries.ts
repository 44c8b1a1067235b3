import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { Retention } from "@/api/model";

/** While one is being made, how far it is changes. */
const LOOK_EVERY_MS = 2_000;

export const retentionQuery = queryOptions({
  queryKey: ["retention"],
  queryFn: ({ signal }) => body(api.GET("/api/retention", { signal })),
});

export type Spans = Pick<Retention, "audit_months" | "key_log_days" | "platform_answers_days">;

export function useChangeRetention() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (spans: Spans) => body(api.PUT("/api/retention", { body: spans })),
    onSuccess: (changed) => queryClient.setQueryData(retentionQuery.queryKey, changed),
  });
}

export const exportsQuery = queryOptions({
  queryKey: ["exports"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/exports", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
  refetchInterval: ({ state }) =>
    state.data?.some(({ state: is }) => is === "making") ? LOOK_EVERY_MS : false,
});

function useExportsChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(exportsQuery);
}

export function useAskForExport() {
  const onSettled = useExportsChanged();
  return useMutation({ mutationFn: () => body(api.POST("/api/exports")), onSettled });
}

export function useDeleteExport() {
  const onSettled = useExportsChanged();
  return useMutation({
    mutationFn: (id: string) => body(api.DELETE("/api/exports/{id}", { params: { path: { id } } })),
    onSettled,
  });
}
