import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { InstallationRetention } from "@/api/model";

/** What happened to the installation, the newest first. */
export const installationLogQuery = infiniteQueryOptions({
  queryKey: ["admin", "audit"],
  queryFn: ({ pageParam, signal }) =>
    body(
      api.GET("/api/admin/audit", {
        params: { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: ({ next_cursor }) => next_cursor,
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
      await queryClient.invalidateQueries(installationLogQuery);
    },
  });
}
