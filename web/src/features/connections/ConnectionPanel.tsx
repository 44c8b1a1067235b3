import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Check, CircleAlert, RefreshCw, Stethoscope, Unplug } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, Platform } from "@/api/model";
import { beyond, codeText } from "@/i18n/error-text";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { PlatformTile } from "@/ui/PlatformTile";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed } from "@/ui/toast";
import { ChannelList } from "./ChannelList";
import classes from "./ConnectionPanel.module.css";
import { DisconnectDialog } from "./DisconnectDialog";
import { connectionQuery, platformsQuery, useCheckConnection } from "./queries";
import { ConnectionBadge, needsPerson, useTokenLife } from "./status";
import { useConnect } from "./use-connect";

const route = getRouteApi("/frame/connections/$connectionId");

/** One account: its channels, what was granted, how it fares, and the ways to mend or end it. */
export function ConnectionPanel() {
  const { t } = useTranslation();
  const { connectionId } = route.useParams();
  const navigate = route.useNavigate();
  const close = useCallback(() => void navigate({ to: "/connections", search: {} }), [navigate]);
  const { data: connection, error, refetch } = useQuery(connectionQuery(connectionId));
  const { data: platforms } = useQuery(platformsQuery);
  const platform = platforms?.find(({ id }) => id === connection?.platform);

  if (error || !connection || !platform) {
    return (
      <SidePanel title={t("connections.title")} onClose={close}>
        {error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : (
          <div className={classes.sections} aria-busy="true">
            <Skeleton height={24} width="40%" />
            <Skeleton height={120} radius={12} />
            <Skeleton height={160} radius={12} />
          </div>
        )}
      </SidePanel>
    );
  }
  return <Loaded connection={connection} platform={platform} onClose={close} />;
}

function Loaded({
  connection,
  platform,
  onClose,
}: {
  connection: Connection;
  platform: Platform;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const life = useTokenLife();
  const check = useCheckConnection();
  const [ending, setEnding] = useState(false);
  const flow = useConnect({ returnTo: `/connections/${connection.id}`, onConnected: () => undefined });
  const checkNow = () =>
    check.mutate(connection.id, {
      onSuccess: (now) => {
        if (!needsPerson(now)) toastDone(t("connections.drawer.checkedOk", { name: platform.name }));
      },
      onError: (error) => toastFailed(error),
    });

  return (
    <SidePanel
      title={
        <span className={classes.title}>
          <PlatformTile platform={platform.id} size={20} />
          {connection.name}
        </span>
      }
      onClose={onClose}
      footer={
        <>
          <Button
            variant={needsPerson(connection) ? "filled" : "default"}
            leftSection={<RefreshCw size={14} aria-hidden="true" />}
            loading={flow.leavingFor !== null}
            onClick={() => flow.reconnect(platform, connection)}
          >
            {t("connections.reconnect")}
          </Button>
          <Button
            leftSection={<Stethoscope size={14} aria-hidden="true" />}
            loading={check.isPending}
            onClick={checkNow}
          >
            {t("connections.drawer.check")}
          </Button>
          <Button
            variant="danger"
            leftSection={<Unplug size={14} aria-hidden="true" />}
            onClick={() => setEnding(true)}
          >
            {t("connections.drawer.disconnect")}
          </Button>
        </>
      }
    >
      <div className={classes.sections}>
        <p>
          <ConnectionBadge status={connection.status} />
        </p>
        {connection.last_error && (
          <Notice tone="bad" title={codeText(connection.last_error.code)}>
            {beyond(codeText(connection.last_error.code), connection.last_error.detail)}
          </Notice>
        )}
        <section>
          <h3 className={classes.heading}>{t("connections.drawer.channels")}</h3>
          <ChannelList connection={connection} />
        </section>
        <Permissions connection={connection} platform={platform} />
        <section>
          <h3 className={classes.heading}>{t("connections.drawer.facts")}</h3>
          <dl className={classes.facts}>
            <Fact name={t("connections.drawer.access")}>{life(connection)}</Fact>
            <Fact name={t("connections.drawer.lastChecked")}>
              {connection.last_synced_at ? <Ago at={connection.last_synced_at} /> : t("time.never")}
            </Fact>
            <Fact name={t("connections.drawer.connectedOn")}>
              <Ago at={connection.created_at} />
            </Fact>
            <Fact name={t("connections.drawer.remoteId", { name: platform.name })}>
              <code>{connection.remote_id}</code>
            </Fact>
          </dl>
        </section>
      </div>
      {flow.dialog}
      <DisconnectDialog
        connection={connection}
        opened={ending}
        onClose={() => setEnding(false)}
        onDone={onClose}
      />
    </SidePanel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What was granted against what is needed, each with its reason. */
function Permissions({ connection, platform }: { connection: Connection; platform: Platform }) {
  const { t } = useTranslation();
  const known = platform.connect_methods.flatMap((method) => method.scopes);
  const names = [
    ...connection.missing_scopes,
    ...connection.scopes.filter((name) => !connection.missing_scopes.includes(name)),
  ];
  if (names.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>{t("connections.drawer.permissions")}</h3>
      <ul className={classes.scopes}>
        {names.map((name) => {
          const missing = connection.missing_scopes.includes(name);
          return (
            <li key={name}>
              <div>
                <code>{name}</code>
                <p>{known.find((scope) => scope.name === name)?.why ?? t("connections.drawer.notAsked")}</p>
                {missing && <p className={classes.missing}>{t("connections.drawer.missingHelp")}</p>}
              </div>
              {missing ? (
                <Badge tone="bad" icon={<CircleAlert size={13} aria-hidden="true" />}>
                  {t("connections.drawer.missing")}
                </Badge>
              ) : (
                <Badge tone="good" icon={<Check size={13} aria-hidden="true" />}>
                  {t("connections.drawer.granted")}
                </Badge>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
