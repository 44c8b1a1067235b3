import { createRoute, redirect, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { AuthCard } from "@/features/account/AuthCard";
import { LogInForm } from "@/features/account/LogInForm";
import { TextLink } from "@/ui/links";
import { rootRoute } from "./root";

/** Only an address inside Fanfare may be gone on to. */
const insideAddress = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : "/");

export const logInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  beforeLoad: ({ context, search }) => {
    if (context.status.authenticated) throw redirect({ href: insideAddress(search.next) });
    if (!context.status.set_up) throw redirect({ to: "/register" });
  },
  component: LogInPage,
});

function LogInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next } = logInRoute.useSearch();
  const { status } = logInRoute.useRouteContext();
  const goOn = async () => {
    await router.invalidate();
    router.history.push(insideAddress(next));
  };
  return (
    <AuthCard
      title={t("auth.logInTitle")}
      detail={next ? t("auth.ended") : t("auth.logInDetail")}
      below={
        status.registration_open && (
          <>
            {t("auth.toRegisterAsk")} <TextLink to="/register">{t("auth.toRegister")}</TextLink>
          </>
        )
      }
    >
      <LogInForm onDone={() => void goOn()} />
    </AuthCard>
  );
}
