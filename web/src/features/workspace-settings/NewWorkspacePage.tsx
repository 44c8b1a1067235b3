import { Button, TextInput } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AuthCard } from "@/features/account/AuthCard";
import classes from "@/features/account/AuthCard.module.css";
import { statusQuery, useLogOut } from "@/features/account/session";
import { DeleteSection } from "@/features/settings/DeleteSection";
import { ExportSection } from "@/features/settings/ExportSection";
import { accountQuery } from "@/features/settings/queries";
import { saysMore } from "@/i18n/error-text";
import { ButtonLink } from "@/ui/links";
import { Refusal } from "@/ui/Refusal";
import { toastFailed } from "@/ui/toast";
import { needed, useTexts } from "@/ui/use-texts";
import { useMakeWorkspace } from "./queries";

/** Another workspace; for somebody who has none, all that can be done without one. */
export function NewWorkspacePage() {
  const { t } = useTranslation();
  const { data: status } = useSuspenseQuery(statusQuery);
  const none = (status.workspaces ?? []).length === 0;
  return (
    <AuthCard
      title={t(none ? "workspace.none.title" : "workspace.another.title")}
      detail={t(none ? "workspace.none.detail" : "workspace.another.detail")}
    >
      <div className={classes.form}>
        <Make />
        {none ? (
          <WithoutAny />
        ) : (
          <ButtonLink to="/" size="md">
            {t("workspace.another.back")}
          </ButtonLink>
        )}
      </div>
    </AuthCard>
  );
}

function Make() {
  const { t } = useTranslation();
  const make = useMakeWorkspace();
  const { field, sends } = useTexts({ name: "" }, { name: needed }, make.error);
  return (
    <form className={classes.form} noValidate onSubmit={sends(({ name }) => make.mutate(name.trim()))}>
      {saysMore(make.error, ["name"]) && <Refusal error={make.error} />}
      <TextInput
        size="md"
        autoFocus
        label={t("setup.workspaceName")}
        placeholder={t("setup.workspacePlaceholder")}
        {...field("name")}
      />
      <Button type="submit" variant="filled" size="md" fullWidth loading={make.isPending}>
        {t("workspace.another.make")}
      </Button>
    </form>
  );
}

function WithoutAny() {
  const { t } = useTranslation();
  const logOut = useLogOut();
  const { data: account } = useQuery(accountQuery);
  return (
    <>
      <Button
        size="md"
        loading={logOut.isPending}
        onClick={() => logOut.mutate(undefined, { onError: (error) => toastFailed(error) })}
      >
        {t("user.logOut")}
      </Button>
      <ExportSection />
      {account && <DeleteSection account={account} />}
    </>
  );
}
