import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { channelsQuery } from "@/features/connections/queries";
import { postsSearch } from "@/features/posts/filters";
import { postCountsQuery, postPagesQuery, postQuery } from "@/features/posts/queries";
import { frameRoute } from "./frame";
import { latePage } from "./late-page";

export const postsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/posts",
  validateSearch: postsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(postPagesQuery(deps));
    void context.queryClient.prefetchQuery(postCountsQuery(deps));
    void context.queryClient.prefetchQuery(channelsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/posts/PostsPage"), "PostsPage"),
});

/** One post, over the list. */
export const postRoute = createRoute({
  getParentRoute: () => postsRoute,
  path: "$postId",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(postQuery(params.postId)),
  component: latePage(["timeline"], () => import("@/features/posts/PostPanel"), "PostPanel"),
});
