import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { makePasskey } from "@/features/account/passkeys";
import { passkeysQuery, signInsQuery } from "./queries";

function usePasskeysChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(passkeysQuery);
}

export function useAddPasskey() {
  const onSuccess = usePasskeysChanged();
  return useMutation({
    mutationFn: ({ name, password }: { name: string; password: string | undefined }) =>
      makePasskey(name, password),
    onSuccess,
  });
}

export function useRenamePasskey(id: string) {
  const onSuccess = usePasskeysChanged();
  return useMutation({
    mutationFn: (name: string) =>
      body(api.PATCH("/api/auth/passkeys/{id}", { params: { path: { id } }, body: { name } })),
    onSuccess,
  });
}

export function useRemovePasskey(id: string) {
  const onSuccess = usePasskeysChanged();
  return useMutation({
    mutationFn: (password: string | undefined) =>
      body(
        api.DELETE("/api/auth/passkeys/{id}", {
          params: { path: { id } },
          body: password ? { password } : {},
        }),
      ),
    onSuccess,
  });
}

/** Goes to the provider; what comes back is a page of ours. */
export function useLinkSignIn() {
  return useMutation({
    mutationFn: (password: string | undefined) =>
      body(
        api.POST("/api/auth/oidc/link", {
          body: { return_to: "/settings/security", ...(password ? { password } : {}) },
        }),
      ),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useUnlinkSignIn(issuer: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (password: string | undefined) =>
      body(api.POST("/api/auth/oidc/unlink", { body: { issuer, ...(password ? { password } : {}) } })),
    onSuccess: () => queryClient.invalidateQueries(signInsQuery),
  });
}
