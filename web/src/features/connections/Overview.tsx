import { useTranslation } from "react-i18next";
import type { Connection, Platform } from "@/api/model";
import { beyond, codeText } from "@/i18n/error-text";
import { Ago } from "@/ui/Ago";
import { Fact, Facts } from "@/ui/Facts";
import { Notice } from "@/ui/Notice";
import { Doctor } from "./Doctor";
import { ConnectionBadge, useTokenLife } from "./status";

interface OverviewProps {
  connection: Connection;
  platform: Platform;
  onReconnect: () => void;
}

/** How an account fares, in short, and the doctor who says more. */
export function Overview({ connection, platform, onReconnect }: OverviewProps) {
  const { t } = useTranslation();
  const life = useTokenLife();
  return (
    <>
      <Facts>
        <Fact name={t("connections.drawer.status")}>
          <ConnectionBadge status={connection.status} />
        </Fact>
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
      </Facts>
      {connection.last_error && (
        <Notice tone="bad" title={codeText(connection.last_error.code)}>
          {beyond(codeText(connection.last_error.code), connection.last_error.detail)}
        </Notice>
      )}
      {connection.status !== "disconnected" && (
        <Doctor connection={connection} platform={platform} onReconnect={onReconnect} />
      )}
    </>
  );
}
