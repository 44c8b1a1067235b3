import { useTranslation } from "react-i18next";
import type { PostDetail } from "@/api/model";
import { dayHeading, exact, timeOfDay } from "@/i18n/format";
import classes from "./Timeline.module.css";
import { byDay, shownEntries, toneOf, useEntryWords } from "./timeline";

/** Everything that happened to the post, in order, day by day. */
export function Timeline({ post }: { post: PostDetail }) {
  const { t } = useTranslation();
  const words = useEntryWords(post);
  const entries = shownEntries(post.timeline);
  if (entries.length === 0) return <p className={classes.none}>{t("posts.drawer.nothingYet")}</p>;
  return (
    <div className={classes.days}>
      {byDay(entries).map(({ day, entries: ofDay }) => (
        <section key={day}>
          <h4 className={classes.day}>{dayHeading(ofDay[0]?.at ?? "")}</h4>
          <ol className={classes.timeline}>
            {ofDay.map((entry, index) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays where it is
                key={`${entry.at} ${index}`}
                className={classes.entry}
                data-tone={toneOf(entry.action)}
              >
                <time className={classes.at} dateTime={entry.at} title={exact(entry.at)}>
                  {timeOfDay(entry.at)}
                </time>
                <span>
                  {words(entry)}
                  <span className={classes.actor}> · {entry.actor}</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
