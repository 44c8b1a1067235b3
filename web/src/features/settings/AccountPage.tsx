import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PreferencesSection } from "@/features/notifications/PreferencesSection";
import { preferencesQuery } from "@/features/notifications/queries";
import { FailedState } from "@/ui/FailedState";
import { Together } from "@/ui/Together";
import { DeleteSection } from "./DeleteSection";
import { EmailSection } from "./EmailSection";
import { ExportSection } from "./ExportSection";
import { LanguageSection } from "./LanguageSection";
import { NameSection } from "./NameSection";
import { PasswordSection } from "./PasswordSection";
import { accountQuery } from "./queries";
import { ComingSections, SettingsPage } from "./SettingsPage";

/** Who one is here, and what becomes of that. */
export function AccountPage() {
  const { t } = useTranslation();
  const { data: account, error, refetch } = useQuery(accountQuery);
  const preferences = useQuery(preferencesQuery);
  return (
    <SettingsPage title={t("nav.account")} hint={t("settings.hint")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !account ? (
        <ComingSections />
      ) : (
        <Together reading={preferences.isPending} coming={<ComingSections />}>
          <NameSection name={account.user.name} />
          <EmailSection account={account} />
          <PasswordSection hasPassword={account.has_password} />
          <LanguageSection language={account.language} />
          <PreferencesSection />
          <ExportSection />
          <DeleteSection account={account} />
        </Together>
      )}
    </SettingsPage>
  );
}
