import { Button, Select, Skeleton, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import type { Connection, OptionSpec, Platform } from "@/api/model";
import { codeText } from "@/i18n/error-text";
import { inOurWords, manifestInOurWords } from "@/i18n/server-words";
import { FailedState } from "@/ui/FailedState";
import { toastDone, toastFailed } from "@/ui/toast";
import { DisconnectDialog } from "./DisconnectDialog";
import classes from "./Settings.module.css";
import { settingsQuery, useSettle } from "./settings-queries";

interface SettingsProps {
  connection: Connection;
  platform: Platform;
  /** The account was let go. */
  onEnded: () => void;
}

/** What is settled for one account, and the end of it. */
export function Settings({ connection, platform, onEnded }: SettingsProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(settingsQuery(connection.id));
  const [ending, setEnding] = useState(false);
  return (
    <>
      <section aria-label={t("connections.settings.title")}>
        <h3 className={classes.heading}>{t("connections.settings.title")}</h3>
        {error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <div aria-busy="true">
            <Skeleton height={120} radius={12} />
          </div>
        ) : data.options.length === 0 ? (
          <p className={classes.lead}>{t("connections.settings.none", { name: platform.name })}</p>
        ) : (
          <Form
            key={JSON.stringify(data.values)}
            connection={connection}
            options={data.options}
            kept={data.values}
          />
        )}
      </section>
      {connection.status !== "disconnected" && (
        <section className={classes.danger} aria-label={t("connections.settings.danger")}>
          <h3 className={classes.heading}>{t("connections.settings.danger")}</h3>
          <p className={classes.lead}>{t("connections.disconnect.detail")}</p>
          <Button
            variant="danger"
            leftSection={<Unplug size={14} aria-hidden="true" />}
            onClick={() => setEnding(true)}
          >
            {t("connections.drawer.disconnect")}
          </Button>
        </section>
      )}
      {ending && (
        <DisconnectDialog connection={connection} onClose={() => setEnding(false)} onDone={onEnded} />
      )}
    </>
  );
}

type Values = Record<string, unknown>;

interface FormProps {
  connection: Connection;
  options: OptionSpec[];
  kept: Values;
}

function Form({ connection, options, kept }: FormProps) {
  const { t } = useTranslation();
  const settle = useSettle(connection.id);
  const [changed, setChanged] = useState<Values>({});
  const dirty = Object.keys(changed).length > 0;
  const wrong = settle.error instanceof ApiError ? settle.error.errors : [];
  const errorOf = (name: string) => {
    const found = wrong.find(({ field }) => field === `values.${name}`);
    return found && (inOurWords(found.detail) || codeText(found.code));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    settle.mutate(changed, {
      onSuccess: () => toastDone(t("connections.settings.saved")),
      onError: (error) => {
        if (!(error instanceof ApiError) || error.errors.length === 0) toastFailed(error);
      },
    });
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.lead}>{t("connections.settings.lead")}</p>
      {options.map((spec) => (
        <Setting
          key={spec.name}
          spec={manifestInOurWords(spec)}
          value={spec.name in changed ? changed[spec.name] : kept[spec.name]}
          error={errorOf(spec.name)}
          onChange={(value) => setChanged((now) => ({ ...now, [spec.name]: value }))}
        />
      ))}
      <Button type="submit" variant="filled" disabled={!dirty} loading={settle.isPending}>
        {t("common.save")}
      </Button>
    </form>
  );
}

interface SettingProps {
  spec: OptionSpec;
  value: unknown;
  error: string | undefined;
  /** Null goes back to the platform's own default. */
  onChange: (value: unknown) => void;
}

function Setting({ spec: { label, help, kind }, value, error, onChange }: SettingProps) {
  const { t } = useTranslation();
  if (kind.type === "flag") {
    return (
      <Switch
        label={label}
        description={help || undefined}
        checked={typeof value === "boolean" ? value : kind.default}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          onChange(on === kind.default ? null : on);
        }}
      />
    );
  }
  if (kind.type === "choice") {
    const usual = kind.choices.find((choice) => choice.value === kind.default)?.label ?? kind.default;
    return (
      <Select
        label={label}
        description={help || undefined}
        error={error}
        allowDeselect={false}
        data={[{ value: "", label: t("connections.settings.usual", { usual }) }, ...kind.choices]}
        value={typeof value === "string" ? value : ""}
        onChange={(chosen) => onChange(chosen || null)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      description={help || undefined}
      error={error}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}
