import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EmailChange } from "@/api/model";
import { PasswordField } from "@/features/account/PasswordField";
import { saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { fields } from "@/ui/Section";
import { address, neededExactly, useTexts } from "@/ui/use-texts";
import { useChangeEmail } from "./queries";

interface EmailDialogProps {
  hasPassword: boolean;
  onClose: () => void;
  onDone: (begun: EmailChange) => void;
}

/** Another address, which both mailboxes have to agree to. */
export function EmailDialog({ hasPassword, onClose, onDone }: EmailDialogProps) {
  const { t } = useTranslation();
  const change = useChangeEmail();
  const { field, sends } = useTexts(
    { email: "", password: "" },
    { email: address, ...(hasPassword ? { password: neededExactly } : {}) },
    change.error,
  );
  return (
    <Dialog title={t("settings.email.change")} size={440} onClose={onClose}>
      <form
        noValidate
        onSubmit={sends(({ email, password }) =>
          change.mutate({ email: email.trim(), password }, { onSuccess: onDone }),
        )}
      >
        <div className={fields}>
          <p>{t("settings.email.how")}</p>
          {saysMore(change.error, ["email", "password"]) && <Refusal error={change.error} />}
          <TextInput
            data-autofocus
            type="email"
            autoComplete="email"
            label={t("settings.email.new")}
            {...field("email")}
          />
          {hasPassword && <PasswordField label={t("settings.password.current")} {...field("password")} />}
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t("settings.email.begin")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
