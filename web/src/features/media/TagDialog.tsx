import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./FolderDialogs.module.css";
import { TagsField } from "./TagsField";

interface TagDialogProps {
  chosen: Media[];
  onClose: () => void;
  onSave: (add: string[], remove: string[]) => void;
}

/** Which tags the chosen files get, and which they lose. */
export function TagDialog({ chosen, onClose, onSave }: TagDialogProps) {
  const { t } = useTranslation();
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const present = [...new Set(chosen.flatMap(({ tags }) => tags))].sort();
  return (
    <Dialog onClose={onClose} title={t("chosenFiles.tagTitle", { count: chosen.length })} size={460}>
      <div className={classes.fields}>
        <TagsField label={t("chosenFiles.addTags")} value={add} onChange={setAdd} />
        {present.length > 0 && (
          <TagsField
            label={t("chosenFiles.removeTags")}
            value={remove}
            among={present}
            onChange={setRemove}
          />
        )}
      </div>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button
          variant="filled"
          disabled={add.length === 0 && remove.length === 0}
          onClick={() => onSave(add, remove)}
        >
          {t("common.save")}
        </Button>
      </div>
    </Dialog>
  );
}
