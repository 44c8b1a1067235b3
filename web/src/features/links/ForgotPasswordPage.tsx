import { Button, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { saysMore } from "@/i18n/error-text";
import { ButtonLink, TextLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { Refusal } from "@/ui/Refusal";
import { address, useTexts } from "@/ui/use-texts";
import { useForgotPassword } from "./queries";

const route = getRouteApi("/forgot-password");

/** Where a link to set another password is asked for. */
export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const { status } = route.useRouteContext();
  return (
    <AuthCard
      title={t("links.forgot.title")}
      detail={t("links.forgot.detail")}
      below={
        <TextLink to="/login" search={{}}>
          {t("links.backToLogIn")}
        </TextLink>
      }
    >
      {status.mail ? (
        <Ask />
      ) : (
        <Notice tone="info" title={t("links.forgot.noMail")}>
          {t("links.forgot.noMailDetail")}
        </Notice>
      )}
    </AuthCard>
  );
}

function Ask() {
  const { t } = useTranslation();
  const { email = "" } = route.useSearch();
  const ask = useForgotPassword();
  const { field, sends } = useTexts({ email }, { email: address }, ask.error);
  if (ask.isSuccess)
    return (
      <div className={classes.form}>
        <Notice tone="good" live title={t("links.forgot.sent")}>
          {t("links.forgot.sentDetail", { email: ask.variables })}
        </Notice>
        <ButtonLink to="/login" search={{ email: ask.variables }} size="md">
          {t("auth.toLogIn")}
        </ButtonLink>
      </div>
    );
  return (
    <form className={classes.form} onSubmit={sends((values) => ask.mutate(values.email.trim()))} noValidate>
      {saysMore(ask.error, ["email"]) && <Refusal error={ask.error} />}
      <TextInput
        size="md"
        type="email"
        autoComplete="email"
        autoFocus
        label={t("auth.email")}
        {...field("email")}
      />
      <Button type="submit" variant="filled" size="md" fullWidth loading={ask.isPending}>
        {t("links.forgot.send")}
      </Button>
    </form>
  );
}
