import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import { everyPage } from "@/api/every-page";
import { statusQuery } from "@/features/account/session";
import type { Role } from "./roles";

const MEMBERS = ["members"] as const;

export const membersQuery = queryOptions({
  queryKey: [...MEMBERS, "list"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      body(api.GET("/api/members", { params: { query: { limit: 100, ...cursor } }, signal })),
    ),
});

export const invitationsQuery = queryOptions({
  queryKey: [...MEMBERS, "invitations"],
  queryFn: async ({ signal }) => (await body(api.GET("/api/invitations", { signal }))).items,
});

/** One's own role may have changed, too. */
function useMembersChanged() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: MEMBERS }),
      queryClient.invalidateQueries(statusQuery),
    ]);
}

export function useChangeRole() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: ({ user_id, role }: { user_id: string; role: Role }) =>
      body(api.PATCH("/api/members/{id}", { params: { path: { id: user_id } }, body: { role } })),
    onSettled,
  });
}

export function useRemoveMember() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (user_id: string) =>
      body(api.DELETE("/api/members/{id}", { params: { path: { id: user_id } } })),
    onSettled,
  });
}

export function useInvite() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (input: { email: string; role: Role }) => body(api.POST("/api/invitations", { body: input })),
    onSettled,
  });
}

/** A new link; the one before no longer works. */
export function useInviteAgain() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (id: string) => body(api.POST("/api/invitations/{id}/resend", { params: { path: { id } } })),
    onSettled,
  });
}

export function useWithdraw() {
  const onSettled = useMembersChanged();
  return useMutation({
    mutationFn: (id: string) => body(api.DELETE("/api/invitations/{id}", { params: { path: { id } } })),
    onSettled,
  });
}
