import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { EventLog } from "@/features/audit/EventLog";
import { Verified, VerifyButton } from "@/features/audit/Verify";
import settings from "@/features/settings/Settings.module.css";
import { ComingSections } from "@/features/settings/SettingsPage";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { Together } from "@/ui/Together";
import { AdministratorsOnly } from "./AdministratorsOnly";
import { InstallationRetentionSection } from "./InstallationRetention";
import { installationLogQuery, installationRetentionQuery, useVerifyInstallation } from "./log-queries";

/** What was done to the installation itself, and whether that is still what was written. */
export function AdminAuditPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const verify = useVerifyInstallation();
  return (
    <>
      <PageHeader
        title={t("nav.adminAudit")}
        hint={t("admin.audit.hint")}
        action={user.is_admin && <VerifyButton verify={verify} />}
      />
      <div className={`${settings.page} ${settings.wide}`}>
        {user.is_admin ? (
          <>
            <Verified verify={verify} />
            <Sections />
          </>
        ) : (
          <AdministratorsOnly />
        )}
      </div>
    </>
  );
}

function Sections() {
  const { t } = useTranslation();
  const log = useInfiniteQuery(installationLogQuery);
  const retention = useQuery(installationRetentionQuery);
  return (
    <Together reading={log.isPending || retention.isPending} coming={<ComingSections />}>
      <EventLog
        label={t("nav.adminAudit")}
        log={log}
        empty={
          <EmptyState
            icon={<ScrollText size={20} aria-hidden="true" />}
            title={t("audit.empty")}
            detail={t("admin.audit.emptyDetail")}
          />
        }
      />
      <InstallationRetentionSection />
    </Together>
  );
}
