import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import {
  adminAuditRoute,
  adminEventRoute,
  mailRoute,
  messageRoute,
  templateRoute,
  templatesRoute,
  usersRoute,
} from "./routes/admin";
import { apiDocsRoute } from "./routes/api-docs";
import { apiKeyRoute, apiKeysRoute } from "./routes/api-keys";
import { calendarPostRoute, calendarRoute } from "./routes/calendar";
import { composeRoute } from "./routes/compose";
import { connectionRoute, connectionsRoute, groupsRoute } from "./routes/connections";
import { frameRoute } from "./routes/frame";
import { homeRoute } from "./routes/home";
import { privacyRoute, publicPagesRoute, termsRoute } from "./routes/legal";
import { libraryItemRoute, libraryRoute } from "./routes/library";
import {
  confirmEmailRoute,
  forgotPasswordRoute,
  invitationRoute,
  recoverTwoFactorRoute,
  resetPasswordRoute,
  verifyEmailRoute,
} from "./routes/links";
import { logInRoute } from "./routes/log-in";
import { notificationsRoute } from "./routes/notifications";
import { postRoute, postsRoute } from "./routes/posts";
import { connectionsQueueRoute, queueChannelRoute, queueRoute } from "./routes/queue";
import { registerRoute } from "./routes/register";
import { Failed, NotFound, rootRoute } from "./routes/root";
import {
  accountRoute,
  auditEventRoute,
  auditRoute,
  dataRoute,
  membersRoute,
  newWorkspaceRoute,
  securityRoute,
  settingsRoute,
  workspaceRoute,
} from "./routes/settings";
import { setupRoute } from "./routes/setup";
import {
  attemptRoute,
  endpointRoute,
  outgoingRoute,
  webhookEventRoute,
  webhooksRoute,
} from "./routes/webhooks";

const routeTree = rootRoute.addChildren([
  logInRoute,
  registerRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  confirmEmailRoute,
  recoverTwoFactorRoute,
  invitationRoute,
  newWorkspaceRoute,
  privacyRoute,
  termsRoute,
  apiDocsRoute,
  frameRoute.addChildren([
    homeRoute,
    setupRoute,
    composeRoute,
    calendarRoute.addChildren([calendarPostRoute]),
    postsRoute.addChildren([postRoute]),
    libraryRoute.addChildren([libraryItemRoute]),
    connectionsRoute.addChildren([groupsRoute, connectionRoute, connectionsQueueRoute]),
    queueRoute.addChildren([queueChannelRoute]),
    notificationsRoute,
    webhooksRoute.addChildren([webhookEventRoute]),
    outgoingRoute,
    endpointRoute.addChildren([attemptRoute]),
    settingsRoute,
    accountRoute,
    securityRoute,
    workspaceRoute,
    membersRoute,
    apiKeysRoute.addChildren([apiKeyRoute]),
    auditRoute.addChildren([auditEventRoute]),
    dataRoute,
    usersRoute,
    adminAuditRoute.addChildren([adminEventRoute]),
    mailRoute.addChildren([messageRoute]),
    templatesRoute,
    templateRoute,
    publicPagesRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Failed,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
