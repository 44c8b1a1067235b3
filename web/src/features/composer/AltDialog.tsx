import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PostMedia } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import classes from "./AltDialog.module.css";

interface AltDialogProps {
  media: PostMedia;
  number: number;
  onClose: () => void;
  onSave: (alt: string) => void;
}

/** Asks what someone who cannot see the item should know. */
export function AltDialog({ media, number, onClose, onSave }: AltDialogProps) {
  const { t } = useTranslation();
  const [alt, setAlt] = useState(media.alt);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("editor.media.altTitle")}
      confirm={t("common.save")}
      onConfirm={() => {
        onSave(alt.trim());
        onClose();
      }}
    >
      <div className={classes.stage}>
        <Thumb media={media} />
      </div>
      <Textarea
        data-autofocus
        dir="auto"
        label={t("editor.media.alt", { number })}
        description={t("library.altHelp")}
        autosize
        minRows={3}
        value={alt}
        onChange={(event) => setAlt(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
