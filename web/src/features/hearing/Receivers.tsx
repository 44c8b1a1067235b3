import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WebhookStats } from "@/api/model";
import { count, percent } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { CopyField } from "@/ui/CopyField";
import { PlatformTile } from "@/ui/PlatformTile";
import { quiet } from "@/ui/Rows";
import classes from "./Events.module.css";
import { statsQuery } from "./queries";
import type { EventsSearch } from "./search";

/** For each platform: whether it can be believed, when it was last heard, and the address to give it. */
export function Receivers({ search }: { search: EventsSearch }) {
  const { t } = useTranslation();
  const { data: stats } = useQuery(statsQuery(search));
  if (!stats || stats.receivers.length === 0) return null;
  return (
    <details className={classes.receivers}>
      <summary>{t("hearing.receivers.title")}</summary>
      <p className={quiet}>{t("hearing.receivers.detail")}</p>
      <ul>
        {stats.receivers.map((receiver) => (
          <li key={receiver.platform} className={classes.receiver}>
            <PlatformTile platform={receiver.platform} size={20} />
            <div className={classes.receiverWords}>
              <span className={classes.receiverName}>
                <strong>{receiver.name}</strong>
                {!receiver.configured ? (
                  <Badge tone="quiet">{t("hearing.receivers.noSecret")}</Badge>
                ) : receiver.has_verify_token ? (
                  <Badge tone="good">{t("hearing.receivers.ready")}</Badge>
                ) : (
                  <Badge tone="warn">{t("hearing.receivers.noToken")}</Badge>
                )}
              </span>
              <Health stats={stats} platform={receiver.platform} />
              <CopyField value={receiver.url} />
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Health({ stats, platform }: { stats: WebhookStats; platform: string }) {
  const { t } = useTranslation();
  const health = stats.platforms.find((each) => each.platform === platform);
  if (!health?.last_received_at) return <span className={quiet}>{t("hearing.receivers.never")}</span>;
  return (
    <span className={quiet}>
      {t("hearing.receivers.last")} <Ago at={health.last_received_at} />
      {health.received_24h > 0 &&
        ` · ${t("hearing.receivers.day", {
          count: health.received_24h,
          events: count(health.received_24h),
          failed: percent(health.failed_24h, health.received_24h),
        })}`}
    </span>
  );
}
