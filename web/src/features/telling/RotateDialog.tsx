import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";
import { duration } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastFailed } from "@/ui/toast";
import { useRotateSecret } from "./queries";
import { endpointName } from "./words";

/** For how many hours both secrets can sign. */
const OVERLAPS = [0, 1, 24, 72, 168];
const HOUR = 3_600_000;

interface RotateDialogProps {
  endpoint: WebhookEndpoint;
  onClose: () => void;
  onRotated: (secret: string | null) => void;
}

/** Gives the endpoint another secret, after asking how long the present one is needed. */
export function RotateDialog({ endpoint, onClose, onRotated }: RotateDialogProps) {
  const { t } = useTranslation();
  const [hours, setHours] = useState(24);
  const rotate = useRotateSecret(endpoint.id);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("telling.rotate.title", { name: endpointName(endpoint) })}
      confirm={t("telling.rotate.action")}
      pending={rotate.isPending}
      onConfirm={() =>
        rotate.mutate(hours, {
          onSuccess: ({ secret }) => onRotated(secret),
          onError: (error) => toastFailed(error),
        })
      }
    >
      <p>{t("telling.rotate.detail")}</p>
      <NativeSelect
        label={t("telling.rotate.overlap")}
        value={String(hours)}
        onChange={(event) => setHours(Number(event.currentTarget.value))}
        data={OVERLAPS.map((each) => ({
          value: String(each),
          label: each === 0 ? t("telling.rotate.atOnce") : duration(each * HOUR),
        }))}
      />
    </ConfirmDialog>
  );
}
