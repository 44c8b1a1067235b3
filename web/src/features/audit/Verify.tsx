import { Button } from "@mantine/core";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AuditVerdict } from "@/api/model";
import { count } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Notice } from "@/ui/Notice";
import { Refusal } from "@/ui/Refusal";
import { Section } from "@/ui/Section";
import classes from "./Audit.module.css";
import { useVerify } from "./queries";

/** Whether the log is still what was written; each event is sealed with the one before it. */
export function Verify() {
  const { t } = useTranslation();
  const verify = useVerify();
  return (
    <Section title={t("audit.verify.title")} detail={t("audit.verify.detail")}>
      {verify.error && <Refusal error={verify.error} />}
      {verify.data && <Verdict verdict={verify.data} />}
      <div>
        <Button
          leftSection={<ShieldCheck size={14} aria-hidden="true" />}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t("audit.verify.action")}
        </Button>
      </div>
    </Section>
  );
}

const PROBLEMS = ["changed", "missing", "reordered"] as const;

function Verdict({ verdict: { intact, events, problems } }: { verdict: AuditVerdict }) {
  const { t } = useTranslation();
  const figures = { count: events, events: count(events) };
  if (intact) return <Notice tone="good" live title={t("audit.verify.intact", figures)} />;
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
