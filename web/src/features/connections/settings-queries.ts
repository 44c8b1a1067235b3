import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";

export const settingsQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id, "settings"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/connections/{id}/settings", { params: { path: { id } }, signal })),
  });

/** Settles what is named; null goes back to the platform's default. */
export function useSettle(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      body(
        api.PATCH("/api/connections/{id}/settings", {
          params: { path: { id } },
          body: { values: values as Record<string, never> },
        }),
      ),
    onSuccess: (answer) => {
      queryClient.setQueryData(settingsQuery(id).queryKey, answer);
      return queryClient.invalidateQueries({ queryKey: ["channels"] });
    },
  });
}

/** What disconnecting would bring with it; never an old answer. */
export const farewellQuery = (id: string) =>
  queryOptions({
    queryKey: ["connections", id, "farewell"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/connections/{id}/disconnect-preview", { params: { path: { id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  });
