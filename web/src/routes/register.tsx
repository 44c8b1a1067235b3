import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rootRoute } from "./root";

export const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/register",
  beforeLoad: ({ context }) => {
    if (context.status.authenticated) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("@/features/account/RegisterPage"), "RegisterPage"),
});
