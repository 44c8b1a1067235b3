import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Retention } from "@/api/model";
import { count, dateAndTime } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { Refusal } from "@/ui/Refusal";
import { quiet } from "@/ui/Rows";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { retentionQuery, type Spans, useChangeRetention } from "./queries";

const MONTHS = [3, 6, 12, 24, 36, 60];
const DAYS = [7, 30, 90, 180, 365];
const REMOVED = ["audit", "key_log", "platform_answers"] as const;

/** For how long what only grows is kept. */
export function RetentionSection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(retentionQuery);
  return (
    <Section title={t("data.retention.title")} detail={t("data.retention.detail")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <div aria-busy="true">
          <Skeleton height={200} radius={8} />
        </div>
      ) : (
        <Form retention={data} />
      )}
    </Section>
  );
}

function Form({ retention }: { retention: Retention }) {
  const { t } = useTranslation();
  const { audit_months, key_log_days, platform_answers_days } = retention;
  const [spans, setSpans] = useState<Spans>({ audit_months, key_log_days, platform_answers_days });
  const change = useChangeRetention();
  const months = (value: number) => t("data.retention.months", { count: value });
  const days = (value: number) => t("data.retention.days", { count: value });
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(spans, { onSuccess: () => toastDone(t("data.retention.saved")) });
  };
  const span = (name: keyof Spans, choices: number[], words: (value: number) => string) => (
    <NativeSelect
      label={t(`data.retention.${name}`)}
      description={t(`data.retention.${name}_help`)}
      value={spans[name] ?? ""}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setSpans((now) => ({ ...now, [name]: value === "" ? null : Number(value) }));
      }}
      data={[
        { value: "", label: t("data.retention.forGood") },
        ...withChosen(spans[name], choices).map((value) => ({ value: String(value), label: words(value) })),
      ]}
    />
  );
  return (
    <form className={fields} onSubmit={save}>
      {change.error && <Refusal error={change.error} />}
      {span("audit_months", MONTHS, months)}
      {span("key_log_days", DAYS, days)}
      {span("platform_answers_days", DAYS, days)}
      <LastRun retention={retention} />
      <div className={actions}>
        <Button type="submit" loading={change.isPending}>
          {t("data.retention.save")}
        </Button>
      </div>
    </form>
  );
}

/** What was chosen elsewhere stays to be seen. */
const withChosen = (chosen: number | null, choices: number[]) =>
  chosen === null || choices.includes(chosen) ? choices : [...choices, chosen].toSorted((a, b) => a - b);

function LastRun({ retention: { ran_at, removed } }: { retention: Retention }) {
  const { t } = useTranslation();
  if (!ran_at) return <p className={quiet}>{t("data.retention.neverRan")}</p>;
  const gone = REMOVED.filter((name) => removed[name]).map((name) =>
    t(`data.retention.removed.${name}`, { count: removed[name] ?? 0, shown: count(removed[name] ?? 0) }),
  );
  return (
    <p className={quiet}>
      {t("data.retention.ran", { at: dateAndTime(ran_at) })}{" "}
      {gone.length > 0 ? gone.join(" · ") : t("data.retention.nothing")}
    </p>
  );
}
