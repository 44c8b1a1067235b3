import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, body } from "@/api/client";
import type { AuthStatus, User, Workspace } from "@/api/model";

/** Who is here and what this installation is like; everything else hangs on it. */
export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: ({ signal }) => body(api.GET("/api/auth/status", { signal })),
  staleTime: 60_000,
});

export interface Session {
  user: User;
  workspace: Workspace;
  status: AuthStatus;
}

/** The signed-in person and the workspace; only for pages inside the frame, which nobody else reaches. */
export function useSession(): Session {
  const { data: status } = useSuspenseQuery(statusQuery);
  const workspaces = status.workspaces ?? [];
  const workspace = workspaces.find(({ id }) => id === status.workspace_id) ?? workspaces[0];
  if (!status.user || !workspace) throw new Error("a page of the frame was shown to nobody");
  return { user: status.user, workspace, status };
}

export function useLogIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      body(api.POST("/api/auth/login", { body: input })),
    onSuccess: () => queryClient.resetQueries(),
  });
}

export function useRegister() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { email: string; password: string; name: string }) =>
      body(api.POST("/api/auth/register", { body: input })),
    onSuccess: () => queryClient.resetQueries(),
  });
}

/** Ends the session and forgets everything that was loaded with it. */
export function useLogOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => body(api.POST("/api/auth/logout")),
    onSuccess: async () => {
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "status" });
      await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 });
      await navigate({ to: "/login", search: {} });
    },
  });
}

export function useRenameWorkspace(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      body(api.PATCH("/api/workspaces/{id}", { params: { path: { id } }, body: { name } })),
    onSuccess: () => queryClient.invalidateQueries(statusQuery),
  });
}
