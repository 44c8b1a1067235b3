import { createRoute } from "@tanstack/react-router";
import { reads, text } from "@/ui/address/search";
import { ahead, latePage } from "./late-page";
import { rootRoute } from "./root";

/** The API, described for everybody, signed in or not. */
export const apiDocsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/docs",
  validateSearch: reads({
    /** What is looked for. */
    q: text,
    /** The call that is open. */
    call: text,
  }),
  loader: ({ context }) =>
    ahead(
      () => import("@/features/api-docs/queries"),
      ({ descriptionQuery }) => context.queryClient.prefetchQuery(descriptionQuery),
    ),
  component: latePage(["api-docs"], () => import("@/features/api-docs/ApiDocsPage"), "ApiDocsPage"),
});
