import { createRoute } from "@tanstack/react-router";
import { currentWorkspace } from "@/features/account/session";
import { eventsSearch } from "@/features/hearing/search";
import { readsWebhooks } from "@/features/members/roles";
import { attemptsSearch } from "@/features/telling/search";
import { frameRoute } from "./frame";
import { ahead, latePage } from "./late-page";

const hearing = () => import("@/features/hearing/queries");
const telling = () => import("@/features/telling/queries");

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
  component: latePage(["webhooks"], () => import("@/features/hearing/EventsPage"), "EventsPage"),
});

/** One event, over the list. */
export const webhookEventRoute = createRoute({
  getParentRoute: () => webhooksRoute,
  path: "$eventId",
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    ahead(hearing, ({ eventQuery }) => context.queryClient.prefetchQuery(eventQuery(params.eventId, deps))),
  component: latePage(["webhooks"], () => import("@/features/hearing/EventPanel"), "EventPanel"),
});

/** Whom Fanfare tells what happened. */
export const outgoingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/webhooks/outgoing",
  loader: ({ context }) => {
    const workspace = currentWorkspace(context.status);
    if (!workspace || !readsWebhooks(workspace.role)) return;
    ahead(telling, ({ endpointsQuery }) => context.queryClient.prefetchQuery(endpointsQuery));
  },
  component: latePage(["webhooks"], () => import("@/features/telling/OutgoingPage"), "OutgoingPage"),
});

/** One of them, with each try to tell it something. */
export const endpointRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/webhooks/outgoing/$endpointId",
  validateSearch: attemptsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, params: { endpointId }, deps }) =>
    ahead(telling, ({ endpointQuery, attemptsQuery }) => {
      void queryClient.prefetchQuery(endpointQuery(endpointId));
      void queryClient.prefetchInfiniteQuery(attemptsQuery(endpointId, deps));
    }),
  component: latePage(["webhooks"], () => import("@/features/telling/EndpointPage"), "EndpointPage"),
});

/** One try, over the others. */
export const attemptRoute = createRoute({
  getParentRoute: () => endpointRoute,
  path: "$attemptId",
  component: latePage(["webhooks"], () => import("@/features/telling/AttemptPanel"), "AttemptPanel"),
});
