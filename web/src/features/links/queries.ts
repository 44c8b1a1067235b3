import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, newIdempotencyKey } from "@/api/client";
import { lookAnew, statusQuery } from "@/features/account/session";
import { nameToServer, tellOtherTabs } from "@/features/frame/workspaces";

/** A link works once, so what it does is asked for once, however often the page is shown. */
const once = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  retryOnMount: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

export const verifyQuery = (token: string) =>
  queryOptions({
    ...once,
    queryKey: ["links", "verify", token],
    queryFn: async ({ client }) => {
      const { user } = await body(api.POST("/api/auth/verify-email", { body: { token } }));
      await client.invalidateQueries(statusQuery);
      return user;
    },
  });

export const confirmEmailQuery = (token: string) =>
  queryOptions({
    ...once,
    queryKey: ["links", "email", token],
    queryFn: async ({ client }) => {
      const confirmed = await body(api.POST("/api/account/email/confirm", { body: { token } }));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "links" });
      return confirmed;
    },
  });

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["links", "invitation", token],
    queryFn: () => body(api.POST("/api/invitations/look", { body: { token } })),
    retry: false,
  });

export function useForgotPassword() {
  return useMutation({
    mutationFn: (email: string) => body(api.POST("/api/auth/forgot-password", { body: { email } })),
  });
}

/** Ends every session, this browser's too. */
export function useResetPassword() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { token: string; password: string }) =>
      body(api.POST("/api/auth/reset-password", { body: input })),
    onSuccess: () => lookAnew(queryClient),
  });
}

/** Logs in and switches two-factor off. */
export function useConfirmRecovery() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => body(api.POST("/api/auth/2fa/recover/confirm", { body: { token } })),
    onSuccess: () => lookAnew(queryClient),
  });
}

export function useStopRecovery() {
  return useMutation({
    mutationFn: (token: string) => body(api.POST("/api/auth/2fa/recover/cancel", { body: { token } })),
  });
}

interface Acceptance {
  token: string;
  name?: string;
  password?: string;
}

/** Joins the workspace, with a new account where there is none yet, and goes over to it. */
export function useAccept() {
  const queryClient = useQueryClient();
  // One for as long as the form is there: when an answer is lost, sending it again signs in to the account that was made.
  const [key] = useState(newIdempotencyKey);
  return useMutation({
    mutationFn: async (input: Acceptance) => {
      const accepted = await body(
        api.POST("/api/invitations/accept", { params: { header: { "Idempotency-Key": key } }, body: input }),
      );
      // The workspace that was named last is the one that is shown. One that asks for two-factor says so on its own pages.
      await nameToServer(accepted.workspace_id).catch(() => undefined);
      return accepted;
    },
    onSuccess: async ({ workspace_id }) => {
      await lookAnew(queryClient);
      tellOtherTabs(workspace_id);
    },
  });
}
