import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/model";
import { dateAndTime, exact } from "@/i18n/format";
import { EmptyState } from "@/ui/EmptyState";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink, TextLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { Raw } from "@/ui/Raw";
import { SidePanel } from "@/ui/SidePanel";
import classes from "./Audit.module.css";
import { auditQuery } from "./queries";
import { actionWords, actorName, kindWords, subjectName } from "./words";

const route = getRouteApi("/frame/settings/audit/$eventId");

/** So far back an event is looked for when somebody opens its address. */
const PAGES = 10;

/** One event with all that was written of it. */
export function EventPanel() {
  const { t } = useTranslation();
  const { eventId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const log = useInfiniteQuery(auditQuery(search));
  const event = log.data?.pages.flatMap((page) => page.items).find(({ id }) => id === eventId);
  const goesOn = !event && log.hasNextPage && (log.data?.pages.length ?? 0) < PAGES;
  const { isFetching, fetchNextPage } = log;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);

  return (
    <SidePanel
      title={event ? `${actorName(t, event)} ${actionWords(event.action)}` : t("nav.audit")}
      onClose={() => void navigate({ to: "/settings/audit", search })}
    >
      {event ? (
        <Event event={event} />
      ) : log.error ? (
        <FailedState error={log.error} onRetry={() => void log.refetch()} />
      ) : goesOn || log.isFetching ? (
        <div aria-busy="true">
          <Skeleton height={200} radius={12} />
        </div>
      ) : (
        <EmptyState title={t("audit.notFound")} detail={t("audit.notFoundDetail")} />
      )}
    </SidePanel>
  );
}

function Event({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const name = subjectName(event.detail);
  return (
    <div className={classes.parts}>
      {event.erased_at && (
        <Notice tone="info" title={t("audit.erased", { at: dateAndTime(event.erased_at) })}>
          {t("audit.erasedDetail")}
        </Notice>
      )}
      <Facts>
        <Fact name={t("audit.facts.at")}>{exact(event.at)}</Fact>
        <Fact name={t("audit.facts.actor")}>{actorName(t, event)}</Fact>
        <Fact name={t("audit.facts.what")}>
          <code>{event.action}</code>
        </Fact>
        <Fact name={t("audit.facts.subject")}>
          {kindWords(t, event.subject_kind)}
          {name && `: ${name}`}
        </Fact>
        <Fact name={t("audit.facts.id")}>
          <code>{event.subject_id}</code>
        </Fact>
        <Fact name={t("audit.facts.event")}>
          <code>{event.id}</code>
        </Fact>
      </Facts>
      <div className={classes.ways}>
        <Subject event={event} />
        <ButtonLink
          to="/settings/audit"
          search={{ kind: event.subject_kind, subject: event.subject_id }}
          size="xs"
        >
          {t("audit.sameSubject")}
        </ButtonLink>
      </div>
      <Raw title={t("audit.facts.detail")} text={JSON.stringify(event.detail, null, 2)} />
    </div>
  );
}

/** The way to the thing itself, where it has a page. */
function Subject({ event }: { event: AuditEvent }) {
  const { t } = useTranslation();
  const { subject_kind: kind, subject_id: id, post_id } = event;
  const words = t("audit.open");
  if (post_id || kind === "post")
    return (
      <TextLink to="/posts/$postId" params={{ postId: post_id ?? id }}>
        {words}
      </TextLink>
    );
  if (kind === "connection")
    return (
      <TextLink to="/connections/$connectionId" params={{ connectionId: id }}>
        {words}
      </TextLink>
    );
  if (kind === "media")
    return (
      <TextLink to="/library/$mediaId" params={{ mediaId: id }}>
        {words}
      </TextLink>
    );
  if (kind === "api_key")
    return (
      <TextLink to="/settings/api-keys/$keyId" params={{ keyId: id }}>
        {words}
      </TextLink>
    );
  return null;
}
