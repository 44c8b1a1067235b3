import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { InstallationRetention } from "@/api/model";
import { type AuditSearch, auditParameters } from "@/features/audit/search";

const LOG = ["admin", "audit"] as const;

/** What happened to the installation, the newest first. */
export const installationLogQuery = (search: AuditSearch) =>
  infiniteQueryOptions({
    queryKey: [...LOG, auditParameters(search)],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/admin/audit", {
          params: {
            query: { ...auditParameters(search), limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
  });

/** Everybody who may have done something to the installation. */
export const everybodyQuery = queryOptions({
  queryKey: ["admin", "everybody"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/admin/users", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export function useVerifyInstallation() {
  return useMutation({ mutationFn: () => body(api.GET("/api/admin/audit/verify", { cache: "no-store" })) });
}

export const installationRetentionQuery = queryOptions({
  queryKey: ["admin", "retention"],
  queryFn: ({ signal }) => body(api.GET("/api/admin/retention", { signal })),
});

export function useChangeInstallationRetention() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (spans: InstallationRetention) => body(api.PUT("/api/admin/retention", { body: spans })),
    onSuccess: async (changed) => {
      queryClient.setQueryData(installationRetentionQuery.queryKey, changed);
      await queryClient.invalidateQueries({ queryKey: LOG });
    },
  });
}
