import { Radio } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "@/api/model";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./ConnectDialog.module.css";
import { useDisconnect } from "./queries";

interface DisconnectDialogProps {
  connection: Connection;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before an account is let go, and what becomes of the posts scheduled for it. */
export function DisconnectDialog({ connection, opened, onClose, onDone }: DisconnectDialogProps) {
  const { t } = useTranslation();
  const [scheduled, setScheduled] = useState<"cancel" | "keep">("cancel");
  const disconnect = useDisconnect();
  const { name } = connection;
  const confirm = () =>
    disconnect.mutate(
      { connection, scheduled },
      {
        onSuccess: ({ cancelled_deliveries: count }) => {
          toastDone(
            count > 0
              ? t("connections.disconnect.doneCancelled", { name, count })
              : t("connections.disconnect.done", { name }),
          );
          onDone();
        },
        onError: (error) => toastFailed(error),
      },
    );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("connections.disconnect.title", { name })}
      confirm={t("connections.disconnect.confirm", { name })}
      onConfirm={confirm}
      pending={disconnect.isPending}
      destructive
    >
      <p>{t("connections.disconnect.detail")}</p>
      <Radio.Group
        label={t("connections.disconnect.scheduled")}
        value={scheduled}
        onChange={(value) => setScheduled(value === "keep" ? "keep" : "cancel")}
      >
        <div className={classes.choices}>
          <Radio
            value="cancel"
            label={t("connections.disconnect.cancel")}
            description={t("connections.disconnect.cancelHelp")}
          />
          <Radio
            value="keep"
            label={t("connections.disconnect.keep")}
            description={t("connections.disconnect.keepHelp")}
          />
        </div>
      </Radio.Group>
    </ConfirmDialog>
  );
}
