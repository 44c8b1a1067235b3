import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyField } from "@/ui/CopyField";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./KeyDialog.module.css";

/** The key's text, which nobody can show again. */
export function ShownOnce({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation();
  const command = `curl -H "Authorization: Bearer ${text}" ${window.location.origin}/api/posts`;
  return (
    <Dialog title={t("apiKeys.once.title")} size={520} onClose={onClose}>
      <div className={classes.fields}>
        <Notice tone="warn" title={t("apiKeys.once.now")}>
          {t("apiKeys.once.why")}
        </Notice>
        <CopyField label={t("apiKeys.once.label")} value={text} />
        <p className={classes.hint}>{t("apiKeys.once.use")}</p>
        <code className={classes.example}>{command}</code>
      </div>
      <div className={classes.actions}>
        <Button variant="filled" onClick={onClose}>
          {t("apiKeys.once.done")}
        </Button>
      </div>
    </Dialog>
  );
}
