import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { AuthCard } from "@/features/account/AuthCard";
import { ButtonLink } from "@/ui/links";
import { BrokenLink } from "./BrokenLink";
import { LinkFailed, LinkWorking } from "./LinkWork";
import { confirmEmailQuery } from "./queries";

const route = getRouteApi("/confirm-email");

/** Where both links of a change of address lead. */
export function ConfirmEmailPage() {
  const { token } = route.useSearch();
  return token ? <Confirm token={token} /> : <BrokenLink />;
}

function Confirm({ token }: { token: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(confirmEmailQuery(token));
  const title = t("links.email.title");
  const settings = (
    <ButtonLink to="/settings/account" size="md" variant="filled">
      {t("links.email.toSettings")}
    </ButtonLink>
  );

  if (data?.done)
    return (
      <AuthCard title={t("links.email.done")} detail={t("links.email.doneDetail")}>
        {settings}
      </AuthCard>
    );
  if (data)
    return (
      <AuthCard
        title={t("links.email.half")}
        detail={t(data.waiting_for === "old" ? "links.email.waitingOld" : "links.email.waitingNew")}
      >
        {settings}
      </AuthCard>
    );
  if (error instanceof ApiError && error.code === "not_authenticated")
    return (
      <AuthCard title={title} detail={t("links.email.logInFirst")}>
        <ButtonLink
          to="/login"
          search={{ next: `/confirm-email?token=${encodeURIComponent(token)}` }}
          size="md"
          variant="filled"
        >
          {t("auth.toLogIn")}
        </ButtonLink>
      </AuthCard>
    );
  if (error instanceof ApiError && error.code === "link_invalid") return <BrokenLink action={settings} />;
  if (error) return <LinkFailed title={title} error={error} onRetry={() => void refetch()} />;
  return <LinkWorking title={title} />;
}
