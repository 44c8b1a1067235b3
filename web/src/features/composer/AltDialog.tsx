import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PostMedia } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { inOurWords } from "@/i18n/server-words";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import classes from "./AltDialog.module.css";
import type { SharedFinding } from "./findings";

interface AltDialogProps {
  media: PostMedia;
  number: number;
  /** What the check says about the words that are stored. */
  findings: SharedFinding[];
  onClose: () => void;
  onSave: (alt: string) => void;
}

/** Asks what someone who cannot see the item should know. */
export function AltDialog({ media, number, findings, onClose, onSave }: AltDialogProps) {
  const { t } = useTranslation();
  const [alt, setAlt] = useState(media.alt);
  const wrong = findings.filter(({ level }) => level === "error" && alt === media.alt);
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
        description={t("oneFile.altHelp")}
        error={wrong.map(({ detail }) => inOurWords(detail)).join(" ") || undefined}
        autosize
        minRows={3}
        value={alt}
        onChange={(event) => setAlt(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
