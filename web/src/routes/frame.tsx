import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { currentWorkspace, lacksTwoFactor } from "@/features/account/session";
import { rootRoute } from "./root";

/** What needs no workspace, and therefore nothing that a workspace asks for. */
const ONES_OWN = ["/settings/account", "/settings/security"];

/**
 * Everything a signed-in person sees. Others are sent to log in, and come back to where they wanted to be; so do those who
 * have to set two-factor up first.
 */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "frame",
  beforeLoad: ({ context, location }) => {
    const { status } = context;
    if (!status.authenticated) {
      if (!status.set_up) throw redirect({ to: "/register" });
      throw redirect({ to: "/login", search: location.pathname === "/" ? {} : { next: location.href } });
    }
    const workspace = currentWorkspace(status);
    if (!workspace) throw redirect({ to: "/new-workspace" });
    if (lacksTwoFactor(status) && !ONES_OWN.includes(location.pathname))
      throw redirect({
        to: "/settings/security",
        search: { workspace: workspace.id, next: location.href },
      });
  },
  component: lazyRouteComponent(() => import("@/features/frame/FramePage"), "FramePage"),
});
