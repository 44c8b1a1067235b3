import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { connectionsQuery } from "@/features/connections/queries";
import { NEEDS, NEXT, PUBLISHED } from "@/features/home/queries";
import { begunPostsQuery, firstRunQuery } from "@/features/setup/queries";
import { frameRoute } from "./frame";

export const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(firstRunQuery);
    void queryClient.prefetchQuery(connectionsQuery);
    for (const query of [begunPostsQuery, NEEDS, NEXT, PUBLISHED]) void queryClient.prefetchQuery(query);
  },
  component: lazyRouteComponent(() => import("@/features/home/HomePage"), "HomePage"),
});
