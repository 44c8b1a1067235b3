import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { librarySearch } from "@/features/media/library-search";
import { foldersQuery, libraryQuery, mediaQuery, tagsQuery, usageQuery } from "@/features/media/queries";
import { withWords } from "@/i18n";
import { frameRoute } from "./frame";

export const libraryRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/library",
  validateSearch: librarySearch,
  loaderDeps: ({ search: { view, ...filter } }) => filter,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(libraryQuery(deps));
    void context.queryClient.prefetchQuery(foldersQuery);
    void context.queryClient.prefetchQuery(tagsQuery);
  },
  component: lazyRouteComponent(
    () => withWords(["library"], () => import("@/features/media/LibraryPage")),
    "LibraryPage",
  ),
});

/** One picture or video, over the list. */
export const libraryItemRoute = createRoute({
  getParentRoute: () => libraryRoute,
  path: "$mediaId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(mediaQuery(params.mediaId));
    void context.queryClient.prefetchQuery(usageQuery(params.mediaId));
  },
  component: lazyRouteComponent(
    () => withWords(["library", "one-file"], () => import("@/features/media/MediaPanel")),
    "MediaPanel",
  ),
});
