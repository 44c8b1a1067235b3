import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey } from "@/api/model";
import { duration } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastFailed } from "@/ui/toast";
import { useRotateKey } from "./queries";

const MINUTE = 60_000;
const DAY = 24 * 60;
/** For how many minutes the present text can go on. */
const OVERLAPS = [0, 60, DAY, 7 * DAY];

interface RotateDialogProps {
  apiKey: ApiKey;
  onClose: () => void;
  onRotated: (text: string | null) => void;
}

/** Gives the key another text, after asking how long the present one is needed. */
export function RotateDialog({ apiKey, onClose, onRotated }: RotateDialogProps) {
  const { t } = useTranslation();
  const [minutes, setMinutes] = useState(DAY);
  const rotate = useRotateKey(apiKey.id);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("apiKeys.rotate.title", { name: apiKey.name })}
      confirm={t("apiKeys.rotate.action")}
      pending={rotate.isPending}
      onConfirm={() =>
        rotate.mutate(minutes, {
          onSuccess: ({ text }) => onRotated(text),
          onError: (error) => toastFailed(error),
        })
      }
    >
      <p>{t("apiKeys.rotate.detail")}</p>
      <NativeSelect
        label={t("apiKeys.rotate.overlap")}
        value={String(minutes)}
        onChange={(event) => setMinutes(Number(event.currentTarget.value))}
        data={OVERLAPS.map((each) => ({
          value: String(each),
          label: each === 0 ? t("apiKeys.rotate.atOnce") : duration(each * MINUTE),
        }))}
      />
    </ConfirmDialog>
  );
}
