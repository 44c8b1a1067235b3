import { Button, TextInput } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import type { InvitationSeen, User } from "@/api/model";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { PasswordField } from "@/features/account/PasswordField";
import { statusQuery, useEndSession } from "@/features/account/session";
import { roleName } from "@/features/members/role-name";
import { saysMore } from "@/i18n/error-text";
import { dateAndTime } from "@/i18n/format";
import { ButtonLink } from "@/ui/links";
import { Refusal } from "@/ui/Refusal";
import { toastDone } from "@/ui/toast";
import { needed, neededExactly, useTexts } from "@/ui/use-texts";
import { BrokenLink } from "./BrokenLink";
import { LinkFailed, LinkWorking } from "./LinkWork";
import { invitationQuery, useAccept } from "./queries";

const route = getRouteApi("/invitation");

/** Where an invitation leads: what it is to, and the way in for whoever opens it. */
export function InvitationPage() {
  const { token } = route.useSearch();
  return token ? <Invitation token={token} /> : <BrokenLink />;
}

function Invitation({ token }: { token: string }) {
  const { t } = useTranslation();
  const { data: status } = useSuspenseQuery(statusQuery);
  const { data: invitation, error, refetch } = useQuery(invitationQuery(token));
  const title = t("links.invitation.loading");
  if (error instanceof ApiError && error.code === "link_invalid")
    return <BrokenLink detail={t("links.invitation.broken")} />;
  if (error) return <LinkFailed title={title} error={error} onRetry={() => void refetch()} />;
  if (!invitation) return <LinkWorking title={title} />;

  const { workspace_name: workspace, invited_by, role, email, expires_at } = invitation;
  return (
    <AuthCard
      title={t("links.invitation.title", { workspace })}
      detail={t("links.invitation.detail", {
        name: invited_by || t("common.deletedAccount"),
        role: roleName(t, role),
        email,
      })}
      below={t("links.invitation.until", { at: dateAndTime(expires_at) })}
    >
      {status.user ? (
        sameAddress(status.user.email, email) ? (
          <Join token={token} workspace={workspace} />
        ) : (
          <SomebodyElse user={status.user} email={email} />
        )
      ) : invitation.has_account ? (
        <ButtonLink
          to="/login"
          search={{ next: `/invitation?token=${encodeURIComponent(token)}`, email, invited: true }}
          size="md"
          variant="filled"
        >
          {t("links.invitation.logIn")}
        </ButtonLink>
      ) : (
        <NewAccount token={token} invitation={invitation} />
      )}
    </AuthCard>
  );
}

const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Goes to the workspace that was joined. */
function useArrive(workspace: string) {
  const { t } = useTranslation();
  const router = useRouter();
  return async () => {
    await router.invalidate();
    await router.navigate({ to: "/" });
    toastDone(t("links.invitation.joined", { workspace }));
  };
}

function Join({ token, workspace }: { token: string; workspace: string }) {
  const { t } = useTranslation();
  const accept = useAccept();
  const arrive = useArrive(workspace);
  return (
    <div className={classes.form}>
      {accept.error && <Refusal error={accept.error} />}
      <Button
        variant="filled"
        size="md"
        fullWidth
        loading={accept.isPending}
        onClick={() => accept.mutate({ token }, { onSuccess: () => void arrive() })}
      >
        {t("links.invitation.join", { workspace })}
      </Button>
    </div>
  );
}

const FIELDS = ["name", "password"] as const;

function NewAccount({ token, invitation }: { token: string; invitation: InvitationSeen }) {
  const { t } = useTranslation();
  const accept = useAccept();
  const arrive = useArrive(invitation.workspace_name);
  const { field, sends } = useTexts(
    { name: "", password: "" },
    { name: needed, password: neededExactly },
    accept.error,
  );
  return (
    <form
      className={classes.form}
      onSubmit={sends((values) => accept.mutate({ token, ...values }, { onSuccess: () => void arrive() }))}
      noValidate
    >
      {saysMore(accept.error, FIELDS) && <Refusal error={accept.error} />}
      <TextInput
        size="md"
        type="email"
        autoComplete="username"
        readOnly
        label={t("auth.email")}
        value={invitation.email}
      />
      <TextInput size="md" autoComplete="name" autoFocus label={t("auth.name")} {...field("name")} />
      <PasswordField size="md" fresh {...field("password")} />
      <Button type="submit" variant="filled" size="md" fullWidth loading={accept.isPending}>
        {t("links.invitation.create")}
      </Button>
    </form>
  );
}

/** The invitation is for another person than the one who is logged in here. */
function SomebodyElse({ user, email }: { user: User; email: string }) {
  const { t } = useTranslation();
  const end = useEndSession();
  return (
    <div className={classes.form}>
      {end.error && <Refusal error={end.error} />}
      <p>{t("links.invitation.other", { mine: user.email, theirs: email })}</p>
      <Button variant="filled" size="md" fullWidth loading={end.isPending} onClick={() => end.mutate()}>
        {t("links.invitation.logOut")}
      </Button>
      <ButtonLink to="/" size="md">
        {t("links.invitation.stay")}
      </ButtonLink>
    </div>
  );
}
