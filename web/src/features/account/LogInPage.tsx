import { getRouteApi, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { withWords } from "@/i18n";
import { codeText } from "@/i18n/error-text";
import { TextLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { AuthCard } from "./AuthCard";
import { insideAddress } from "./inside-address";
import { LogInForm } from "./LogInForm";
import { OtherWays } from "./OtherWays";

// Most accounts have one step.
const SecondSteps = lazy(async () => ({
  default: (await withWords(["links"], () => import("@/features/links/SecondSteps"))).SecondSteps,
}));

const route = getRouteApi("/login");

/** Another provider was the first step; what leads to the second stands behind `#`, where no server sees it. */
const ticketInAddress = () => new URLSearchParams(window.location.hash.slice(1)).get("ticket");

/** Where people sign in, in one step or two, and come back to what they wanted to see. */
export function LogInPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const { next, email, invited, error } = route.useSearch();
  const { status } = route.useRouteContext();
  const [ticket, setTicket] = useState<string | null>(ticketInAddress);
  const [refused, setRefused] = useState<unknown>(null);
  // It is not to stay in the browser's history.
  useEffect(() => {
    if (ticketInAddress())
      window.history.replaceState(
        window.history.state,
        "",
        window.location.pathname + window.location.search,
      );
  }, []);
  const goOn = async () => {
    await router.invalidate();
    // That alone may have led to the page, and the page to another one, where words came back.
    if (router.history.location.pathname === "/login") router.history.push(insideAddress(next));
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
      {error && !refused && <Notice tone="bad" title={codeText(error)} live />}
      <LogInForm email={email} refused={refused} onDone={() => void goOn()} onTicket={setTicket} />
      <OtherWays status={status} next={next} onDone={() => void goOn()} />
    </AuthCard>
  );
}
