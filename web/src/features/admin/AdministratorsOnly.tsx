import { ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { codeText } from "@/i18n/error-text";
import { EmptyState } from "@/ui/EmptyState";

/** In place of pages for those who run the installation, when somebody else opens them. */
export function AdministratorsOnly() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<ShieldAlert size={20} aria-hidden="true" />}
      title={codeText("forbidden")}
      detail={t("admin.only")}
    />
  );
}
