import { queryOptions, useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { count, dateAndTime } from "@/i18n/format";
import { toInstant, toWallClock } from "@/ui/time/wall-clock";
import classes from "./BestTimes.module.css";
import type { When } from "./draft";

/** At which hours posts on these channels do better. Figures of three months change slowly. */
const bestTimesQuery = (channelIds: readonly string[], zone: string) =>
  queryOptions({
    queryKey: ["best-times", channelIds.toSorted(), zone],
    queryFn: ({ signal }) => {
      const query = { channel_id: channelIds.join(","), time_zone: zone };
      return body(api.GET("/api/best-times", { params: { query }, signal }));
    },
    enabled: channelIds.length > 0,
    staleTime: 10 * 60_000,
  });

interface BestTimesProps {
  channelIds: readonly string[];
  when: When;
  onChange: (when: When) => void;
}

/** Times that did well, to be chosen with one press; how far off they are where the figures are too few yet. */
export function BestTimes({ channelIds, when, onChange }: BestTimesProps) {
  const { t } = useTranslation();
  const headingId = useId();
  const { data } = useQuery(bestTimesQuery(channelIds, when.zone));
  const chosen = toInstant(when, when.zone)?.getTime();
  if (!data) return null;
  if (data.posts_missing)
    return <p className={classes.quiet}>{t("editor.bestTimes.missing", { count: data.posts_missing })}</p>;
  if (data.times.length === 0) return null;
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className={classes.heading}>
        {t("editor.bestTimes.title")}
      </h3>
      <ul className={classes.times}>
        {data.times.map(({ at, times_average, posts }) => (
          <li key={at}>
            <button
              type="button"
              className={classes.time}
              aria-pressed={chosen === Date.parse(at)}
              onClick={() => onChange({ ...when, ...toWallClock(new Date(at), when.zone) })}
            >
              <span className={classes.at}>{dateAndTime(at, when.zone)}</span>{" "}
              <span className={classes.why}>
                {t("editor.bestTimes.why", { count: posts, factor: count(times_average) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
