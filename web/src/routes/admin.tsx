import { createRoute } from "@tanstack/react-router";
import { auditSearch } from "@/features/audit/search";
import { LANGUAGES_OF_MAIL, mailSearch } from "@/features/mail/search";
import { oneOf, reads, text } from "@/ui/address/search";
import { frameRoute } from "./frame";
import { ahead, latePage } from "./late-page";

const users = () => import("@/features/admin/queries");
const log = () => import("@/features/admin/log-queries");
const mail = () => import("@/features/mail/queries");

/** What somebody is looked for by. */
const usersSearch = reads({ q: text });

/** Everybody with an account. */
export const usersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/admin/users",
  validateSearch: usersSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (context.status.user?.is_admin)
      ahead(users, ({ usersQuery }) => context.queryClient.prefetchInfiniteQuery(usersQuery(deps.q ?? "")));
  },
  component: latePage(["admin", "settings"], () => import("@/features/admin/UsersPage"), "UsersPage"),
});

/** What happened to the installation itself. */
export const adminAuditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/admin/audit",
  validateSearch: auditSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (!context.status.user?.is_admin) return;
    ahead(log, ({ installationLogQuery, installationRetentionQuery }) => {
      void context.queryClient.prefetchInfiniteQuery(installationLogQuery(deps));
      void context.queryClient.prefetchQuery(installationRetentionQuery);
    });
  },
  component: latePage(["admin"], () => import("@/features/admin/AdminAuditPage"), "AdminAuditPage"),
});

/** One event, over the log. */
export const adminEventRoute = createRoute({
  getParentRoute: () => adminAuditRoute,
  path: "$eventId",
  component: latePage(
    ["admin"],
    () => import("@/features/admin/InstallationEventPanel"),
    "InstallationEventPanel",
  ),
});

export const mailRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/admin/mail",
  validateSearch: mailSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    if (!context.status.user?.is_admin) return;
    ahead(mail, ({ mailStateQuery, messagesQuery, suppressionsQuery }) => {
      void context.queryClient.prefetchQuery(suppressionsQuery);
      void context.queryClient.prefetchQuery(mailStateQuery);
      void context.queryClient.prefetchInfiniteQuery(messagesQuery(deps));
    });
  },
  component: latePage(["admin"], () => import("@/features/mail/MailPage"), "MailPage"),
});

/** One message, over the log. */
export const messageRoute = createRoute({
  getParentRoute: () => mailRoute,
  path: "messages/$messageId",
  loader: ({ context, params }) =>
    ahead(mail, ({ messageQuery }) => context.queryClient.prefetchQuery(messageQuery(params.messageId))),
  component: latePage(["admin"], () => import("@/features/mail/MessagePanel"), "MessagePanel"),
});

export const templatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/admin/mail/templates",
  loader: ({ context }) => {
    if (context.status.user?.is_admin)
      ahead(mail, ({ templatesQuery }) => context.queryClient.prefetchQuery(templatesQuery));
  },
  component: latePage(["admin"], () => import("@/features/mail/TemplatesPage"), "TemplatesPage"),
});

export const templateRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/admin/mail/templates/$name",
  validateSearch: reads({ language: oneOf(LANGUAGES_OF_MAIL) }),
  component: latePage(["admin"], () => import("@/features/mail/TemplatePage"), "TemplatePage"),
});
