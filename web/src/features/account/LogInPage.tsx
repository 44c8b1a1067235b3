import { getRouteApi, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { withLateWords } from "@/i18n";
import { TextLink } from "@/ui/links";
import { AuthCard } from "./AuthCard";
import { insideAddress } from "./inside-address";
import { LogInForm } from "./LogInForm";

// Most accounts have one step.
const SecondSteps = lazy(async () => ({
  default: (await withLateWords(() => import("@/features/links/SecondSteps"))).SecondSteps,
}));

const route = getRouteApi("/login");

/** Where people sign in, in one step or two, and come back to what they wanted to see. */
export function LogInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next, email, invited } = route.useSearch();
  const { status } = route.useRouteContext();
  const [ticket, setTicket] = useState<string | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const goOn = async () => {
    await router.invalidate();
    router.history.push(insideAddress(next));
  };

  if (ticket)
    return (
      <Suspense>
        <SecondSteps
          ticket={ticket}
          mail={status.mail}
          onDone={() => void goOn()}
          onExpired={(error) => {
            setRefused(error);
            setTicket(null);
          }}
        />
      </Suspense>
    );
  return (
    <AuthCard
      title={t("auth.logInTitle")}
      detail={t(invited ? "auth.toJoin" : next ? "auth.ended" : "auth.logInDetail")}
      below={
        status.registration_open && (
          <>
            {t("auth.toRegisterAsk")} <TextLink to="/register">{t("auth.toRegister")}</TextLink>
          </>
        )
      }
    >
      <LogInForm email={email} refused={refused} onDone={() => void goOn()} onTicket={setTicket} />
    </AuthCard>
  );
}
