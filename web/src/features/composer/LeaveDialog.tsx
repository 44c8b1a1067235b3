import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import type { Waiting } from "./use-tray";

interface LeaveDialogProps {
  opened: boolean;
  waiting: Waiting;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks whoever leaves while a file is on its way to the post. */
export function LeaveDialog({ opened, waiting, onStay, onLeave }: LeaveDialogProps) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onStay}
      title={t("editor.leaving.title")}
      dismiss={t("editor.leaving.stay")}
      confirm={t("editor.leaving.leave")}
      onConfirm={onLeave}
      destructive
    >
      <p>{t(waiting === "upload" ? "editor.leaving.upload" : "editor.leaving.import")}</p>
    </ConfirmDialog>
  );
}
