import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, Platform } from "@/api/model";
import { withWords } from "@/i18n";
import { FailedState } from "@/ui/FailedState";
import { PlatformTile } from "@/ui/PlatformTile";
import { SidePanel } from "@/ui/SidePanel";
import { TabLinks, tabLink } from "@/ui/TabLinks";
import { ChannelOrder } from "./ChannelOrder";
import classes from "./ConnectionPanel.module.css";
import { ConsentRefusal } from "./ConsentRefusal";
import { tabsOf } from "./connection-tabs";
import { FilesOnly } from "./FilesOnly";
import { History } from "./History";
import { Overview } from "./Overview";
import { Permissions } from "./Permissions";
import { hasOnlyFiles } from "./purposes";
import { connectionQuery, platformsQuery } from "./queries";
import { Settings } from "./Settings";
import { needsPerson } from "./status";
import { useClosePanel } from "./use-close-panel";
import { useConnect } from "./use-connect";

const ConnectionHearing = lazy(async () => ({
  default: (await withWords(["webhooks"], () => import("@/features/hearing/ConnectionHearing")))
    .ConnectionHearing,
}));

const route = getRouteApi("/frame/connections/$connectionId");

/** One account: how it fares, its channels, what was granted, what happened, what is settled, and the end of it. */
export function ConnectionPanel() {
  const { t } = useTranslation();
  const { connectionId } = route.useParams();
  const close = useClosePanel();
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

/** The first tab's address says less than those of the others. */
const OF_ITSELF = { exact: true };

interface LoadedProps {
  connection: Connection;
  platform: Platform;
  onClose: () => void;
}

function Loaded({ connection, platform, onClose }: LoadedProps) {
  const { t } = useTranslation();
  const { tab = "overview", ...search } = route.useSearch();
  const tabs = tabsOf(platform);
  const flow = useConnect({ returnTo: `/connections/${connection.id}`, onConnected: () => undefined });
  const reconnect = () => flow.reconnect(platform, connection);

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
        <Button
          variant={needsPerson(connection) ? "filled" : "default"}
          leftSection={<RefreshCw size={14} aria-hidden="true" />}
          loading={flow.leavingFor !== null}
          onClick={reconnect}
        >
          {t("connections.reconnect")}
        </Button>
      }
    >
      <TabLinks label={t("connections.tabs.label", { name: connection.name })}>
        {tabs.map((each) => (
          <Link
            key={each}
            className={tabLink}
            to="/connections/$connectionId"
            params={{ connectionId: connection.id }}
            search={{ for: search.for, ...(each === "overview" ? {} : { tab: each }) }}
            aria-current={each === tab ? "page" : undefined}
            activeOptions={OF_ITSELF}
            replace
          >
            {t(`connections.tabs.${each}`)}
          </Link>
        ))}
      </TabLinks>
      <div className={classes.sections}>
        <ConsentRefusal answer={search} platforms={[platform]} />
        {hasOnlyFiles(platform) && (tab === "overview" || !tabs.includes(tab)) && (
          <FilesOnly platform={platform} />
        )}
        {tab === "overview" && (
          <Overview connection={connection} platform={platform} onReconnect={reconnect} />
        )}
        {tab === "channels" && tabs.includes(tab) && (
          <section aria-label={t("connections.tabs.channels")}>
            <p className={classes.lead}>{t("connections.order.help")}</p>
            <ChannelOrder connection={connection} />
          </section>
        )}
        {tab === "hearing" && tabs.includes(tab) && (
          <section aria-label={t("connections.tabs.hearing")}>
            <Suspense>
              <ConnectionHearing connectionId={connection.id} />
            </Suspense>
          </section>
        )}
        {tab === "permissions" && <Permissions connection={connection} platform={platform} />}
        {tab === "history" && <History connection={connection} />}
        {tab === "settings" && <Settings connection={connection} platform={platform} onEnded={onClose} />}
      </div>
      {flow.dialog}
    </SidePanel>
  );
}
