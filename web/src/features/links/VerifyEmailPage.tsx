import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { statusQuery } from "@/features/account/session";
import { ButtonLink } from "@/ui/links";
import { BrokenLink } from "./BrokenLink";
import { LinkFailed, LinkWorking } from "./LinkWork";
import { verifyQuery } from "./queries";
import { ResendButton } from "./ResendButton";

const route = getRouteApi("/verify-email");

/** Where the link of the first mail leads: it does its work by itself and says how it went. */
export function VerifyEmailPage() {
  const { token } = route.useSearch();
  return token ? <Verify token={token} /> : <Wait />;
}

function Verify({ token }: { token: string }) {
  const { t } = useTranslation();
  const { data: status } = useSuspenseQuery(statusQuery);
  const { data: user, error, refetch } = useQuery(verifyQuery(token));
  const title = t("links.verify.title");

  if (user)
    return (
      <AuthCard title={t("links.verify.done")} detail={t("links.verify.doneDetail", { email: user.email })}>
        {status.authenticated ? (
          <ButtonLink to="/" size="md" variant="filled">
            {t("links.toFanfare")}
          </ButtonLink>
        ) : (
          <ButtonLink to="/login" search={{ email: user.email }} size="md" variant="filled">
            {t("auth.toLogIn")}
          </ButtonLink>
        )}
      </AuthCard>
    );
  if (error instanceof ApiError && error.code === "link_invalid") {
    if (status.user?.email_verified)
      return <BrokenLink detail={t("links.verify.already", { email: status.user.email })} />;
    return (
      <BrokenLink
        action={
          status.user ? (
            <ResendButton size="md" />
          ) : (
            <ButtonLink to="/login" search={{ next: "/verify-email" }} size="md" variant="filled">
              {t("links.verify.logInFirst")}
            </ButtonLink>
          )
        }
      />
    );
  }
  if (error) return <LinkFailed title={title} error={error} onRetry={() => void refetch()} />;
  return <LinkWorking title={title} />;
}

/** Without a link there is only to wait for one, or to have it sent again. */
function Wait() {
  const { t } = useTranslation();
  const { data: status } = useSuspenseQuery(statusQuery);
  if (!status.user || status.user.email_verified) return <BrokenLink />;
  return (
    <AuthCard
      title={t("links.verify.waiting")}
      detail={t("links.verify.waitingDetail", { email: status.user.email })}
    >
      <div className={classes.others}>
        <ResendButton size="md" />
        <ButtonLink to="/" size="md">
          {t("links.toFanfare")}
        </ButtonLink>
      </div>
    </AuthCard>
  );
}
