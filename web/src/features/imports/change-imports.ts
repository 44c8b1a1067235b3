import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body, newIdempotencyKey } from "@/api/client";
import { ApiError } from "@/api/error";
import type { MediaImport } from "@/api/model";
import { toastFailed } from "@/ui/toast";
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

/**
 * Calls one off, or dismisses one that failed. Whoever waits for it hears at once that it is not wanted: it may arrive before the
 * server is told.
 */
export function useCallOffImport(onWanted?: (id: string, wanted: boolean) => void) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: MediaImport) =>
      body(api.DELETE("/api/media/imports/{id}", { params: { path: { id } } })).catch((error: unknown) => {
        // Somebody was quicker, or it has just arrived and is seen in the library.
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }),
    onMutate: ({ id }) => onWanted?.(id, false),
    onSuccess: (_, { id }) => changeImports(queryClient, (all) => all.filter((each) => each.id !== id)),
    onError: (why, { id, file_name: name }) => {
      onWanted?.(id, true);
      toastFailed(why, t("imports.notCalledOff", { name }));
    },
  });
}
