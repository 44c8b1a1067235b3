import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { mediaListQuery, mediaQuery } from "@/features/media/queries";
import { frameRoute } from "./frame";

export const libraryRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/library",
  loader: ({ context }) => void context.queryClient.prefetchInfiniteQuery(mediaListQuery),
  component: lazyRouteComponent(() => import("@/features/media/LibraryPage"), "LibraryPage"),
});

/** One picture or video, over the list. */
export const libraryItemRoute = createRoute({
  getParentRoute: () => libraryRoute,
  path: "$mediaId",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(mediaQuery(params.mediaId)),
  component: lazyRouteComponent(() => import("@/features/media/MediaPanel"), "MediaPanel"),
});
