import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { SavedFilter } from "@/api/model";

type FilteredPage = SavedFilter["page"];

const key = (page: FilteredPage) => ["saved-filters", page] as const;

/** The filters that this person keeps for a page, oldest first. */
export const savedFiltersQuery = (page: FilteredPage) =>
  queryOptions({
    queryKey: key(page),
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        body(api.GET("/api/saved-filters", { params: { query: { page, limit: 100, ...cursor } }, signal })),
      ),
    staleTime: 60_000,
  });

function useFilterAct<Input, Answer>(page: FilteredPage, act: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: key(page) }),
  });
}

export const useKeepFilter = (page: FilteredPage) =>
  useFilterAct(page, (input: { name: string; query: Record<string, unknown> }) =>
    body(
      api.POST("/api/saved-filters", {
        params: { header: { "Idempotency-Key": newIdempotencyKey() } },
        body: { page, ...input },
      }),
    ),
  );

export const useChangeFilter = (page: FilteredPage) =>
  useFilterAct(page, ({ id, ...change }: { id: string; name?: string; query?: Record<string, unknown> }) =>
    body(api.PATCH("/api/saved-filters/{id}", { params: { path: { id } }, body: change })),
  );

export const useDeleteFilter = (page: FilteredPage) =>
  useFilterAct(page, (id: string) =>
    body(api.DELETE("/api/saved-filters/{id}", { params: { path: { id } } })),
  );
