import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import type { AuthStatus, User, Workspace } from "@/api/model";
import { watchSession } from "@/features/account/watch-session";
import { createAppRouter } from "@/router";
import { Over } from "@/ui/over/Over";
import { theme } from "@/ui/theme/theme";

let stopWatching = () => {};

/** Opens an address of the whole interface, with its own router. */
export function openPage(address: string): { address: () => string } {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createAppRouter(queryClient);
  router.update({
    ...router.options,
    history: createMemoryHistory({ initialEntries: [address] }),
    defaultPreload: false,
  });
  stopWatching();
  stopWatching = watchSession(queryClient, router);
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Over />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { address: () => router.state.location.href };
}

export const ada: User = {
  id: "u1",
  email: "ada@example.com",
  name: "Ada Moreno",
  is_admin: false,
  email_verified: true,
  two_factor: false,
  created_at: "2026-01-01T00:00:00Z",
};

export const bakery: Workspace = {
  id: "w1",
  name: "The Bakery",
  role: "owner",
  requires_two_factor: false,
};

const installation = {
  sandbox: false,
  registration_open: false,
  set_up: true,
  version: "1",
  mail: true,
  oidc: null,
  passkeys: false,
};

/** Nobody is signed in. */
export const nobody: AuthStatus = { ...installation, authenticated: false, took_two_steps: false };

/** Somebody is, by default the owner of one workspace. */
export const somebody = (
  user: Partial<User> = {},
  workspaces: Workspace[] = [bakery],
  more: Partial<AuthStatus> = {},
): AuthStatus => ({
  ...installation,
  authenticated: true,
  user: { ...ada, ...user },
  took_two_steps: user.two_factor ?? ada.two_factor,
  workspaces,
  workspace_id: workspaces[0]?.id ?? null,
  ...more,
});

const nothing = () => HttpResponse.json({ items: [], next_cursor: null, counts: {} });

/** What the frame and Home ask for besides; nothing is there. */
export const emptyWorkspace = [
  http.get("*/api/posts", nothing),
  http.get("*/api/connections", nothing),
  http.get("*/api/channels", nothing),
  http.get("*/api/platforms", nothing),
  http.get("*/api/first-run", () =>
    HttpResponse.json({ dismissed: true, post_id: null, workspace_named: true }),
  ),
  http.get("*/api/workspaces", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.get("*/api/notifications/count", () => HttpResponse.json({ unread: 0 })),
];

/** Who is here, as the server tells; a test may change it while it runs. */
export const here = (status: () => AuthStatus) =>
  http.get("*/api/auth/status", () => HttpResponse.json(status()));

/** A refusal, as the server writes it. */
export const refusal = (status: number, code: string, detail = "", errors: object[] = []) =>
  HttpResponse.json({ code, detail, errors }, { status });

/** One page of a list that has no other. */
export const list = (items: object[]) => HttpResponse.json({ items, next_cursor: null });
