import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextLink } from "@/ui/links";
import { AuthCard } from "./AuthCard";
import { insideAddress } from "./inside-address";
import { LogInForm } from "./LogInForm";
import { LostDevice } from "./LostDevice";
import { SecondStep } from "./SecondStep";

const route = getRouteApi("/login");

/** Where people sign in, in one step or two, and come back to what they wanted to see. */
export function LogInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next, email, invited } = route.useSearch();
  const { status } = route.useRouteContext();
  const [ticket, setTicket] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const goOn = async () => {
    await router.invalidate();
    router.history.push(insideAddress(next));
  };

  if (ticket && lost)
    return (
      <AuthCard title={t("auth.recover.title")} detail={t("auth.recover.detail")}>
        <LostDevice ticket={ticket} mail={status.mail} onBack={() => setLost(false)} />
      </AuthCard>
    );
  if (ticket)
    return (
      <AuthCard title={t("auth.second.title")} detail={t("auth.second.detail")}>
        <SecondStep
          ticket={ticket}
          onDone={() => void goOn()}
          onLost={() => setLost(true)}
          onExpired={(error) => {
            setRefused(error);
            setTicket(null);
          }}
        />
      </AuthCard>
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
