import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { actions, Section } from "@/ui/Section";

/** All that is kept of a person, as one file for them. */
export function ExportSection() {
  const { t } = useTranslation();
  return (
    <Section title={t("settings.export.title")} detail={t("settings.export.detail")}>
      <div className={actions}>
        <Button
          component="a"
          href="/api/account/export"
          download
          leftSection={<Download size={14} aria-hidden="true" />}
        >
          {t("settings.export.action")}
        </Button>
      </div>
    </Section>
  );
}
