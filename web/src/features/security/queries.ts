import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import { useAccountChanged } from "@/features/settings/queries";

/** Wherever one is logged in; the device at hand first. */
export const devicesQuery = queryOptions({
  queryKey: ["account", "devices"],
  queryFn: async ({ signal }) => {
    const items = await everyPage((cursor) =>
      body(api.GET("/api/auth/sessions", { params: { query: { ...cursor, limit: 100 } }, signal })),
    );
    return items.toSorted((one, other) => Number(other.is_current) - Number(one.is_current));
  },
});

/** What one logs in with instead of the password. */
export const passkeysQuery = queryOptions({
  queryKey: ["account", "passkeys"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/auth/passkeys", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

/** The sign-ins at other providers that lead into one's account. */
export const signInsQuery = queryOptions({
  queryKey: ["account", "sign-ins"],
  queryFn: async ({ signal }) => (await body(api.GET("/api/auth/oidc", { signal }))).items,
});

function useDevicesChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(devicesQuery);
}

export function useEndDevice() {
  const onSettled = useDevicesChanged();
  return useMutation({
    mutationFn: (id: string) => body(api.DELETE("/api/auth/sessions/{id}", { params: { path: { id } } })),
    onSettled,
  });
}

export function useEndOthers() {
  const onSettled = useDevicesChanged();
  return useMutation({ mutationFn: () => body(api.DELETE("/api/auth/sessions")), onSettled });
}

/** Begins the set-up; nothing is on before a code was given back. */
export function useBeginTwoFactor() {
  return useMutation({
    mutationFn: (password: string | undefined) =>
      body(api.POST("/api/auth/2fa/setup", { body: password ? { password } : {} })),
  });
}

export function useVerifyTwoFactor() {
  const onSuccess = useAccountChanged();
  return useMutation({
    mutationFn: (code: string) => body(api.POST("/api/auth/2fa/verify", { body: { code } })),
    onSuccess,
  });
}

export function useEndTwoFactor() {
  const onSuccess = useAccountChanged();
  return useMutation({
    mutationFn: (input: { password: string; code: string }) =>
      body(api.POST("/api/auth/2fa/disable", { body: input })),
    onSuccess,
  });
}

export function useNewBackupCodes() {
  const onSuccess = useAccountChanged();
  return useMutation({
    mutationFn: (code: string) => body(api.POST("/api/auth/2fa/backup-codes", { body: { code } })),
    onSuccess,
  });
}
