import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { TextLink } from "@/ui/links";
import { AuthCard } from "./AuthCard";
import { insideAddress } from "./inside-address";
import { LogInForm } from "./LogInForm";

const route = getRouteApi("/login");

/** Where people sign in, and come back to what they wanted to see. */
export function LogInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next } = route.useSearch();
  const { status } = route.useRouteContext();
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
