import { useTranslation } from "react-i18next";
import type { PostDetail } from "@/api/model";
import { exact, shortDateAndTime } from "@/i18n/format";
import classes from "./Timeline.module.css";
import { shownEntries, useEntryWords } from "./timeline";

/** What happened to the post, in order. */
export function Timeline({ post }: { post: PostDetail }) {
  const { t } = useTranslation();
  const words = useEntryWords(post);
  const entries = shownEntries(post.timeline);
  if (entries.length === 0) return <p className={classes.none}>{t("posts.drawer.nothingYet")}</p>;
  return (
    <ol className={classes.timeline}>
      {entries.map((entry) => (
        <li
          key={`${entry.at} ${entry.action} ${entry.subject_id}`}
          className={classes.entry}
          data-tone={toneOf(entry.action)}
        >
          <time className={classes.at} dateTime={entry.at} title={exact(entry.at)}>
            {shortDateAndTime(entry.at)}
          </time>
          <span>
            {words(entry)}
            <span className={classes.actor}> · {entry.actor}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function toneOf(action: string): string | undefined {
  if (/failed|missed|needs_attention/.test(action)) return "bad";
  return action === "delivery.published" ? "good" : undefined;
}
