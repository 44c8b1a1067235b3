import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { connectionTab } from "@/features/connections/connection-tabs";
import { consentAnswer } from "@/features/connections/consent-answer";
import { PURPOSES } from "@/features/connections/purposes";
import {
  channelsQuery,
  connectionQuery,
  connectionsQuery,
  groupsQuery,
  platformsQuery,
} from "@/features/connections/queries";
import { oneOf, reads, text } from "@/ui/address/search";
import { frameRoute } from "./frame";

export const connectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/connections",
  validateSearch: reads({
    ...consentAnswer,
    /** The platform whose guide is open. */
    guide: text,
    /** What the platforms in view are for. */
    for: oneOf(PURPOSES),
  }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(platformsQuery);
    void context.queryClient.prefetchQuery(connectionsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/connections/ConnectionsPage"), "ConnectionsPage"),
});

/** Channels that are chosen together, over the list. */
export const groupsRoute = createRoute({
  getParentRoute: () => connectionsRoute,
  path: "groups",
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(groupsQuery);
    void context.queryClient.prefetchQuery(channelsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/connections/GroupsPanel"), "GroupsPanel"),
});

/** One account, over the list. */
export const connectionRoute = createRoute({
  getParentRoute: () => connectionsRoute,
  path: "$connectionId",
  validateSearch: connectionTab,
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(connectionQuery(params.connectionId)),
  component: lazyRouteComponent(() => import("@/features/connections/ConnectionPanel"), "ConnectionPanel"),
});
