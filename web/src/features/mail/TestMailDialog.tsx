import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { fields } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { address, useTexts } from "@/ui/use-texts";
import { useTestMail } from "./queries";

/** A message to see whether messages arrive. */
export function TestMailDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const test = useTestMail();
  const { field, sends } = useTexts({ to: user.email }, { to: address }, test.error);
  return (
    <Dialog title={t("mail.test.title")} size={440} onClose={onClose}>
      <form
        noValidate
        onSubmit={sends(({ to }) =>
          test.mutate(to.trim(), {
            onSuccess: (message) => {
              toastDone(t("mail.test.done", { to: message.to }));
              onClose();
            },
          }),
        )}
      >
        <div className={fields}>
          <p>{t("mail.test.detail")}</p>
          {saysMore(test.error, ["to"]) && <Refusal error={test.error} />}
          <TextInput data-autofocus type="email" label={t("mail.test.to")} {...field("to")} />
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={test.isPending}>
            {t("mail.test.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
