import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consentAnswer } from "@/features/connections/consent-answer";
import { connectionQuery, connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { frameRoute } from "./frame";

export const connectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/connections",
  validateSearch: consentAnswer,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(platformsQuery);
    void context.queryClient.prefetchQuery(connectionsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/connections/ConnectionsPage"), "ConnectionsPage"),
});

/** One account, over the list. */
export const connectionRoute = createRoute({
  getParentRoute: () => connectionsRoute,
  path: "$connectionId",
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(connectionQuery(params.connectionId)),
  component: lazyRouteComponent(() => import("@/features/connections/ConnectionPanel"), "ConnectionPanel"),
});
