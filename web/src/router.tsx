import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { apiKeyRoute, apiKeysRoute } from "./routes/api-keys";
import { calendarPostRoute, calendarRoute } from "./routes/calendar";
import { composeRoute } from "./routes/compose";
import { connectionRoute, connectionsRoute, groupsRoute } from "./routes/connections";
import { frameRoute } from "./routes/frame";
import { homeRoute } from "./routes/home";
import { privacyRoute, publicPagesRoute, termsRoute } from "./routes/legal";
import { libraryItemRoute, libraryRoute } from "./routes/library";
import { logInRoute } from "./routes/log-in";
import { postRoute, postsRoute } from "./routes/posts";
import { connectionsQueueRoute, queueChannelRoute, queueRoute } from "./routes/queue";
import { registerRoute } from "./routes/register";
import { Failed, NotFound, rootRoute } from "./routes/root";
import { setupRoute } from "./routes/setup";

const routeTree = rootRoute.addChildren([
  logInRoute,
  registerRoute,
  privacyRoute,
  termsRoute,
  frameRoute.addChildren([
    homeRoute,
    setupRoute,
    composeRoute,
    calendarRoute.addChildren([calendarPostRoute]),
    postsRoute.addChildren([postRoute]),
    libraryRoute.addChildren([libraryItemRoute]),
    connectionsRoute.addChildren([groupsRoute, connectionRoute, connectionsQueueRoute]),
    queueRoute.addChildren([queueChannelRoute]),
    apiKeysRoute.addChildren([apiKeyRoute]),
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
