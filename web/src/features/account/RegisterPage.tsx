import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SetupSteps } from "@/features/setup/SetupSteps";
import { ButtonLink, TextLink } from "@/ui/links";
import { AuthCard } from "./AuthCard";
import { RegisterForm } from "./RegisterForm";

const route = getRouteApi("/register");

/** Where the administrator begins, and later others, where that is allowed. */
export function RegisterPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { status } = route.useRouteContext();
  const first = !status.set_up;
  const goOn = async () => {
    await router.invalidate();
    await router.navigate({ to: "/setup", search: { step: "workspace" } });
  };

  if (!first && !status.registration_open) {
    return (
      <AuthCard title={t("auth.closedTitle")} detail={t("auth.closedDetail")}>
        <ButtonLink to="/login" search={{}} size="md" variant="filled">
          {t("auth.toLogIn")}
        </ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      above={first && <SetupSteps current="account" done={[]} />}
      title={t(first ? "auth.firstTitle" : "auth.registerTitle")}
      detail={t(first ? "auth.firstDetail" : "auth.registerDetail")}
      below={
        !first && (
          <>
            {t("auth.toLogInAsk")}{" "}
            <TextLink to="/login" search={{}}>
              {t("auth.toLogIn")}
            </TextLink>
          </>
        )
      }
    >
      <RegisterForm onDone={() => void goOn()} />
    </AuthCard>
  );
}
