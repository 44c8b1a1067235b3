import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { RotateCw, Search, Webhook } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEvent } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import settings from "@/features/settings/Settings.module.css";
import { WebhookTabs } from "@/features/telling/WebhookTabs";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { PlatformTile } from "@/ui/PlatformTile";
import { ChannelHearings } from "./ChannelHearings";
import { Counts } from "./Counts";
import classes from "./Events.module.css";
import { Filters } from "./Filters";
import { eventsQuery } from "./queries";
import { Receivers } from "./Receivers";
import { ReplayDialog } from "./ReplayDialog";
import { StatusBadge } from "./StatusBadge";
import { type EventsSearch, isFiltered } from "./search";
import { kindWords } from "./words";

const route = getRouteApi("/frame/webhooks");

/** Everything that platforms told, and what became of it. */
export function EventsPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const search = route.useSearch();
  const [replaying, setReplaying] = useState(false);
  return (
    <>
      <PageHeader
        title={t("nav.webhooks")}
        hint={t("hearing.hint")}
        action={
          manages(workspace.role) &&
          isFiltered(search) && (
            <Button
              leftSection={<RotateCw size={14} aria-hidden="true" />}
              onClick={() => setReplaying(true)}
            >
              {t("hearing.replay.action")}
            </Button>
          )
        }
      />
      <WebhookTabs />
      <div className={`${settings.page} ${settings.wide}`}>
        <Counts search={search} />
        <Receivers search={search} />
        <details className={classes.receivers}>
          <summary>{t("listening.title")}</summary>
          <p className={classes.quiet}>{t("listening.lead")}</p>
          <ChannelHearings />
        </details>
        <Filters search={search} />
        <Events search={search} />
      </div>
      {replaying && <ReplayDialog search={search} onClose={() => setReplaying(false)} />}
      <Outlet />
    </>
  );
}

function Events({ search }: { search: EventsSearch }) {
  const { t } = useTranslation();
  const log = useInfiniteQuery(eventsQuery(search));
  const events = log.data?.pages.flatMap((page) => page.items);
  if (log.error && !events) return <FailedState error={log.error} onRetry={() => void log.refetch()} />;
  if (!events)
    return (
      <div aria-busy="true">
        <Skeleton height={240} radius={12} />
      </div>
    );
  if (events.length === 0) return <Nothing search={search} />;
  return (
    <>
      <ul className={classes.list} aria-label={t("nav.webhooks")}>
        {events.map((event) => (
          <EventRow key={event.id} event={event} search={search} />
        ))}
      </ul>
      {log.hasNextPage && (
        <div>
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}

function Nothing({ search }: { search: EventsSearch }) {
  const { t } = useTranslation();
  return isFiltered(search) ? (
    <EmptyState
      icon={<Search size={20} aria-hidden="true" />}
      title={t("hearing.emptyFiltered")}
      detail={t("hearing.emptyFilteredDetail")}
      action={
        <ButtonLink to="/webhooks" search={{}}>
          {t("hearing.filters.clear")}
        </ButtonLink>
      }
    />
  ) : (
    <EmptyState
      icon={<Webhook size={20} aria-hidden="true" />}
      title={t("hearing.empty")}
      detail={t("hearing.emptyDetail")}
    />
  );
}

/** The whole row opens the event. */
function EventRow({ event, search }: { event: WebhookEvent; search: EventsSearch }) {
  const { t } = useTranslation();
  const { id, platform, kind, account, status, received_at, claimed, understood } = event;
  return (
    <li className={classes.row}>
      <PlatformTile platform={platform} />
      <span className={classes.words}>
        <Link to="/webhooks/$eventId" params={{ eventId: id }} search={search} className={classes.link}>
          {kindWords(kind)}
        </Link>
        <span className={classes.quiet}>
          {account.name ?? account.remote_id}
          {!claimed && ` · ${t("hearing.unclaimed")}`}
          {!understood && ` · ${t("hearing.notUnderstood")}`}
        </span>
      </span>
      <span className={classes.quiet}>
        <Ago at={received_at} />
      </span>
      <StatusBadge status={status} />
    </li>
  );
}
