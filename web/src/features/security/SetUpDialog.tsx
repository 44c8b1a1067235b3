import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TwoFactorSetup } from "@/api/model";
import { saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { CopyField } from "@/ui/CopyField";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { needed, useTexts } from "@/ui/use-texts";
import { BackupCodesDialog } from "./BackupCodes";
import { useVerifyTwoFactor } from "./queries";
import classes from "./SetUpDialog.module.css";

/** Three steps: scan, give a code back, keep the backup codes. */
export function SetUpDialog({ setup, onClose }: { setup: TwoFactorSetup; onClose: () => void }) {
  const { t } = useTranslation();
  const verify = useVerifyTwoFactor();
  const { field, sends } = useTexts({ code: "" }, { code: needed }, verify.error);
  if (verify.data)
    return (
      <BackupCodesDialog title={t("security.setUp.on")} codes={verify.data.backup_codes} onClose={onClose} />
    );
  return (
    <Dialog title={t("security.setUp.title")} size={520} onClose={onClose}>
      <form noValidate onSubmit={sends(({ code }) => verify.mutate(code.replace(/\s/g, "")))}>
        <ol className={classes.steps}>
          <li>
            <p>{t("security.setUp.scan")}</p>
            {/* As an image it can run nothing and draws on its own ground. */}
            <img
              className={classes.qr}
              src={`data:image/svg+xml,${encodeURIComponent(setup.qr_svg)}`}
              alt={t("security.setUp.qr")}
              width={184}
              height={184}
            />
            <details className={classes.secret}>
              <summary>{t("security.setUp.cannotScan")}</summary>
              <p>{t("security.setUp.typeSecret")}</p>
              <CopyField label={t("security.setUp.secret")} value={setup.secret} />
              <a href={setup.otpauth_uri}>{t("security.setUp.openApp")}</a>
            </details>
          </li>
          <li>
            <TextInput
              data-autofocus
              autoComplete="one-time-code"
              inputMode="numeric"
              label={t("security.setUp.code")}
              description={t("security.setUp.codeHelp")}
              {...field("code")}
            />
            {saysMore(verify.error, ["code"]) && <Refusal error={verify.error} />}
          </li>
        </ol>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={verify.isPending}>
            {t("security.setUp.verify")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
