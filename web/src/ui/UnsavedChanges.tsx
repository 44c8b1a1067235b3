import { useBlocker } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "./ConfirmDialog";

/** Asks whoever leaves the page, or this tab, while something is `unsaved`. */
export function UnsavedChanges({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => unsaved,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  });
  const blocked = status === "blocked";
  // Saved while it was asked, or taken away with what was written: whoever wanted to go, goes.
  const go = useEffectEvent(() => proceed?.());
  useEffect(() => {
    if (blocked && !unsaved) go();
  }, [blocked, unsaved]);
  useEffect(() => () => go(), []);
  return (
    <ConfirmDialog
      opened={blocked}
      onClose={() => reset?.()}
      title={t("common.unsaved.title")}
      dismiss={t("common.unsaved.stay")}
      confirm={t("common.unsaved.leave")}
      onConfirm={() => proceed?.()}
      destructive
    >
      <p>{t("common.unsaved.detail")}</p>
    </ConfirmDialog>
  );
}
