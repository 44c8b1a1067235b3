import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { FailedState } from "@/ui/FailedState";
import { ChannelHearing } from "./ChannelHearing";
import classes from "./ChannelHearing.module.css";
import { healthQuery } from "./health-queries";

/** How channels are heard: all of the workspace's, or one account's. */
export function ChannelHearings({ connectionId }: { connectionId?: string }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { data, error, refetch } = useQuery(healthQuery);
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div aria-busy="true">
        <Skeleton height={96} radius={12} />
      </div>
    );
  const shown = data.filter(({ connection_id }) => !connectionId || connection_id === connectionId);
  if (shown.length === 0) return <p className={classes.quiet}>{t("listening.none")}</p>;
  return (
    <ul className={classes.list}>
      {shown.map((hearing) => (
        <ChannelHearing key={hearing.channel_id} hearing={hearing} manages={manages(workspace.role)} />
      ))}
    </ul>
  );
}
