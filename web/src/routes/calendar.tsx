import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listViewAhead } from "@/features/calendar/load-list-view";
import { calendarAuthorsQuery } from "@/features/calendar/queries";
import { type CalendarSearch, calendarSearch } from "@/features/calendar/search";
import { channelsQuery } from "@/features/connections/queries";
import { postQuery } from "@/features/posts/queries";
import { frameRoute } from "./frame";
import { latePage } from "./late-page";

export const calendarRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/calendar",
  validateSearch: calendarSearch,
  loader: ({ context, location }) => {
    listViewAhead((location.search as CalendarSearch).view);
    void context.queryClient.prefetchQuery(channelsQuery);
    void context.queryClient.prefetchQuery(calendarAuthorsQuery);
  },
  component: lazyRouteComponent(() => import("@/features/calendar/CalendarPage"), "CalendarPage"),
});

/** One post, over the calendar. */
export const calendarPostRoute = createRoute({
  getParentRoute: () => calendarRoute,
  path: "$postId",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(postQuery(params.postId)),
  component: latePage(["timeline"], () => import("@/features/calendar/CalendarPost"), "CalendarPost"),
});
