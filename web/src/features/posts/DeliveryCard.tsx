import { Button } from "@mantine/core";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/model";
import { beyond, codeText } from "@/i18n/error-text";
import { duration, exact, precise } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { PlatformTile } from "@/ui/PlatformTile";
import { AttemptLog } from "./AttemptLog";
import { DeliveryActions } from "./DeliveryActions";
import classes from "./DeliveryCard.module.css";
import { Engagement } from "./Engagement";
import { FirstComment } from "./FirstComment";
import { LookAgain } from "./LookAgain";
import { StateBadge, ThereBadge } from "./StateBadge";
import { changedThere } from "./there";

/** The post on one channel. Who `mayLook` may have Fanfare ask the platform how it stands. */
export function DeliveryCard({ delivery, mayLook }: { delivery: Delivery; mayLook?: boolean }) {
  const { t } = useTranslation();
  const [log, setLog] = useState(false);
  const { error, permalink, attempts, state } = delivery;
  const there = changedThere(delivery);
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <PlatformTile platform={delivery.platform} size={20} />
        <span className={classes.name}>{delivery.channel_name}</span>
        {there !== "removed" && <StateBadge state={state} />}
        {there && <ThereBadge change={there} />}
        {permalink && there !== "removed" && (
          <Button
            component="a"
            href={permalink}
            target="_blank"
            rel="noreferrer"
            size="xs"
            className={classes.open}
            leftSection={<ExternalLink size={13} aria-hidden="true" />}
            aria-label={t("posts.delivery.openOn", { name: delivery.channel_name })}
          >
            {t("posts.delivery.open")}
          </Button>
        )}
      </div>
      <Times delivery={delivery} />
      {error && state !== "published" && (
        <div className={classes.error}>
          <p className={classes.what}>{codeText(error.code)}</p>
          <p className={classes.detail}>{beyond(codeText(error.code), error.detail)}</p>
          {delivery.next_attempt_at && (
            <p className={classes.detail}>
              {t("posts.delivery.next")} <Ago at={delivery.next_attempt_at} />
            </p>
          )}
        </div>
      )}
      <DeliveryActions delivery={delivery} />
      <FirstComment delivery={delivery} />
      {state === "published" && <Engagement delivery={delivery} />}
      {mayLook && state === "published" && delivery.remote_id && <LookAgain delivery={delivery} />}
      {attempts > 0 && (
        <button type="button" className={classes.log} aria-expanded={log} onClick={() => setLog(!log)}>
          {t("posts.delivery.attempts", { count: attempts })}
        </button>
      )}
      {log && <AttemptLog delivery={delivery} />}
    </li>
  );
}

function Times({ delivery: { state, due_at, published_at, late_by_ms } }: { delivery: Delivery }) {
  const { t } = useTranslation();
  if (state === "published" && published_at) {
    const lateness =
      late_by_ms !== null && late_by_ms >= 100
        ? t("posts.delivery.late", { late: duration(late_by_ms) })
        : t("posts.delivery.onTime");
    return (
      <p className={classes.time}>
        <time dateTime={published_at} title={exact(published_at)}>
          {precise(published_at)}
        </time>
        {late_by_ms !== null && ` · ${lateness}`}
      </p>
    );
  }
  return due_at && (state === "scheduled" || state === "publishing") ? (
    <p className={classes.time}>
      {t("posts.delivery.due")} <Ago at={due_at} />
    </p>
  ) : null;
}
