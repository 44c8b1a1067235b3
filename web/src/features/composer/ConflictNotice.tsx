import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "@/ui/Notice";
import { toastFailed } from "@/ui/toast";
import type { DraftSaver } from "./draft-saver";

/** Somebody else stored another version: the person decides which one stays. */
export function ConflictNotice({ saver, onReload }: { saver: DraftSaver; onReload: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="warn"
      live
      title={t("composer.conflictTitle")}
      action={
        <>
          <Button size="xs" onClick={onReload}>
            {t("composer.conflictLoad")}
          </Button>
          <Button
            size="xs"
            onClick={() => void saver.keepMine().catch((error: unknown) => toastFailed(error))}
          >
            {t("composer.conflictKeep")}
          </Button>
        </>
      }
    >
      {t("composer.conflictDetail")}
    </Notice>
  );
}
