import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Attempt, Delivery } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { exact, precise } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { deliveryQuery } from "./queries";
import classes from "./Timeline.module.css";

const OUTCOMES = ["published", "waiting", "failed", "unknown", "retry"] as const;
const TONES: Record<string, string> = { published: "good", failed: "bad", unknown: "bad", retry: "warn" };

/** Every time the platform was asked, and what it said. */
export function AttemptLog({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(deliveryQuery(delivery));
  if (error) return <p className={classes.none}>{errorLine(error)}</p>;
  if (!data) return <Skeleton height={40} mt={8} />;

  const outcome = ({ outcome: word }: Attempt) => {
    const known = OUTCOMES.find((each) => each === word);
    return known ? t(`posts.delivery.outcome.${known}`) : word;
  };
  return (
    <ol className={classes.timeline} data-inset>
      {data.attempt_log.map((attempt) => (
        <li key={attempt.number} className={classes.entry} data-tone={TONES[attempt.outcome]}>
          <time className={classes.at} dateTime={attempt.started_at} title={exact(attempt.started_at)}>
            {precise(attempt.started_at)}
          </time>
          <span>
            {outcome(attempt)}
            {attempt.detail && `: ${inOurWords(attempt.detail)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
