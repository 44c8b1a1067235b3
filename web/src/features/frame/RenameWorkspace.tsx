import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRenameWorkspace, useSession } from "@/features/account/session";
import { codeText, errorLine } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone } from "@/ui/toast";

/** Another name for the workspace. */
export function RenameWorkspace({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const rename = useRenameWorkspace(workspace.id);
  const [name, setName] = useState(workspace.name);
  const [empty, setEmpty] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    setEmpty(wanted === "");
    if (wanted === workspace.name) onClose();
    else if (wanted !== "")
      rename.mutate(wanted, {
        onSuccess: () => {
          toastDone(t("workspaces.renamed", { name: wanted }));
          onClose();
        },
      });
  };

  return (
    <Dialog onClose={onClose} title={t("workspaces.rename")} size={440}>
      <form onSubmit={submit} noValidate>
        <TextInput
          label={t("setup.workspaceName")}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={empty ? codeText("required") : rename.error && errorLine(rename.error)}
        />
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={rename.isPending}>
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
