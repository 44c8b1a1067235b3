import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import settings from "@/features/settings/Settings.module.css";
import { count, dateAndTime } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Ago } from "@/ui/Ago";
import { Fact, Facts } from "@/ui/Facts";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { Section } from "@/ui/Section";
import { Attempts } from "./Attempts";
import { EndpointActions } from "./EndpointActions";
import { EndpointState } from "./EndpointState";
import { endpointQuery } from "./queries";
import { TestButton } from "./TestButton";
import { TurnOn } from "./TurnOn";
import { WebhookTabs } from "./WebhookTabs";
import { endpointName, eventWords } from "./words";

const route = getRouteApi("/frame/webhooks/outgoing/$endpointId");

/** One endpoint: how it fares, what can be done with it, and each try to tell it something. */
export function EndpointPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { endpointId } = route.useParams();
  const search = route.useSearch();
  const { data: endpoint, error, refetch } = useQuery(endpointQuery(endpointId));
  const may = manages(workspace.role);
  return (
    <>
      <PageHeader
        title={endpoint ? endpointName(endpoint) : t("telling.tabs.outgoing")}
        action={endpoint && may && <TestButton endpoint={endpoint} />}
      >
        {endpoint && <EndpointState endpoint={endpoint} />}
      </PageHeader>
      <WebhookTabs />
      <div className={`${settings.page} ${settings.wide}`}>
        {error && !endpoint ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : !endpoint ? (
          <div aria-busy="true">
            <Skeleton height={280} radius={12} />
          </div>
        ) : (
          <>
            <Trouble endpoint={endpoint} may={may} />
            <Section title={t("telling.about")}>
              <Known endpoint={endpoint} />
              {may && <EndpointActions endpoint={endpoint} />}
            </Section>
            <Attempts endpoint={endpoint} search={search} />
          </>
        )}
      </div>
      <Outlet />
    </>
  );
}

const REASONS = ["failing", "gone", "person"] as const;

/** What a person should know before reading on. */
function Trouble({ endpoint, may }: { endpoint: WebhookEndpoint; may: boolean }) {
  const { t } = useTranslation();
  const { enabled, disabled, failing_since, last_failure } = endpoint;
  const said = last_failure && inOurWords(last_failure.error);
  if (!enabled) {
    const why = REASONS.find((each) => each === disabled?.why) ?? "person";
    return (
      <Notice
        tone={why === "person" ? "info" : "bad"}
        title={
          disabled
            ? t(`telling.disabled.${why}`, { at: dateAndTime(disabled.at) })
            : t("telling.disabled.never")
        }
        action={may && <TurnOn id={endpoint.id} />}
      >
        {t(`telling.disabledDetail.${why}`)} {why !== "person" && said}
      </Notice>
    );
  }
  if (!failing_since) return null;
  return (
    <Notice tone="warn" title={t("telling.failing", { at: dateAndTime(failing_since) })}>
      {said} {t("telling.failingDetail")}
    </Notice>
  );
}

function Known({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const { url, event_types, headers, waiting, last_success_at, created_at, previous_secret_until } = endpoint;
  return (
    <Facts>
      <Fact name={t("telling.form.url")}>
        <code>{url}</code>
      </Fact>
      <Fact name={t("telling.form.types")}>
        {event_types.length === 0 ? (
          t("telling.everything")
        ) : (
          <ul>
            {event_types.map((type) => (
              <li key={type}>{eventWords(type)}</li>
            ))}
          </ul>
        )}
      </Fact>
      {headers.length > 0 && (
        <Fact name={t("telling.form.headers")}>
          <code>{headers.map(({ name }) => name).join(", ")}</code>
        </Fact>
      )}
      <Fact name={t("telling.facts.waiting")}>{count(waiting)}</Fact>
      <Fact name={t("telling.lastSuccess")}>
        {last_success_at ? <Ago at={last_success_at} /> : t("telling.facts.noSuccess")}
      </Fact>
      {previous_secret_until && Date.parse(previous_secret_until) > Date.now() && (
        <Fact name={t("telling.facts.oldSecret")}>
          {t("telling.facts.oldUntil", { at: dateAndTime(previous_secret_until) })}
        </Fact>
      )}
      <Fact name={t("telling.facts.made")}>{dateAndTime(created_at)}</Fact>
    </Facts>
  );
}
