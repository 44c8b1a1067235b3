import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  type ErrorComponentProps,
  Outlet,
  useRouter,
} from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { statusQuery } from "@/features/account/session";
import { lookNow, useLink, useOnceBack } from "@/features/frame/link/current";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context }) => ({ status: await context.queryClient.ensureQueryData(statusQuery) }),
  component: Outlet,
  errorComponent: Failed,
  notFoundComponent: NotFound,
});

/** In place of a page that could not be shown; what surrounds it stays. */
export function Failed({ error }: ErrorComponentProps) {
  const router = useRouter();
  const link = useLink();
  // A file of the interface that did not come is not asked for again by the browser, so the whole page begins anew.
  const beginAnew = () => window.location.reload();
  useOnceBack(beginAnew);
  if (error instanceof ApiError)
    return <FailedState error={error} onRetry={() => void router.invalidate()} />;
  // Then that is why it failed, and not what the browser says of a missing file.
  if (link === "lost") return <FailedState error={ApiError.unreachable()} onRetry={lookNow} triesAgain />;
  return <FailedState error={error} onRetry={beginAnew} />;
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<Compass size={20} aria-hidden="true" />}
      title={t("common.notFoundTitle")}
      detail={t("common.notFoundDetail")}
      action={<ButtonLink to="/">{t("common.goHome")}</ButtonLink>}
    />
  );
}
