import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { channelsQuery } from "@/features/connections/queries";
import { agendaQuery, queueQuery } from "@/features/queue/queries";
import { connectionsRoute } from "./connections";
import { frameRoute } from "./frame";

/** What is next on each channel. */
export const queueRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/queue",
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(agendaQuery);
    void context.queryClient.prefetchQuery(channelsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/queue/QueuePage"), "QueuePage"),
});

/** One channel's slots, over that page. */
export const queueChannelRoute = createRoute({
  getParentRoute: () => queueRoute,
  path: "$channelId",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(queueQuery(params.channelId)),
  component: lazyRouteComponent(() => import("@/features/queue/QueuePanel"), "QueuePageQueuePanel"),
});

/** The same, over the connections. */
export const connectionsQueueRoute = createRoute({
  getParentRoute: () => connectionsRoute,
  path: "queue/$channelId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(queueQuery(params.channelId));
    void context.queryClient.prefetchQuery(channelsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/queue/QueuePanel"), "ConnectionsQueuePanel"),
});
