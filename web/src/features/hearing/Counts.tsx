import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { count } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { quiet } from "@/ui/Rows";
import classes from "./Events.module.css";
import { statsQuery } from "./queries";
import { type EventsSearch, STATUSES } from "./search";

/** How many events stand where; each figure shows only those, and a second press all again. */
export function Counts({ search }: { search: EventsSearch }) {
  const { t } = useTranslation();
  const { data: stats, error, refetch } = useQuery(statsQuery(search));
  if (error && !stats) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!stats)
    return (
      <div aria-busy="true">
        <Skeleton height={66} radius={12} />
      </div>
    );
  return (
    <div>
      <ul className={classes.counts} aria-label={t("hearing.counts")}>
        {STATUSES.map((status) => {
          const chosen = search.status === status;
          return (
            <li key={status}>
              <Link
                to="/webhooks"
                search={{ ...search, status: chosen ? undefined : status }}
                className={classes.count}
                data-chosen={chosen || undefined}
                aria-current={chosen || undefined}
                data-status={status}
                data-some={stats[status] > 0 || undefined}
              >
                <span className={classes.figure}>{count(stats[status])}</span>{" "}
                <span>{t(`hearing.status.${status}`)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {stats.not_understood > 0 && (
        <p className={`${quiet} ${classes.unknown}`}>
          {t("hearing.unknown", { count: stats.not_understood, events: count(stats.not_understood) })}
        </p>
      )}
    </div>
  );
}
