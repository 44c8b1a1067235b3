import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { Download, ScrollText, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { SettingsPage } from "@/features/settings/SettingsPage";
import { EmptyState } from "@/ui/EmptyState";
import { ButtonLink } from "@/ui/links";
import { LateMenu } from "@/ui/over/LateMenu";
import { rowLink } from "@/ui/Rows";
import { EventLog } from "./EventLog";
import { Filters } from "./Filters";
import { auditQuery, useVerify } from "./queries";
import { type AuditSearch, exportAddress, isFiltered } from "./search";
import { Verified, VerifyButton } from "./Verify";

const route = getRouteApi("/frame/settings/audit");

/** Who did what to which thing, and when. */
export function AuditPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const search = route.useSearch();
  const verify = useVerify();
  const may = manages(workspace.role);
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
          <Filters search={search} />
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
      empty={<Nothing search={search} />}
      link={({ id }, words) => (
        <Link to="/settings/audit/$eventId" params={{ eventId: id }} search={search} className={rowLink}>
          {words}
        </Link>
      )}
    />
  );
}

function Nothing({ search }: { search: AuditSearch }) {
  const { t } = useTranslation();
  return isFiltered(search) ? (
    <EmptyState
      icon={<Search size={20} aria-hidden="true" />}
      title={t("audit.emptyFiltered")}
      detail={t("audit.emptyFilteredDetail")}
      action={
        <ButtonLink to="/settings/audit" search={{}}>
          {t("audit.filters.clear")}
        </ButtonLink>
      }
    />
  ) : (
    <EmptyState
      icon={<ScrollText size={20} aria-hidden="true" />}
      title={t("audit.empty")}
      detail={t("audit.emptyDetail")}
    />
  );
}
