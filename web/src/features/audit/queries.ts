import { infiniteQueryOptions, keepPreviousData, useMutation } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { type AuditSearch, auditParameters } from "./search";

const PAGE = 50;

/** What happened, the newest first. */
export const auditQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: ["audit", auditParameters(search)],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/audit", {
          params: {
            query: { ...auditParameters(search), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
  });

/** Looks through the whole log, whatever is listed. */
export function useVerify() {
  return useMutation({ mutationFn: () => body(api.GET("/api/audit/verify", { cache: "no-store" })) });
}
