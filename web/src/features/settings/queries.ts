import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, body } from "@/api/client";
import { lookAnew, statusQuery } from "@/features/account/session";

/** One's own account, with what is under way. */
export const accountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: ({ signal }) => body(api.GET("/api/account", { signal })),
});

/** Lets everything that shows the person ask again. */
export function useAccountChanged() {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(accountQuery),
      queryClient.invalidateQueries(statusQuery),
    ]);
  };
}

export function useChangeSelf() {
  const onSuccess = useAccountChanged();
  return useMutation({
    mutationFn: (change: { name?: string; language?: string }) =>
      body(api.PATCH("/api/account", { body: change })),
    onSuccess,
  });
}

export function useChangePassword() {
  // Whoever had none has one now.
  const onSuccess = useAccountChanged();
  return useMutation({
    onSuccess,
    mutationFn: (input: { current_password: string; password: string }) =>
      body(api.POST("/api/account/password", { body: input })),
  });
}

export function useChangeEmail() {
  const onSuccess = useAccountChanged();
  return useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      body(api.POST("/api/account/email", { body: input })),
    onSuccess,
  });
}

export function useCallEmailOff() {
  const onSuccess = useAccountChanged();
  return useMutation({ mutationFn: () => body(api.DELETE("/api/account/email")), onSuccess });
}

/** Ends everything that is this person's, and with it the session. */
export function useDeleteAccount() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (input: { password: string; code?: string }) =>
      body(api.DELETE("/api/account", { body: input })),
    onSuccess: async () => {
      await lookAnew(queryClient);
      await navigate({ to: "/login", search: {} });
    },
  });
}
