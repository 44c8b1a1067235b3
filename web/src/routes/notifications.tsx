import { createRoute } from "@tanstack/react-router";
import { notificationsSearch } from "@/features/notifications/search";
import { frameRoute } from "./frame";
import { latePage } from "./late-page";

/** What one was told. */
export const notificationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/notifications",
  validateSearch: notificationsSearch,
  component: latePage(
    ["notifications"],
    () => import("@/features/notifications/NotificationsPage"),
    "NotificationsPage",
  ),
});
