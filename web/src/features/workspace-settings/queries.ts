import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { api, body } from "@/api/client";
import type { AuthStatus } from "@/api/model";
import { lookAnew, statusQuery } from "@/features/account/session";
import { leaveWorkspace, nameToServer, tellOtherTabs } from "@/features/frame/workspaces";

interface WorkspaceChange {
  name?: string;
  requires_two_factor?: boolean;
}

export function useChangeWorkspace(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: WorkspaceChange) =>
      body(api.PATCH("/api/workspaces/{id}", { params: { path: { id } }, body: change })),
    onSuccess: () => queryClient.invalidateQueries(statusQuery),
  });
}

/** Goes to what is left when a workspace is gone for this person. */
function useMoveOn(gone: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  return async () => {
    leaveWorkspace();
    const known = queryClient.getQueryData<AuthStatus>(statusQuery.queryKey);
    const left = (known?.workspaces ?? []).filter(({ id }) => id !== gone);
    // Pages of the frame need a workspace, so somebody without one leaves the frame before that is known.
    await navigate(left.length > 0 ? { to: "/" } : { to: "/new-workspace" });
    await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 });
    await queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== "status" });
    await router.invalidate();
  };
}

export function useLeave(id: string) {
  const onSuccess = useMoveOn(id);
  return useMutation({
    mutationFn: () => body(api.POST("/api/workspaces/{id}/leave", { params: { path: { id } } })),
    onSuccess,
  });
}

export function useDeleteWorkspace(id: string) {
  const onSuccess = useMoveOn(id);
  return useMutation({
    mutationFn: (name: string) =>
      body(api.DELETE("/api/workspaces/{id}", { params: { path: { id } }, body: { name } })),
    onSuccess,
  });
}

/** The other becomes owner, and the person an admin. */
export function useTransfer(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (user_id: string) =>
      body(api.POST("/api/workspaces/{id}/transfer", { params: { path: { id } }, body: { user_id } })),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries(statusQuery),
        queryClient.invalidateQueries({ queryKey: ["members"] }),
      ]),
  });
}

/** Makes a workspace and goes over to it; whoever has none yet is let into the frame by that. */
export function useMakeWorkspace() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (name: string) => {
      const made = await body(api.POST("/api/workspaces", { body: { name } }));
      await nameToServer(made.id);
      return made;
    },
    onSuccess: async ({ id }) => {
      await lookAnew(queryClient);
      await navigate({ to: "/" });
      tellOtherTabs(id);
    },
  });
}
