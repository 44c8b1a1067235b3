import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { connectionsQuery } from "@/features/connections/queries";
import { frameRoute } from "./frame";

export const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  loader: ({ context }) => void context.queryClient.prefetchQuery(connectionsQuery),
  component: lazyRouteComponent(() => import("@/features/home/HomePage"), "HomePage"),
});
