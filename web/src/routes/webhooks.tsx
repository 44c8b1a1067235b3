import { createRoute } from "@tanstack/react-router";
import { eventsSearch } from "@/features/hearing/search";
import { frameRoute } from "./frame";
import { ahead, latePage } from "./late-page";

const hearing = () => import("@/features/hearing/queries");

/** What platforms told. */
export const webhooksRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/webhooks",
  validateSearch: eventsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    ahead(hearing, ({ eventsQuery, statsQuery }) => {
      void context.queryClient.prefetchInfiniteQuery(eventsQuery(deps));
      void context.queryClient.prefetchQuery(statsQuery(deps));
    }),
  component: latePage(() => import("@/features/hearing/EventsPage"), "EventsPage"),
});

/** One event, over the list. */
export const webhookEventRoute = createRoute({
  getParentRoute: () => webhooksRoute,
  path: "$eventId",
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    ahead(hearing, ({ eventQuery }) => context.queryClient.prefetchQuery(eventQuery(params.eventId, deps))),
  component: latePage(() => import("@/features/hearing/EventPanel"), "EventPanel"),
});
