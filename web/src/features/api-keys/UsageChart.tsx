import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { count, day } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { type DayFigures, everyDay } from "./every-day";
import classes from "./KeyPanel.module.css";
import { DAYS, usageQuery } from "./queries";

const HIGH = 64;
const WIDE = 8;
const GAP = 2;

/** How often the key was used on each of the last days, and how often it was refused. */
export function UsageChart({ id }: { id: string }) {
  const { t } = useTranslation();
  const usage = useQuery(usageQuery(id));
  return (
    <section aria-label={t("apiKeys.usage.title", { count: DAYS })}>
      <h3 className={classes.heading}>{t("apiKeys.usage.title", { count: DAYS })}</h3>
      {usage.error ? (
        <FailedState error={usage.error} onRetry={() => void usage.refetch()} />
      ) : !usage.data ? (
        <div aria-busy="true">
          <Skeleton height={HIGH} radius={8} />
        </div>
      ) : (
        <Bars days={everyDay(usage.data, new Date(), DAYS)} />
      )}
    </section>
  );
}

function Bars({ days }: { days: DayFigures[] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...days.map(({ calls }) => calls));
  const calls = days.reduce((sum, each) => sum + each.calls, 0);
  const refused = days.reduce((sum, each) => sum + each.refused, 0);
  const high = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * HIGH));
  return (
    <>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${days.length * (WIDE + GAP) - GAP} ${HIGH}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {days.map((each, index) => (
          <g key={each.day}>
            <title>{t("apiKeys.usage.day", { day: day(each.day), calls: count(each.calls) })}</title>
            <rect
              className={classes.bar}
              x={index * (WIDE + GAP)}
              y={HIGH - high(each.calls)}
              width={WIDE}
              height={high(each.calls)}
            />
            <rect
              className={classes.refused}
              x={index * (WIDE + GAP)}
              y={HIGH - high(each.refused)}
              width={WIDE}
              height={high(each.refused)}
            />
          </g>
        ))}
      </svg>
      <p className={classes.none}>
        {t("apiKeys.usage.sum", { count: calls, calls: count(calls), refused: count(refused) })}
      </p>
    </>
  );
}
