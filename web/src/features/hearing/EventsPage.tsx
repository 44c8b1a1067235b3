import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { FlaskConical, RotateCw, Search, Webhook } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEvent } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import settings from "@/features/settings/Settings.module.css";
import { ComingSections } from "@/features/settings/SettingsPage";
import { WebhookTabs } from "@/features/telling/WebhookTabs";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { PlatformTile } from "@/ui/PlatformTile";
import { Quiet, quiet, Row, Rows, RowWords, rowLink } from "@/ui/Rows";
import { Together } from "@/ui/Together";
import { Counts } from "./Counts";
import classes from "./Events.module.css";
import { Filters } from "./Filters";
import { eventsQuery, statsQuery } from "./queries";
import { Receivers } from "./Receivers";
import { ReplayDialog } from "./ReplayDialog";
import { StatusBadge } from "./StatusBadge";
import { type EventsSearch, isFiltered } from "./search";
import { kindWords } from "./words";

const ChannelHearings = lazy(async () => ({ default: (await import("./ChannelHearings")).ChannelHearings }));
const TestDialog = lazy(async () => ({ default: (await import("./TestDialog")).TestDialog }));

const route = getRouteApi("/frame/webhooks");

/** Everything that platforms told, and what became of it. */
export function EventsPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const search = route.useSearch();
  const [replaying, setReplaying] = useState(false);
  const [testing, setTesting] = useState(false);
  const stats = useQuery(statsQuery(search));
  const log = useInfiniteQuery(eventsQuery(search));
  return (
    <>
      <PageHeader
        title={t("nav.webhooks")}
        hint={t("hearing.hint")}
        action={
          manages(workspace.role) && (
            <>
              {isFiltered(search) && (
                <Button
                  leftSection={<RotateCw size={14} aria-hidden="true" />}
                  onClick={() => setReplaying(true)}
                >
                  {t("hearing.replay.action")}
                </Button>
              )}
              <Button
                leftSection={<FlaskConical size={14} aria-hidden="true" />}
                onClick={() => setTesting(true)}
              >
                {t("hearing.test.action")}
              </Button>
            </>
          )
        }
      />
      <WebhookTabs />
      <div className={`${settings.page} ${settings.wide}`}>
        <Together reading={stats.isPending || log.isPending} coming={<ComingSections />}>
          <Counts search={search} />
          <Receivers search={search} />
          <HeardChannels />
          <Filters search={search} />
          <Events search={search} />
        </Together>
      </div>
      <Suspense>{testing && <TestDialog search={search} onClose={() => setTesting(false)} />}</Suspense>
      {replaying && <ReplayDialog search={search} onClose={() => setReplaying(false)} />}
      <Outlet />
    </>
  );
}

/** How each channel is heard, which is asked for once somebody wants to see it. */
function HeardChannels() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.receivers} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("listening.title")}</summary>
      <p className={quiet}>{t("listening.lead")}</p>
      {open && (
        <Suspense fallback={<Skeleton height={96} radius={12} />}>
          <ChannelHearings />
        </Suspense>
      )}
    </details>
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
      <Rows label={t("nav.webhooks")}>
        {events.map((event) => (
          <EventRow key={event.id} event={event} search={search} />
        ))}
      </Rows>
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
    <Row>
      <PlatformTile platform={platform} />
      <RowWords>
        <Link to="/webhooks/$eventId" params={{ eventId: id }} search={search} className={rowLink}>
          {kindWords(kind)}
        </Link>
        <Quiet>
          {account.name ?? account.remote_id}
          {!claimed && ` · ${t("hearing.unclaimed")}`}
          {event.test && ` · ${t("hearing.test.mark")}`}
          {!understood && ` · ${t("hearing.notUnderstood")}`}
        </Quiet>
      </RowWords>
      <Quiet>
        <Ago at={received_at} />
      </Quiet>
      <StatusBadge status={status} />
    </Row>
  );
}
