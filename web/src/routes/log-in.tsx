import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { insideAddress } from "@/features/account/inside-address";
import { flag, reads, text } from "@/ui/address/search";
import { rootRoute } from "./root";

const wanted = reads({
  /** Where somebody wanted to be. */
  next: text,
  /** Who is about to log in, where that is known. */
  email: text,
  /** What is wanted is to accept an invitation. */
  invited: flag,
  /** Why another provider let nobody in, as the code of an error. */
  error: text,
});

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
