import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { errorText } from "@/i18n/error-text";
import { dateAndTime } from "@/i18n/format";
import { repeatPreviewQuery } from "./queries";
import classes from "./RepeatPreview.module.css";
import type { Rule } from "./rule";

const SHOWN = 10;

interface RepeatPreviewProps {
  rule: Rule;
  start: Date | null;
  zone: string;
}

/** The next ten times of a rule, as the server works them out. */
export function RepeatPreview({ rule, start, zone }: RepeatPreviewProps) {
  const { t } = useTranslation();
  const { data, error } = useQuery(repeatPreviewQuery(rule, start, zone));
  const items = data?.items ?? [];
  return (
    <section aria-label={t("scheduling.repeat.preview")}>
      <h3 className={classes.heading}>{t("scheduling.repeat.preview")}</h3>
      {error ? (
        <p className={classes.wrong}>{errorText(error).detail || t("scheduling.repeat.previewFailed")}</p>
      ) : (
        <ol className={classes.list}>
          {items.map(({ at, moved_by_clocks }) => (
            <li key={at}>
              <time dateTime={at}>{dateAndTime(at, zone)}</time>
              {moved_by_clocks && <span className={classes.moved}>{t("scheduling.repeat.moved")}</span>}
            </li>
          ))}
        </ol>
      )}
      {items.length > 0 && (
        <p className={classes.end}>
          {t(items.length < SHOWN ? "scheduling.repeat.previewEnd" : "scheduling.repeat.previewMore")}
        </p>
      )}
    </section>
  );
}
