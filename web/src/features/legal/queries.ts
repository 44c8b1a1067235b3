import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";

export const LEGAL_PAGES = ["privacy", "terms"] as const;
export type LegalPageId = (typeof LEGAL_PAGES)[number];

/** A page's text; Fanfare's own is in the language asked for. */
export const legalPageQuery = (page: LegalPageId, language: string) =>
  queryOptions({
    queryKey: ["pages", page, language],
    queryFn: ({ signal }) =>
      body(api.GET("/api/pages/{page}", { params: { path: { page }, query: { language } }, signal })),
  });

export function useReplacePage(page: LegalPageId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (text: string) =>
      body(api.PUT("/api/pages/{page}", { params: { path: { page } }, body: { text } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["pages", page] }),
  });
}

export function useRestorePage(page: LegalPageId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.DELETE("/api/pages/{page}", { params: { path: { page } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["pages", page] }),
  });
}
