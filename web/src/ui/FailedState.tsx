import { Button } from "@mantine/core";
import { CircleAlert, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/i18n/error-text";
import classes from "./EmptyState.module.css";

interface FailedStateProps {
  error: unknown;
  onRetry: () => void;
  /** It is also tried again by itself. */
  triesAgain?: boolean;
}

/** What a page says when its data did not come: what happened, the request id, and another try. */
export function FailedState({ error, onRetry, triesAgain = false }: FailedStateProps) {
  const { t } = useTranslation();
  const words = errorText(error);
  return (
    <div className={classes.empty} role="alert">
      <span className={classes.icon} data-tone="bad">
        <CircleAlert size={20} aria-hidden="true" />
      </span>
      <h2 className={classes.title}>{t("common.failedTitle")}</h2>
      <p className={classes.detail}>{words.title}</p>
      {words.detail && <p className={classes.detail}>{words.detail}</p>}
      {triesAgain && <p className={classes.detail}>{t("link.lostDetail")}</p>}
      {words.requestId && <p className={classes.request}>{t("common.requestId", { id: words.requestId })}</p>}
      <div className={classes.action}>
        <Button leftSection={<RotateCw size={14} aria-hidden="true" />} onClick={onRetry}>
          {t("common.tryAgain")}
        </Button>
      </div>
    </div>
  );
}
