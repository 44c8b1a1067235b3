import { Button } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { giveFocusBack } from "./give-focus-back";
import classes from "./UndoWords.module.css";

/** The inside of a toast that can be undone. */
export function UndoWords({ message, onUndo }: { message: string; onUndo: () => void }) {
  const { t } = useTranslation();
  const before = useRef<Element | null>(null);
  const undo = () => {
    onUndo();
    // The toast goes, and its button with it.
    giveFocusBack(before.current);
  };
  return (
    <span className={classes.words}>
      <span>{message}</span>
      <Button
        size="compact-sm"
        onFocus={({ currentTarget, relatedTarget }) => {
          const toast = currentTarget.closest("[role='status']");
          if (relatedTarget && !toast?.contains(relatedTarget)) before.current = relatedTarget;
        }}
        onClick={undo}
        aria-keyshortcuts="Control+Z Meta+Z"
      >
        {t("toast.undo")}
      </Button>
    </span>
  );
}
