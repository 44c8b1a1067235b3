import {
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from "@tanstack/react-query";
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

/** Where requests act that name no workspace; people whose last one is gone have none. */
export function currentWorkspace({ workspaces, workspace_id }: AuthStatus): Workspace | undefined {
  return workspaces?.find(({ id }) => id === workspace_id) ?? workspaces?.[0];
}

/** Whether the workspace asks for two steps and the person took one; then it answers nothing else. */
export const lacksTwoFactor = (status: AuthStatus): boolean =>
  Boolean(status.user && !status.took_two_steps && currentWorkspace(status)?.requires_two_factor);

/** The signed-in person and the workspace; only for pages inside the frame, which nobody else reaches. */
export function useSession(): Session {
  const { data: status } = useSuspenseQuery(statusQuery);
  const workspace = currentWorkspace(status);
  if (!status.user || !workspace) throw new Error("a page of the frame was shown to nobody");
  return { user: status.user, workspace, status };
}

export function useLogIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      body(api.POST("/api/auth/login", { body: input })),
    // Who has to give a code as well is not signed in yet.
    onSuccess: ({ ticket }) => (ticket ? undefined : queryClient.resetQueries()),
  });
}

export function useSecondStep() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: { ticket: string; code: string }) =>
      body(api.POST("/api/auth/login-2fa", { body: input })),
    onSuccess: () => queryClient.resetQueries(),
  });
}

/** Has the link sent that leads around a lost device. */
export function useRecovery() {
  return useMutation({
    mutationFn: (ticket: string) => body(api.POST("/api/auth/2fa/recover", { body: { ticket } })),
  });
}

/** What stays when somebody else is here: who that is, and what links in mails did. */
const OUTLIVES = ["status", "links"];

/** Forgets everything that was loaded with a session, and looks who is here now. */
export async function lookAnew(queryClient: QueryClient): Promise<void> {
  queryClient.removeQueries({ predicate: ({ queryKey }) => !OUTLIVES.includes(String(queryKey[0])) });
  await queryClient.fetchQuery({ ...statusQuery, staleTime: 0 });
}

/** What was not sent yet stays: words in the tab, and which files were on their way. */
async function logOut(): Promise<void> {
  await body(api.POST("/api/auth/logout"));
  const { forgetPlaces } = await import("@/features/frame/palette/recent");
  forgetPlaces();
}

/** Ends the session without leaving the page, which is one for everybody. */
export function useEndSession() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: logOut,
    onSuccess: () => lookAnew(queryClient),
  });
}

/** Ends the session and goes to where one begins. */
export function useLogOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: logOut,
    onSuccess: async () => {
      await lookAnew(queryClient);
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
