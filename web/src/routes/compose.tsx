import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { channelsQuery, platformsQuery } from "@/features/connections/queries";
import { frameRoute } from "./frame";

/** A new post, or the one named. The address gets its id when the draft is first saved, without leaving the page. */
export const composeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/compose/{-$postId}",
  validateSearch: z.object({
    /** Prefills the first post of the set-up. */
    start: z.enum(["first"]).optional().catch(undefined),
    /** Meant for the next free slot. */
    when: z.enum(["queue"]).optional().catch(undefined),
    /** A library item to begin with. */
    media: z.string().optional().catch(undefined),
    /** When it is to go out, as a calendar proposes it. */
    at: z.iso.datetime().optional().catch(undefined),
  }),
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(channelsQuery);
    void context.queryClient.prefetchQuery(platformsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/composer/ComposePage"), "ComposePage"),
});
