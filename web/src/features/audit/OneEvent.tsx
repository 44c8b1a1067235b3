import { Skeleton } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/model";
import { dateAndTime, exact } from "@/i18n/format";
import { EmptyState } from "@/ui/EmptyState";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { Raw } from "@/ui/Raw";
import { SidePanel } from "@/ui/SidePanel";
import classes from "./Audit.module.css";
import { actionWords, actorName, kindWords, type Log, subjectName } from "./words";

/** So far back an event is looked for when somebody opens its address. */
const PAGES = 10;

interface OneEventProps {
  id: string;
  /** The log that it stands in, and what is listed of it. */
  log: Log;
  listed: UseInfiniteQueryResult<InfiniteData<{ items: AuditEvent[] }>>;
  /** What the panel is called while there is no event. */
  title: string;
  onClose: () => void;
  /** The way to the thing itself, where it has a page. */
  subject?: (event: AuditEvent) => ReactNode;
}

/** One event with all that was written of it, over its log. */
export function OneEvent({ id, log, listed, title, onClose, subject }: OneEventProps) {
  const { t } = useTranslation();
  const event = listed.data?.pages.flatMap((page) => page.items).find((each) => each.id === id);
  const goesOn = !event && listed.hasNextPage && (listed.data?.pages.length ?? 0) < PAGES;
  const { isFetching, fetchNextPage } = listed;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);

  return (
    <SidePanel
      title={event ? `${actorName(t, event)} ${actionWords(event.action)}` : title}
      onClose={onClose}
    >
      {event ? (
        <Written event={event} log={log} subject={subject?.(event)} />
      ) : listed.error ? (
        <FailedState error={listed.error} onRetry={() => void listed.refetch()} />
      ) : goesOn || listed.isFetching ? (
        <div aria-busy="true">
          <Skeleton height={200} radius={12} />
        </div>
      ) : (
        <EmptyState title={t("audit.notFound")} detail={t("audit.notFoundDetail")} />
      )}
    </SidePanel>
  );
}

function Written({ event, log, subject }: { event: AuditEvent; log: Log; subject: ReactNode }) {
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
        {subject}
        <ButtonLink to={log.page} search={{ kind: event.subject_kind, subject: event.subject_id }} size="xs">
          {t("audit.sameSubject")}
        </ButtonLink>
      </div>
      <Raw title={t("audit.facts.detail")} text={JSON.stringify(event.detail, null, 2)} />
    </div>
  );
}
