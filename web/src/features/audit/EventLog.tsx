import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/model";
import { ComingSections } from "@/features/settings/SettingsPage";
import { precise } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { Row, Rows } from "@/ui/Rows";
import classes from "./Audit.module.css";
import { actionWords, actorName, subjectName } from "./words";

interface EventLogProps {
  label: string;
  log: UseInfiniteQueryResult<InfiniteData<{ items: AuditEvent[] }>>;
  /** What is said where there is no event. */
  empty: ReactNode;
  /** Makes the way to an event of what it says, where events have addresses. */
  link?: (event: AuditEvent, words: ReactNode) => ReactNode;
}

/** A log of events, read as sentences, with the older ones behind a button. */
export function EventLog({ label, log, empty, link = (_, words) => words }: EventLogProps) {
  const { t } = useTranslation();
  const events = log.data?.pages.flatMap((page) => page.items);
  if (log.error && !events) return <FailedState error={log.error} onRetry={() => void log.refetch()} />;
  if (!events) return <ComingSections />;
  if (events.length === 0) return empty;
  return (
    <>
      <Rows ordered label={label}>
        {events.map((event) => (
          <EventRow key={event.id} event={event} link={link} />
        ))}
      </Rows>
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

function EventRow({ event, link }: { event: AuditEvent } & Required<Pick<EventLogProps, "link">>) {
  const { t } = useTranslation();
  const name = subjectName(event.detail);
  const words = (
    <>
      <strong>{actorName(t, event)}</strong> {actionWords(event.action)}
    </>
  );
  return (
    <Row>
      <span className={classes.sentence}>
        {link(event, words)}
        {name && <span className={classes.subject}>{name}</span>}
      </span>
      <time className={classes.at} dateTime={event.at}>
        {precise(event.at)}
      </time>
    </Row>
  );
}
