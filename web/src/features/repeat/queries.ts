import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { isComplete, type Rule } from "./rule";

/** The first times of a rule; asked for only once it is complete and has a beginning. */
export const repeatPreviewQuery = (rule: Rule | null, start: Date | null, zone: string) =>
  queryOptions({
    queryKey: ["repeat-preview", rule, start?.toISOString(), zone],
    queryFn: ({ signal }) =>
      body(
        api.POST("/api/posts/repeat-preview", {
          body: { repeat: rule ?? { kind: "never" }, start: start?.toISOString() ?? "", time_zone: zone },
          signal,
        }),
      ),
    enabled: rule !== null && start !== null && isComplete(rule),
    staleTime: 60_000,
    retry: false,
  });

/** Lets a post come round no more. */
export function useStopRepeating() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.POST("/api/posts/{id}/stop-repeating", { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["posts"] }),
  });
}
