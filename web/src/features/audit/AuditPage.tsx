import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { membersQuery } from "@/features/members/queries";
import { manages } from "@/features/members/roles";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { EmptyState } from "@/ui/EmptyState";
import { rowLink } from "@/ui/Rows";
import { EventLog } from "./EventLog";
import { ExportMenu } from "./ExportMenu";
import { Filters } from "./Filters";
import { NoEvents } from "./NoEvents";
import { auditQuery, useVerify } from "./queries";
import type { AuditSearch } from "./search";
import { Verified, VerifyButton } from "./Verify";
import { LOGS } from "./words";

const route = getRouteApi("/frame/settings/audit");

/** Who did what to which thing, and when. */
export function AuditPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const search = route.useSearch();
  const verify = useVerify();
  const may = manages(workspace.role);
  const { data: members = [] } = useQuery({ ...membersQuery, enabled: may });
  const people = members.map(({ user_id, name }) => ({ value: user_id, label: name }));
  return (
    <SettingsPage
      wide
      title={t("nav.audit")}
      hint={t("audit.hint")}
      action={
        may && (
          <>
            <VerifyButton verify={verify} />
            <ExportMenu log="audit" search={search} />
          </>
        )
      }
    >
      {may ? (
        <>
          <Verified verify={verify} />
          <Filters log={LOGS.workspace} search={search} people={people} />
          <Events search={search} />
        </>
      ) : (
        <EmptyState
          icon={<ScrollText size={20} aria-hidden="true" />}
          title={t("audit.notYours")}
          detail={t("audit.notYoursDetail")}
        />
      )}
      <Outlet />
    </SettingsPage>
  );
}

function Events({ search }: { search: AuditSearch }) {
  const { t } = useTranslation();
  const log = useInfiniteQuery(auditQuery(search));
  return (
    <EventLog
      label={t("nav.audit")}
      log={log}
      empty={<NoEvents log={LOGS.workspace} search={search} detail={t("audit.emptyDetail")} />}
      link={({ id }, words) => (
        <Link to="/settings/audit/$eventId" params={{ eventId: id }} search={search} className={rowLink}>
          {words}
        </Link>
      )}
    />
  );
}
