import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InstallationRetention } from "@/api/model";
import { FailedState } from "@/ui/FailedState";
import { Refusal } from "@/ui/Refusal";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { installationRetentionQuery, useChangeInstallationRetention } from "./log-queries";

const MONTHS = [6, 12, 24, 36, 60];
const DAYS = [7, 30, 90, 180, 365];

/** For how long the installation keeps its own things. */
export function InstallationRetentionSection() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(installationRetentionQuery);
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  return (
    <Section title={t("admin.retention.title")} detail={t("admin.retention.detail")}>
      {data && <Form retention={data} />}
    </Section>
  );
}

function Form({ retention }: { retention: InstallationRetention }) {
  const { t } = useTranslation();
  const [spans, setSpans] = useState(retention);
  const change = useChangeInstallationRetention();
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(spans, { onSuccess: () => toastDone(t("admin.retention.saved")) });
  };
  const set = (name: keyof InstallationRetention, value: string) =>
    setSpans((now) => ({ ...now, [name]: value === "" ? null : Number(value) }));
  const forGood = { value: "", label: t("admin.retention.forGood") };
  return (
    <form className={fields} onSubmit={save}>
      {change.error && <Refusal error={change.error} />}
      <NativeSelect
        label={t("admin.retention.audit")}
        value={spans.audit_months ?? ""}
        onChange={(event) => set("audit_months", event.currentTarget.value)}
        data={[
          forGood,
          ...withChosen(spans.audit_months, MONTHS).map((value) => ({
            value: String(value),
            label: t("admin.retention.months", { count: value }),
          })),
        ]}
      />
      <NativeSelect
        label={t("admin.retention.mailLog")}
        value={spans.mail_log_days ?? ""}
        onChange={(event) => set("mail_log_days", event.currentTarget.value)}
        data={[
          forGood,
          ...withChosen(spans.mail_log_days, DAYS).map((value) => ({
            value: String(value),
            label: t("admin.retention.days", { count: value }),
          })),
        ]}
      />
      <div className={actions}>
        <Button type="submit" loading={change.isPending}>
          {t("admin.retention.save")}
        </Button>
      </div>
    </form>
  );
}

/** What was chosen elsewhere stays to be seen. */
const withChosen = (chosen: number | null, choices: number[]) =>
  chosen === null || choices.includes(chosen) ? choices : [...choices, chosen].toSorted((a, b) => a - b);
