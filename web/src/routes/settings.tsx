import { createRoute, redirect } from "@tanstack/react-router";
import { currentWorkspace } from "@/features/account/session";
import { auditSearch } from "@/features/audit/search";
import { manages } from "@/features/members/roles";
import { reads, text } from "@/ui/address/search";
import { frameRoute } from "./frame";
import { ahead, latePage } from "./late-page";
import { rootRoute } from "./root";

const account = () => import("@/features/settings/queries");
const security = () => import("@/features/security/queries");
const notifications = () => import("@/features/notifications/queries");
const members = () => import("@/features/members/queries");
const data = () => import("@/features/data/queries");
const audit = () => import("@/features/audit/queries");

/** Settings begin with what is one's own. */
export const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/account" });
  },
});

export const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/account",
  loader: ({ context }) => {
    ahead(account, ({ accountQuery }) => context.queryClient.prefetchQuery(accountQuery));
    ahead(notifications, ({ preferencesQuery }) => context.queryClient.prefetchQuery(preferencesQuery));
  },
  component: latePage(
    ["settings", "links", "notifications"],
    () => import("@/features/settings/AccountPage"),
    "AccountPage",
  ),
});

export const securityRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/security",
  validateSearch: reads({
    /** The workspace that asks for two-factor. */
    workspace: text,
    /** Where somebody wanted to be who was led here. */
    next: text,
    /** Why a sign-in elsewhere was not linked, as the code of an error. */
    error: text,
  }),
  loader: ({ context }) => {
    ahead(account, ({ accountQuery }) => context.queryClient.prefetchQuery(accountQuery));
    ahead(security, ({ devicesQuery, passkeysQuery, signInsQuery }) => {
      void context.queryClient.prefetchQuery(devicesQuery);
      void context.queryClient.prefetchQuery(signInsQuery);
      if (context.status.passkeys) void context.queryClient.prefetchQuery(passkeysQuery);
    });
  },
  component: latePage(["settings"], () => import("@/features/security/SecurityPage"), "SecurityPage"),
});

export const workspaceRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/workspace",
  component: latePage(
    ["settings"],
    () => import("@/features/workspace-settings/WorkspacePage"),
    "WorkspacePage",
  ),
});

/** For somebody who has no workspace, too, so it lies outside the frame. */
export const newWorkspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/new-workspace",
  beforeLoad: ({ context }) => {
    if (!context.status.authenticated) throw redirect({ to: "/login", search: { next: "/new-workspace" } });
  },
  component: latePage(
    ["settings"],
    () => import("@/features/workspace-settings/NewWorkspacePage"),
    "NewWorkspacePage",
  ),
});

export const membersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/members",
  loader: ({ context }) =>
    ahead(members, ({ invitationsQuery, membersQuery }) => {
      const workspace = currentWorkspace(context.status);
      void context.queryClient.prefetchQuery(membersQuery);
      if (workspace && manages(workspace.role)) void context.queryClient.prefetchQuery(invitationsQuery);
    }),
  component: latePage(["settings"], () => import("@/features/members/MembersPage"), "MembersPage"),
});

export const dataRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/data",
  loader: ({ context }) => {
    const workspace = currentWorkspace(context.status);
    if (!workspace || !manages(workspace.role)) return;
    ahead(data, ({ retentionQuery, exportsQuery }) => {
      void context.queryClient.prefetchQuery(retentionQuery);
      void context.queryClient.prefetchQuery(exportsQuery);
    });
  },
  component: latePage(["settings"], () => import("@/features/data/DataPage"), "DataPage"),
});

export const auditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/audit",
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const workspace = currentWorkspace(context.status);
    if (!workspace || !manages(workspace.role)) return;
    ahead(audit, ({ auditQuery }) => context.queryClient.prefetchInfiniteQuery(auditQuery(deps)));
  },
  component: latePage(["admin"], () => import("@/features/audit/AuditPage"), "AuditPage"),
});

/** One event, over the log. */
export const auditEventRoute = createRoute({
  getParentRoute: () => auditRoute,
  path: "$eventId",
  component: latePage(["admin"], () => import("@/features/audit/EventPanel"), "EventPanel"),
});
