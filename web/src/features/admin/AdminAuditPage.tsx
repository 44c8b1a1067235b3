import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import classes from "@/features/audit/Audit.module.css";
import { Verdict } from "@/features/audit/Verdict";
import { actionWords, actorName, subjectName } from "@/features/audit/words";
import settings from "@/features/settings/Settings.module.css";
import { ComingSections } from "@/features/settings/SettingsPage";
import { precise } from "@/i18n/format";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { PageHeader } from "@/ui/PageHeader";
import { Refusal } from "@/ui/Refusal";
import { AdministratorsOnly } from "./AdministratorsOnly";
import { InstallationRetentionSection } from "./InstallationRetention";
import { installationLogQuery, useVerifyInstallation } from "./log-queries";

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
        action={
          user.is_admin && (
            <Button
              leftSection={<ShieldCheck size={14} aria-hidden="true" />}
              data-tip={t("audit.verify.detail")}
              loading={verify.isPending}
              onClick={() => verify.mutate()}
            >
              {t("audit.verify.action")}
            </Button>
          )
        }
      />
      <div className={`${settings.page} ${settings.wide}`}>
        {user.is_admin ? (
          <>
            {verify.error && <Refusal error={verify.error} />}
            {verify.data && <Verdict verdict={verify.data} />}
            <Events />
            <InstallationRetentionSection />
          </>
        ) : (
          <AdministratorsOnly />
        )}
      </div>
    </>
  );
}

function Events() {
  const { t } = useTranslation();
  const log = useInfiniteQuery(installationLogQuery);
  const events = log.data?.pages.flatMap((page) => page.items);
  if (log.error && !events) return <FailedState error={log.error} onRetry={() => void log.refetch()} />;
  if (!events) return <ComingSections />;
  if (events.length === 0)
    return (
      <EmptyState
        icon={<ScrollText size={20} aria-hidden="true" />}
        title={t("audit.empty")}
        detail={t("admin.audit.emptyDetail")}
      />
    );
  return (
    <>
      <ol className={classes.list} aria-label={t("nav.adminAudit")}>
        {events.map((event) => {
          const name = subjectName(event.detail);
          return (
            <li key={event.id} className={classes.row}>
              <span className={classes.sentence}>
                <strong>{actorName(t, event)}</strong> {actionWords(event.action)}
                {name && <span className={classes.subject}>{name}</span>}
              </span>
              <time className={classes.at} dateTime={event.at}>
                {precise(event.at)}
              </time>
            </li>
          );
        })}
      </ol>
      {log.hasNextPage && (
        <div>
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("audit.older")}
          </Button>
        </div>
      )}
    </>
  );
}
