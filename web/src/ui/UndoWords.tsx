import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./UndoWords.module.css";

/** The inside of a toast that can be undone. */
export function UndoWords({ message, onUndo }: { message: string; onUndo: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={classes.words}>
      <span>{message}</span>
      <Button size="compact-sm" onClick={onUndo} aria-keyshortcuts="Control+Z Meta+Z">
        {t("toast.undo")}
      </Button>
    </span>
  );
}
