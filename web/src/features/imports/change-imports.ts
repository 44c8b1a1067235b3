import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, newIdempotencyKey } from "@/api/client";
import { ApiError } from "@/api/error";
import { changeImports } from "./imports-query";

/** Lets one be tried again that was given up. */
export function useRetryImport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(
        api.POST("/api/media/imports/{id}/retry", {
          params: { path: { id } },
          headers: { "Idempotency-Key": newIdempotencyKey() },
        }),
      ),
    onSuccess: (again) =>
      changeImports(queryClient, (all) => all.map((each) => (each.id === again.id ? again : each))),
  });
}

/** Calls one off, or dismisses one that failed. */
export function useCallOffImport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      try {
        await api.DELETE("/api/media/imports/{id}", { params: { path: { id } } });
      } catch (error) {
        // Somebody was quicker, or it has just arrived.
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
      }
    },
    onSuccess: (_, id) => changeImports(queryClient, (all) => all.filter((each) => each.id !== id)),
  });
}
