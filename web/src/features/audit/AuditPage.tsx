import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { Download, ScrollText, Search, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { ComingSections, SettingsPage } from "@/features/settings/SettingsPage";
import { precise } from "@/i18n/format";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { LateMenu } from "@/ui/over/LateMenu";
import { Refusal } from "@/ui/Refusal";
import classes from "./Audit.module.css";
import { Filters } from "./Filters";
import { auditQuery, useVerify } from "./queries";
import { type AuditSearch, exportAddress, isFiltered } from "./search";
import { Verdict } from "./Verdict";
import { actionWords, actorName, subjectName } from "./words";

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
            <Button
              leftSection={<ShieldCheck size={14} aria-hidden="true" />}
              data-tip={t("audit.verify.detail")}
              loading={verify.isPending}
              onClick={() => verify.mutate()}
            >
              {t("audit.verify.action")}
            </Button>
            <Export search={search} />
          </>
        )
      }
    >
      {may ? (
        <>
          {verify.error && <Refusal error={verify.error} />}
          {verify.data && <Verdict verdict={verify.data} />}
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
  const events = log.data?.pages.flatMap((page) => page.items);
  if (log.error && !events) return <FailedState error={log.error} onRetry={() => void log.refetch()} />;
  if (!events) return <ComingSections />;
  if (events.length === 0)
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
  return (
    <>
      <ol className={classes.list} aria-label={t("nav.audit")}>
        {events.map((event) => (
          <EventRow key={event.id} event={event} search={search} />
        ))}
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

/** The whole row opens the event. */
function EventRow({ event, search }: { event: AuditEvent; search: AuditSearch }) {
  const { t } = useTranslation();
  const name = subjectName(event.detail);
  return (
    <li className={classes.row}>
      <span className={classes.sentence}>
        <Link
          to="/settings/audit/$eventId"
          params={{ eventId: event.id }}
          search={search}
          className={classes.link}
        >
          <strong>{actorName(t, event)}</strong> {actionWords(event.action)}
        </Link>
        {name && <span className={classes.subject}>{name}</span>}
      </span>
      <time className={classes.at} dateTime={event.at}>
        {precise(event.at)}
      </time>
    </li>
  );
}
