import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { codeText } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { PlatformTile } from "@/ui/PlatformTile";
import { SidePanel } from "@/ui/SidePanel";
import { ChannelList } from "./ChannelList";
import classes from "./ConnectionPanel.module.css";
import { FilesOnly } from "./FilesOnly";
import { hasOnlyFiles } from "./purposes";
import { connectionQuery, platformsQuery } from "./queries";

/** Right after connecting: which channels of the account may be published to, or what its files are good for. */
export function ConnectedPanel({ connectionId, onClose }: { connectionId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: connection, error, refetch } = useQuery(connectionQuery(connectionId));
  const platforms = useQuery(platformsQuery);
  const platform = platforms.data?.find(({ id }) => id === connection?.platform);
  const onlyFiles = platform !== undefined && hasOnlyFiles(platform);
  return (
    <SidePanel
      title={
        connection ? (
          <span className={classes.title}>
            <PlatformTile platform={connection.platform} size={20} />
            {t("connections.connected", { name: connection.name })}
          </span>
        ) : (
          t("common.loading")
        )
      }
      onClose={onClose}
      footer={
        <Button variant="filled" onClick={onClose}>
          {t("connections.done")}
        </Button>
      }
    >
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : connection && !platforms.isPending ? (
        <div className={classes.sections}>
          {!onlyFiles && <p className={classes.lead}>{t("connections.connectedDetail")}</p>}
          {connection.missing_scopes.length > 0 && (
            <Notice tone="warn" title={codeText("permission_missing")}>
              {`${connection.missing_scopes.join(", ")}\n${t("connections.drawer.missingHelp")}`}
            </Notice>
          )}
          {onlyFiles ? <FilesOnly platform={platform} /> : <ChannelList connection={connection} />}
        </div>
      ) : (
        <Skeleton height={120} radius={12} />
      )}
    </SidePanel>
  );
}
