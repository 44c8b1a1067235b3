import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consentAnswer } from "@/features/connections/consent-answer";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { oneOf, reads } from "@/ui/address/search";
import { frameRoute } from "./frame";

export const setupRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/setup",
  validateSearch: reads({ ...consentAnswer, step: oneOf(["workspace", "connect", "post"]) }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(platformsQuery);
    void context.queryClient.prefetchQuery(connectionsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/setup/SetupPage"), "SetupPage"),
});
