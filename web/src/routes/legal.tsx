import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { legalPageQuery } from "@/features/legal/queries";
import { currentLanguage } from "@/i18n";
import { oneOf, reads } from "@/ui/address/search";
import { frameRoute } from "./frame";
import { latePage } from "./late-page";
import { rootRoute } from "./root";

/** For everybody, signed in or not. */
export const privacyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/privacy",
  loader: ({ context }) =>
    void context.queryClient.prefetchQuery(legalPageQuery("privacy", currentLanguage())),
  component: lazyRouteComponent(() => import("@/features/legal/PrivacyPage"), "PrivacyPage"),
});

export const termsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/terms",
  loader: ({ context }) => void context.queryClient.prefetchQuery(legalPageQuery("terms", currentLanguage())),
  component: lazyRouteComponent(() => import("@/features/legal/TermsPage"), "TermsPage"),
});

/** Where an administrator replaces both. */
export const publicPagesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/pages",
  validateSearch: reads({ page: oneOf(["privacy", "terms"]) }),
  component: latePage(["admin"], () => import("@/features/legal/PublicPagesPage"), "PublicPagesPage"),
});
