import { Button } from "@mantine/core";
import { CloudAlert, CloudCheck, CloudUpload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/i18n/error-text";
import { clock } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import type { SaveState } from "./draft-saver";
import classes from "./SaveNote.module.css";

/** Says whether the draft is safe. */
export function SaveNote({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  const { t } = useTranslation();
  if (state.phase === "failed") {
    return (
      <span className={classes.failed}>
        <Badge tone="bad" icon={<CloudAlert size={13} aria-hidden="true" />}>
          {t("composer.saveFailed", { why: errorText(state.error).title })}
        </Badge>
        <Button size="xs" onClick={onRetry}>
          {t("common.tryAgain")}
        </Button>
      </span>
    );
  }
  if (state.phase === "conflict") {
    return (
      <Badge tone="warn" icon={<CloudAlert size={13} aria-hidden="true" />}>
        {t("composer.notSaved")}
      </Badge>
    );
  }
  return (
    <span role="status">
      {state.phase === "saving" || state.phase === "dirty" ? (
        <Badge tone="quiet" icon={<CloudUpload size={13} aria-hidden="true" />}>
          {t("composer.saving")}
        </Badge>
      ) : (
        state.savedAt && (
          <Badge tone="quiet" icon={<CloudCheck size={13} aria-hidden="true" />}>
            {t("composer.saved", { at: clock(state.savedAt) })}
          </Badge>
        )
      )}
    </span>
  );
}
