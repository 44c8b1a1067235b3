import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rootRoute } from "./root";

/** Everything a signed-in person sees. Others are sent to log in, and come back to where they wanted to be. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "frame",
  beforeLoad: ({ context, location }) => {
    if (context.status.authenticated) return;
    if (!context.status.set_up) throw redirect({ to: "/register" });
    throw redirect({ to: "/login", search: location.pathname === "/" ? {} : { next: location.href } });
  },
  component: lazyRouteComponent(() => import("@/features/frame/FramePage"), "FramePage"),
});
