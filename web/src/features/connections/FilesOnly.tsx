import { useTranslation } from "react-i18next";
import type { Platform } from "@/api/model";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";

/** What an account is good for that has files and no channels, and the way there. */
export function FilesOnly({ platform }: { platform: Platform }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="info"
      title={t("connections.files.title", { name: platform.name })}
      action={
        <ButtonLink size="xs" to="/library" search={{}}>
          {t("connections.files.open")}
        </ButtonLink>
      }
    >
      {t("connections.files.detail")}
    </Notice>
  );
}
