import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { EventLog } from "@/features/audit/EventLog";
import { ExportMenu } from "@/features/audit/ExportMenu";
import { Filters } from "@/features/audit/Filters";
import { NoEvents } from "@/features/audit/NoEvents";
import { Verified, VerifyButton } from "@/features/audit/Verify";
import { LOGS } from "@/features/audit/words";
import settings from "@/features/settings/Settings.module.css";
import { ComingSections } from "@/features/settings/SettingsPage";
import { PageHeader } from "@/ui/PageHeader";
import { rowLink } from "@/ui/Rows";
import { Together } from "@/ui/Together";
import { AdministratorsOnly } from "./AdministratorsOnly";
import { InstallationRetentionSection } from "./InstallationRetention";
import {
  everybodyQuery,
  installationLogQuery,
  installationRetentionQuery,
  useVerifyInstallation,
} from "./log-queries";

const route = getRouteApi("/frame/admin/audit");

/** What was done to the installation itself, and whether that is still what was written. */
export function AdminAuditPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const search = route.useSearch();
  const verify = useVerifyInstallation();
  return (
    <>
      <PageHeader
        title={t("nav.adminAudit")}
        hint={t("admin.audit.hint")}
        action={
          user.is_admin && (
            <>
              <VerifyButton verify={verify} />
              <ExportMenu log="admin/audit" search={search} />
            </>
          )
        }
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
  const search = route.useSearch();
  const log = useInfiniteQuery(installationLogQuery(search));
  const retention = useQuery(installationRetentionQuery);
  const { data: everybody = [] } = useQuery(everybodyQuery);
  const people = everybody.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Filters log={LOGS.installation} search={search} people={people} />
      <Together reading={log.isPending || retention.isPending} coming={<ComingSections />}>
        <EventLog
          label={t("nav.adminAudit")}
          log={log}
          empty={<NoEvents log={LOGS.installation} search={search} detail={t("admin.audit.emptyDetail")} />}
          link={({ id }, words) => (
            <Link to="/admin/audit/$eventId" params={{ eventId: id }} search={search} className={rowLink}>
              {words}
            </Link>
          )}
        />
        <InstallationRetentionSection />
      </Together>
      <Outlet />
    </>
  );
}
