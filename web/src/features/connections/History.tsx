import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Check, CircleAlert, Loader, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, ConnectionCheck, RefreshAttempt } from "@/api/model";
import { inOurWords } from "@/i18n/server-words";
import { Ago } from "@/ui/Ago";
import { Badge, type Tone } from "@/ui/Badge";
import { FailedState } from "@/ui/FailedState";
import { HealthBadge } from "./Doctor";
import { checksQuery, refreshLogQuery } from "./doctor-queries";
import classes from "./History.module.css";

/** How renewing the access went, and what earlier checks found. */
export function History({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const renewals = useInfiniteQuery(refreshLogQuery(connection.id));
  const checks = useInfiniteQuery(checksQuery(connection.id));
  return (
    <>
      <Part
        title={t("connections.history.renewals")}
        empty={t(
          connection.refreshable ? "connections.history.noRenewals" : "connections.history.neverRenewed",
        )}
        list={renewals}
        row={(attempt: RefreshAttempt) => <Renewal key={attempt.id} attempt={attempt} />}
      />
      <Part
        title={t("connections.history.checks")}
        empty={t("connections.doctor.never")}
        list={checks}
        row={(check: ConnectionCheck) => <PastCheck key={check.id} check={check} />}
      />
    </>
  );
}

interface PartProps<T> {
  title: string;
  empty: string;
  list: {
    data: { pages: { items: T[] }[] } | undefined;
    error: unknown;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  row: (item: T) => ReactNode;
}

function Part<T>({ title, empty, list, row }: PartProps<T>) {
  const { t } = useTranslation();
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {list.error ? (
        <FailedState error={list.error} onRetry={() => void list.refetch()} />
      ) : !items ? (
        <div aria-busy="true">
          <Skeleton height={80} radius={12} />
        </div>
      ) : items.length === 0 ? (
        <p className={classes.empty}>{empty}</p>
      ) : (
        <ol className={classes.list}>{items.map(row)}</ol>
      )}
      {list.hasNextPage && (
        <Button
          size="xs"
          variant="subtle"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("connections.history.older")}
        </Button>
      )}
    </section>
  );
}

const OUTCOMES = {
  refreshed: { tone: "good", icon: Check },
  superseded: { tone: "quiet", icon: RotateCw },
  failed: { tone: "bad", icon: CircleAlert },
  lost: { tone: "bad", icon: CircleAlert },
  reconnect: { tone: "bad", icon: CircleAlert },
} as const satisfies Record<string, { tone: Tone; icon: typeof Check }>;
type Outcome = keyof typeof OUTCOMES;

function Renewal({ attempt: { started_at, outcome, detail } }: { attempt: RefreshAttempt }) {
  const { t } = useTranslation();
  const known = outcome && Object.hasOwn(OUTCOMES, outcome) ? (outcome as Outcome) : null;
  const { tone, icon: Icon } = known ? OUTCOMES[known] : { tone: "quiet" as const, icon: Loader };
  return (
    <li className={classes.row}>
      <Badge tone={tone} icon={<Icon size={13} aria-hidden="true" />}>
        {t(known ? `connections.history.outcome.${known}` : "connections.history.unfinished")}
      </Badge>
      <span className={classes.when}>
        <Ago at={started_at} />
      </span>
      {detail && <code className={classes.detail}>{detail}</code>}
    </li>
  );
}

function PastCheck({ check }: { check: ConnectionCheck }) {
  const { t } = useTranslation();
  const wrong = check.checks.filter(({ state }) => state !== "ok");
  return (
    <li className={classes.row}>
      {check.state ? (
        <HealthBadge state={check.state} />
      ) : (
        <Badge tone="quiet">{t("connections.doctor.running")}</Badge>
      )}
      <span className={classes.when}>
        <Ago at={check.started_at} />
      </span>
      {wrong.map(({ code, channel_id, title, detail }) => (
        <p key={`${code} ${channel_id ?? ""}`} className={classes.words}>
          <strong>{code === "channel" ? title : inOurWords(title)}</strong> {inOurWords(detail)}
        </p>
      ))}
    </li>
  );
}
