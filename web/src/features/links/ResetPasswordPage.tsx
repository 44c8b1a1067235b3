import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { PasswordField } from "@/features/account/PasswordField";
import { saysMore } from "@/i18n/error-text";
import { ButtonLink } from "@/ui/links";
import { Refusal } from "@/ui/Refusal";
import { neededExactly, useTexts } from "@/ui/use-texts";
import { BrokenLink } from "./BrokenLink";
import { useResetPassword } from "./queries";

const route = getRouteApi("/reset-password");

/** Where the link of a forgotten password leads. */
export function ResetPasswordPage() {
  const { t } = useTranslation();
  const { token } = route.useSearch();
  const reset = useResetPassword();
  const { field, sends } = useTexts({ password: "" }, { password: neededExactly }, reset.error);
  const unusable = reset.error instanceof ApiError && reset.error.code === "link_invalid";

  if (!token || unusable)
    return (
      <BrokenLink
        action={
          <ButtonLink to="/forgot-password" search={{}} size="md" variant="filled">
            {t("links.reset.again")}
          </ButtonLink>
        }
      />
    );
  if (reset.isSuccess)
    return (
      <AuthCard title={t("links.reset.done")} detail={t("links.reset.doneDetail")}>
        <ButtonLink to="/login" search={{}} size="md" variant="filled">
          {t("auth.toLogIn")}
        </ButtonLink>
      </AuthCard>
    );
  return (
    <AuthCard title={t("links.reset.title")} detail={t("links.reset.detail")}>
      <form
        className={classes.form}
        onSubmit={sends(({ password }) => reset.mutate({ token, password }))}
        noValidate
      >
        {saysMore(reset.error, ["password"]) && <Refusal error={reset.error} />}
        <PasswordField size="md" fresh autoFocus label={t("links.reset.password")} {...field("password")} />
        <Button type="submit" variant="filled" size="md" fullWidth loading={reset.isPending}>
          {t("links.reset.save")}
        </Button>
      </form>
    </AuthCard>
  );
}
