import { useTranslation } from "react-i18next";
import type { TimelineEntry } from "@/api/model";
import { exact, shortDateAndTime } from "@/i18n/format";
import classes from "./Timeline.module.css";

function toneOf(action: string): string | undefined {
  if (/fail|missed|attention|refus/.test(action)) return "bad";
  if (/publish/.test(action)) return "good";
  return undefined;
}

/** What happened to the post, in order. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation();
  if (entries.length === 0) return <p className={classes.none}>{t("posts.drawer.nothingYet")}</p>;
  return (
    <ol className={classes.timeline}>
      {entries.map(({ at, actor, action, detail }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id and are only ever added at the end
        <li key={`${at} ${action} ${index}`} className={classes.entry} data-tone={toneOf(action)}>
          <time className={classes.at} dateTime={at} title={exact(at)}>
            {shortDateAndTime(at)}
          </time>
          <span>
            {detail || action}
            {actor && <span className={classes.actor}> · {actor}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
