import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { consentAnswer } from "@/features/connections/consent-answer";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { frameRoute } from "./frame";

export const setupRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/setup",
  validateSearch: consentAnswer.extend({
    step: z.enum(["workspace", "connect", "post"]).optional().catch(undefined),
  }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(platformsQuery);
    void context.queryClient.prefetchQuery(connectionsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/setup/SetupPage"), "SetupPage"),
});
