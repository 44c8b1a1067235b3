import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PasswordField } from "@/features/account/PasswordField";
import { saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { fields } from "@/ui/Section";
import { needed, neededExactly, useTexts } from "@/ui/use-texts";
import { useEndTwoFactor } from "./queries";

const FIELDS = ["password", "code"] as const;

interface EndDialogProps {
  hasPassword: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Switches the second step off; whoever found an open browser cannot. */
export function EndDialog({ hasPassword, onClose, onDone }: EndDialogProps) {
  const { t } = useTranslation();
  const end = useEndTwoFactor();
  const { field, sends } = useTexts(
    { password: "", code: "" },
    { code: needed, ...(hasPassword ? { password: neededExactly } : {}) },
    end.error,
  );
  return (
    <Dialog title={t("security.end.title")} size={440} onClose={onClose}>
      <form
        noValidate
        onSubmit={sends(({ password, code }) =>
          end.mutate({ password, code: code.trim() }, { onSuccess: onDone }),
        )}
      >
        <div className={fields}>
          <p>{t("security.end.detail")}</p>
          {saysMore(end.error, FIELDS) && <Refusal error={end.error} />}
          {hasPassword && <PasswordField {...field("password")} />}
          <TextInput
            autoComplete="one-time-code"
            label={t("security.code")}
            description={t("security.codeHelp")}
            {...field("code")}
          />
        </div>
        <div className={dialog.actions}>
          <Button data-autofocus onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" variant="danger-filled" loading={end.isPending}>
            {t("security.end.action")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
