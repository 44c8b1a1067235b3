import { useTranslation } from "react-i18next";
import type { AuditVerdict } from "@/api/model";
import { count } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Notice } from "@/ui/Notice";
import classes from "./Audit.module.css";

const PROBLEMS = ["changed", "missing", "reordered"] as const;

/** Whether the log is still what was written; each event is sealed with the one before it. */
export function Verdict({ verdict: { intact, events, older, erased, problems } }: { verdict: AuditVerdict }) {
  const { t } = useTranslation();
  if (intact)
    return (
      <Notice tone="good" live title={t("audit.verify.intact", { count: events, events: count(events) })}>
        {t("audit.verify.detail")}
        {erased > 0 && ` ${t("audit.verify.erased", { count: erased, events: count(erased) })}`}
        {older > 0 && ` ${t("audit.verify.older", { count: older, events: count(older) })}`}
      </Notice>
    );
  return (
    <Notice tone="bad" live title={t("audit.verify.broken", { count: problems.length })}>
      <ul className={classes.problems}>
        {problems.map(({ id, kind, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
          <li key={index}>
            <strong>{t(`audit.verify.${PROBLEMS.find((each) => each === kind) ?? "changed"}`)}</strong>{" "}
            {inOurWords(detail)} {id && <code>{id}</code>}
          </li>
        ))}
      </ul>
      {t("audit.verify.advice")}
    </Notice>
  );
}
