import { Button, TextInput } from "@mantine/core";
import { Trash } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "@/api/model";
import { PasswordField } from "@/features/account/PasswordField";
import { saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { needed, neededExactly, useTexts } from "@/ui/use-texts";
import { useDeleteAccount } from "./queries";

/** The end of an account. */
export function DeleteSection({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <Section danger title={t("settings.delete.title")} detail={t("settings.delete.detail")}>
      <div className={actions}>
        <Button
          variant="danger"
          leftSection={<Trash size={14} aria-hidden="true" />}
          onClick={() => setAsking(true)}
        >
          {t("settings.delete.action")}
        </Button>
      </div>
      {asking && <DeleteDialog account={account} onClose={() => setAsking(false)} />}
    </Section>
  );
}

const FIELDS = ["password", "code"] as const;

/** Asks for all that shows that it is meant, and by the right person. */
function DeleteDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const { email } = account.user;
  const hasPassword = account.has_password;
  const withCode = account.two_factor.enabled;
  const remove = useDeleteAccount();
  const { values, field, sends } = useTexts(
    { typed: "", password: "", code: "" },
    { ...(hasPassword ? { password: neededExactly } : {}), ...(withCode ? { code: needed } : {}) },
    remove.error,
  );
  const meant = values.typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <Dialog title={t("settings.delete.ask")} size={460} onClose={onClose}>
      <form
        noValidate
        onSubmit={sends(({ password, code }) =>
          remove.mutate(
            { password, ...(withCode ? { code: code.trim() } : {}) },
            { onSuccess: () => toastDone(t("settings.delete.done")) },
          ),
        )}
      >
        <div className={fields}>
          <p>{t("settings.delete.consequence")}</p>
          {saysMore(remove.error, FIELDS) && <Refusal error={remove.error} />}
          <TextInput
            data-autofocus
            autoComplete="off"
            label={t("settings.delete.type", { email })}
            {...field("typed")}
          />
          {hasPassword && <PasswordField {...field("password")} />}
          {withCode && (
            <TextInput
              autoComplete="one-time-code"
              label={t("security.code")}
              description={t("security.codeHelp")}
              {...field("code")}
            />
          )}
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="danger-filled" disabled={!meant} loading={remove.isPending}>
            {t("settings.delete.action")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
