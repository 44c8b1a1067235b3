import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Lock, Plus, Send } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages, readsWebhooks } from "@/features/members/roles";
import settings from "@/features/settings/Settings.module.css";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { PageHeader } from "@/ui/PageHeader";
import { Quiet, Row, Rows, RowWords, rowLink } from "@/ui/Rows";
import { EndpointState } from "./EndpointState";
import { endpointsQuery, useMakeEndpoint } from "./queries";
import { WebhookTabs } from "./WebhookTabs";
import { endpointName } from "./words";

const EndpointDialog = lazy(async () => ({ default: (await import("./EndpointDialog")).EndpointDialog }));
const SecretDialog = lazy(async () => ({ default: (await import("./SecretDialog")).SecretDialog }));

/** The addresses of other programs that Fanfare tells what happened. */
export function OutgoingPage() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const make = useMakeEndpoint();
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const newEndpoint = manages(workspace.role) && (
    <Button
      variant="filled"
      leftSection={<Plus size={15} aria-hidden="true" />}
      onClick={() => {
        make.reset();
        setMaking(true);
      }}
    >
      {t("telling.new")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("nav.webhooks")} hint={t("telling.hint")} action={newEndpoint} />
      <WebhookTabs />
      <div className={`${settings.page} ${settings.wide}`}>
        {readsWebhooks(workspace.role) ? (
          <Endpoints first={newEndpoint} />
        ) : (
          <EmptyState
            icon={<Lock size={20} aria-hidden="true" />}
            title={t("telling.notYours")}
            detail={t("telling.notYoursDetail")}
          />
        )}
      </div>
      <Suspense>
        {making && (
          <EndpointDialog
            title={t("telling.new")}
            confirm={t("telling.make")}
            pending={make.isPending}
            error={make.error}
            onClose={() => setMaking(false)}
            onSave={({ headers, ...endpoint }) =>
              make.mutate(
                { ...endpoint, headers: headers.map(({ name, value = "" }) => ({ name, value })) },
                {
                  onSuccess: (made) => {
                    setMaking(false);
                    setSecret(made.secret);
                  },
                },
              )
            }
          />
        )}
        {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
      </Suspense>
    </>
  );
}

function Endpoints({ first }: { first: ReactNode }) {
  const { t } = useTranslation();
  const { data: endpoints, error, refetch } = useQuery(endpointsQuery);
  if (error && !endpoints) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!endpoints)
    return (
      <div aria-busy="true">
        <Skeleton height={180} radius={12} />
      </div>
    );
  if (endpoints.length === 0)
    return (
      <EmptyState
        icon={<Send size={20} aria-hidden="true" />}
        title={t("telling.empty")}
        detail={t("telling.emptyDetail")}
        action={first}
      />
    );
  return (
    <Rows label={t("telling.tabs.outgoing")}>
      {endpoints.map((endpoint) => (
        <EndpointRow key={endpoint.id} endpoint={endpoint} />
      ))}
    </Rows>
  );
}

/** The whole row opens the endpoint. */
function EndpointRow({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const { id, url, event_types, waiting, last_success_at } = endpoint;
  const chosen = event_types.length;
  return (
    <Row>
      <RowWords>
        <Link to="/webhooks/outgoing/$endpointId" params={{ endpointId: id }} className={rowLink}>
          {endpointName(endpoint)}
        </Link>
        <Quiet>{url}</Quiet>
        <Quiet>
          {chosen === 0 ? t("telling.everything") : t("telling.kinds", { count: chosen })}
          {waiting > 0 && ` · ${t("telling.waiting", { count: waiting })}`}
          {" · "}
          {last_success_at ? (
            <>
              {t("telling.lastSuccess")} <Ago at={last_success_at} />
            </>
          ) : (
            t("telling.noSuccess")
          )}
        </Quiet>
      </RowWords>
      <EndpointState endpoint={endpoint} />
    </Row>
  );
}
