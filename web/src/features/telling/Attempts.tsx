import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Search, Send, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { WebhookAttempt, WebhookEndpoint } from "@/api/model";
import { duration } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { Quiet, Row, Rows, RowWords, rowLink } from "@/ui/Rows";
import { Outcome } from "./Outcome";
import { attemptsQuery, eventTypesQuery } from "./queries";
import { type AttemptsSearch, isFiltered, OUTCOMES } from "./search";
import classes from "./Telling.module.css";
import { eventWords } from "./words";

interface AttemptsProps {
  endpoint: WebhookEndpoint;
  search: AttemptsSearch;
}

/** Each try to tell the endpoint something. */
export function Attempts({ endpoint, search }: AttemptsProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.log} aria-label={t("telling.log.title")}>
      <h2 className={classes.heading}>{t("telling.log.title")}</h2>
      <Filters endpoint={endpoint} search={search} />
      <List endpoint={endpoint} search={search} />
    </section>
  );
}

/** By what attempts are narrowed down; all of it stands in the address. */
function Filters({ endpoint, search }: AttemptsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: types = [] } = useQuery(eventTypesQuery);
  const show = (next: AttemptsSearch) =>
    void navigate({
      to: "/webhooks/outgoing/$endpointId",
      params: { endpointId: endpoint.id },
      search: next,
      resetScroll: false,
    });
  const choose = (change: Partial<AttemptsSearch>) => show({ ...search, ...change });
  return (
    <fieldset className={classes.filters}>
      <legend className={classes.hidden}>{t("telling.log.filters")}</legend>
      <NativeSelect
        label={t("telling.log.outcome")}
        value={search.outcome ?? ""}
        onChange={({ currentTarget: { value } }) =>
          choose({ outcome: OUTCOMES.find((each) => each === value) })
        }
        data={[
          { value: "", label: t("telling.log.anyOutcome") },
          ...OUTCOMES.map((outcome) => ({ value: outcome, label: t(`telling.outcome.${outcome}`) })),
        ]}
      />
      <NativeSelect
        label={t("telling.log.type")}
        value={search.event ?? ""}
        onChange={({ currentTarget: { value } }) => choose({ event: value || undefined })}
        data={[
          { value: "", label: t("telling.log.anyType") },
          ...types.map(({ type, description }) => ({ value: type, label: eventWords(type, description) })),
          // What an address names stays chosen while the others are on their way.
          ...(search.event && !types.some(({ type }) => type === search.event)
            ? [{ value: search.event, label: eventWords(search.event) }]
            : []),
        ]}
      />
      {isFiltered(search) && (
        <Button variant="subtle" leftSection={<X size={14} aria-hidden="true" />} onClick={() => show({})}>
          {t("telling.log.clear")}
        </Button>
      )}
    </fieldset>
  );
}

function List({ endpoint, search }: AttemptsProps) {
  const { t } = useTranslation();
  const log = useInfiniteQuery(attemptsQuery(endpoint.id, search));
  const attempts = log.data?.pages.flatMap((page) => page.items);
  if (log.error && !attempts) return <FailedState error={log.error} onRetry={() => void log.refetch()} />;
  if (!attempts)
    return (
      <div aria-busy="true">
        <Skeleton height={200} radius={12} />
      </div>
    );
  if (attempts.length === 0)
    return isFiltered(search) ? (
      <EmptyState
        icon={<Search size={20} aria-hidden="true" />}
        title={t("telling.log.emptyFiltered")}
        detail={t("telling.log.emptyFilteredDetail")}
      />
    ) : (
      <EmptyState
        icon={<Send size={20} aria-hidden="true" />}
        title={t("telling.log.empty")}
        detail={t("telling.log.emptyDetail")}
      />
    );
  return (
    <>
      <Rows ordered label={t("telling.log.title")}>
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} endpoint={endpoint} search={search} />
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

/** The whole row opens the attempt. */
function AttemptRow({ attempt, endpoint, search }: AttemptsProps & { attempt: WebhookAttempt }) {
  const { t } = useTranslation();
  const { id, event_type, number, at, duration_ms, outcome, response, error } = attempt;
  return (
    <Row>
      <RowWords>
        <Link
          to="/webhooks/outgoing/$endpointId/$attemptId"
          params={{ endpointId: endpoint.id, attemptId: id }}
          search={search}
          resetScroll={false}
          className={rowLink}
        >
          {eventWords(event_type)}
        </Link>
        <Quiet>
          {t("telling.attempt", { number })}
          {" · "}
          {response ? response.status : t("telling.noAnswer")}
          {" · "}
          {duration(duration_ms)}
        </Quiet>
        {error && <Quiet>{inOurWords(error)}</Quiet>}
      </RowWords>
      <Quiet>
        <Ago at={at} />
      </Quiet>
      <Outcome outcome={outcome} />
    </Row>
  );
}
