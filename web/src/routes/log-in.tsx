import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { z } from "zod";
import { insideAddress } from "@/features/account/inside-address";
import { rootRoute } from "./root";

export const logInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  beforeLoad: ({ context, search }) => {
    if (context.status.authenticated) throw redirect({ href: insideAddress(search.next) });
    if (!context.status.set_up) throw redirect({ to: "/register" });
  },
  component: lazyRouteComponent(() => import("@/features/account/LogInPage"), "LogInPage"),
});
