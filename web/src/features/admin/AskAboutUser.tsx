import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AdminUser } from "@/api/model";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import dialog from "@/ui/ConfirmDialog.module.css";
import { CopyField } from "@/ui/CopyField";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { toastDone } from "@/ui/toast";
import { useChangeUser, useResetUserPassword } from "./queries";
import classes from "./Users.module.css";

export type UserAct = "disable" | "make" | "unmake" | "reset" | "letIn";

interface AskProps {
  act: UserAct;
  person: AdminUser;
  onClose: () => void;
}

/** Asks before somebody is shut out, made an administrator or logged out everywhere. */
export function AskAboutUser({ act, person, onClose }: AskProps) {
  return act === "reset" ? (
    <Reset person={person} onClose={onClose} />
  ) : (
    <Change act={act} person={person} onClose={onClose} />
  );
}

const CHANGES = {
  disable: { disabled: true },
  make: { is_admin: true },
  unmake: { is_admin: false },
  letIn: { two_factor: false },
} as const;

function Change({ act, person, onClose }: AskProps & { act: keyof typeof CHANGES }) {
  const { t } = useTranslation();
  const change = useChangeUser();
  const { id, name } = person;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`admin.users.${act}.ask`, { name })}
      confirm={t(`admin.users.${act}.action`)}
      destructive={act !== "make"}
      pending={change.isPending}
      onConfirm={() =>
        change.mutate(
          { id, ...CHANGES[act] },
          {
            onSuccess: () => {
              onClose();
              toastDone(t(`admin.users.${act}.done`, { name }));
            },
          },
        )
      }
    >
      {change.error ? <Refusal error={change.error} /> : <p>{t(`admin.users.${act}.consequence`)}</p>}
    </ConfirmDialog>
  );
}

function Reset({ person, onClose }: Omit<AskProps, "act">) {
  const { t } = useTranslation();
  const reset = useResetUserPassword();
  const { id, name, email } = person;
  if (reset.data)
    return (
      <Dialog title={t("admin.users.reset.title", { name })} size={520} onClose={onClose}>
        <div className={classes.parts}>
          <Notice
            tone={reset.data.mailed ? "good" : "warn"}
            title={t(reset.data.mailed ? "members.link.mailed" : "members.link.notMailed", { email })}
          >
            {t("admin.users.reset.done")}
          </Notice>
          {reset.data.link && <CopyField label={t("members.link.label")} value={reset.data.link} />}
        </div>
        <div className={dialog.actions}>
          <Button variant="filled" onClick={onClose}>
            {t("members.link.done")}
          </Button>
        </div>
      </Dialog>
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("admin.users.reset.ask", { name })}
      confirm={t("admin.users.reset.action")}
      destructive
      pending={reset.isPending}
      onConfirm={() => reset.mutate(id)}
    >
      {reset.error ? <Refusal error={reset.error} /> : <p>{t("admin.users.reset.consequence")}</p>}
    </ConfirmDialog>
  );
}
