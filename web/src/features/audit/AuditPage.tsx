import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { Download, ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { membersQuery } from "@/features/members/queries";
import { manages } from "@/features/members/roles";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { EmptyState } from "@/ui/EmptyState";
import { LateMenu } from "@/ui/over/LateMenu";
import { rowLink } from "@/ui/Rows";
import { EventLog } from "./EventLog";
import { Filters } from "./Filters";
import { NoEvents } from "./NoEvents";
import { auditQuery, useVerify } from "./queries";
import { type AuditSearch, exportAddress, isFiltered } from "./search";
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
            <Export search={search} />
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

function Export({ search }: { search: AuditSearch }) {
  const { t } = useTranslation();
  return (
    <LateMenu
      position="bottom-end"
      target={
        <Button leftSection={<Download size={14} aria-hidden="true" />}>{t("audit.export.action")}</Button>
      }
    >
      {(Menu) => (
        <>
          <Menu.Label>{t(isFiltered(search) ? "audit.export.filtered" : "audit.export.all")}</Menu.Label>
          <Menu.Item component="a" href={exportAddress("csv", search)} download>
            {t("audit.export.csv")}
          </Menu.Item>
          <Menu.Item component="a" href={exportAddress("json", search)} download>
            {t("audit.export.json")}
          </Menu.Item>
        </>
      )}
    </LateMenu>
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
