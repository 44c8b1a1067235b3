import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { channelsQuery, groupsQuery, platformsQuery } from "@/features/connections/queries";
import { withEditorWords } from "@/i18n";
import { instant, oneOf, reads, record, text, zone } from "@/ui/address/search";
import { frameRoute } from "./frame";

/** A new post, or the one named. The address gets its id when the draft is first saved, without leaving the page. */
export const composeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/compose/{-$postId}",
  validateSearch: reads({
    /** Prefills the first post of the set-up. */
    start: oneOf(["first"]),
    /** Meant for the next free slot. */
    when: oneOf(["queue"]),
    /** A library item to begin with. */
    media: text,
    /** When it is to go out, as a calendar proposes it. */
    at: instant,
    /** By whose clocks that is, where they are not the browser's. */
    zone,
    /** How it comes round again, which the page reads. */
    repeat: record,
  }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(channelsQuery);
    void context.queryClient.prefetchQuery(groupsQuery);
    void context.queryClient.prefetchQuery(platformsQuery);
  },
  component: lazyRouteComponent(
    () => withEditorWords(() => import("@/features/composer/ComposePage")),
    "ComposePage",
  ),
});
