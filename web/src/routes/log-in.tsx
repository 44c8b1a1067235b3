import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { insideAddress } from "@/features/account/inside-address";
import { reads, text } from "@/ui/address/search";
import { rootRoute } from "./root";

/** Where somebody wanted to be. */
const wanted = reads({ next: text });

export const logInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: wanted,
  beforeLoad: ({ context, search }) => {
    if (context.status.authenticated) throw redirect({ href: insideAddress(search.next) });
    if (!context.status.set_up) throw redirect({ to: "/register" });
  },
  component: lazyRouteComponent(() => import("@/features/account/LogInPage"), "LogInPage"),
});
