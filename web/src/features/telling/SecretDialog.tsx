import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialog from "@/ui/ConfirmDialog.module.css";
import { CopyField } from "@/ui/CopyField";
import { TextLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import { Raw } from "@/ui/Raw";
import classes from "./Telling.module.css";
import { LANGUAGES, type Language, NAMES, SNIPPETS } from "./verify-snippets";

/** The secret by which messages are signed, which nobody can show again, and how it is used. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>("javascript");
  return (
    <Dialog title={t("telling.secret.title")} size={640} onClose={onClose}>
      <div className={classes.fields}>
        <Notice tone="warn" title={t("telling.secret.now")}>
          {t("telling.secret.why")}
        </Notice>
        <CopyField label={t("telling.secret.label")} value={secret} />
        <Raw title={t("telling.secret.verify")} text={SNIPPETS[language]}>
          <SegmentedControl
            size="xs"
            aria-label={t("telling.secret.language")}
            data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))}
            value={language}
            onChange={(value) => setLanguage(value as Language)}
          />
        </Raw>
        <p className={classes.hint}>
          {t("telling.secret.standard")}{" "}
          <TextLink to="/docs" search={{ q: "webhooks" }}>
            {t("telling.secret.guide")}
          </TextLink>
        </p>
      </div>
      <div className={dialog.actions}>
        <Button variant="filled" onClick={onClose}>
          {t("telling.secret.done")}
        </Button>
      </div>
    </Dialog>
  );
}
