import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { fields } from "@/ui/Section";
import { needed, useTexts } from "@/ui/use-texts";
import { BackupCodesDialog } from "./BackupCodes";
import { useNewBackupCodes } from "./queries";

/** Ten others in place of the ones before. */
export function NewCodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const make = useNewBackupCodes();
  const { field, sends } = useTexts({ code: "" }, { code: needed }, make.error);
  if (make.data)
    return (
      <BackupCodesDialog title={t("security.codes.fresh")} codes={make.data.backup_codes} onClose={onClose} />
    );
  return (
    <Dialog title={t("security.newCodes")} size={440} onClose={onClose}>
      <form noValidate onSubmit={sends(({ code }) => make.mutate(code.trim()))}>
        <div className={fields}>
          <p>{t("security.codes.replace")}</p>
          {saysMore(make.error, ["code"]) && <Refusal error={make.error} />}
          <TextInput
            data-autofocus
            autoComplete="one-time-code"
            label={t("security.code")}
            description={t("security.codeHelp")}
            {...field("code")}
          />
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={make.isPending}>
            {t("security.codes.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
