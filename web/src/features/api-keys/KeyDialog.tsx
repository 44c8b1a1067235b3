import { Button, Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApiKey, ApiKeyInput } from "@/api/model";
import { errorLine, fieldText, saysMore } from "@/i18n/error-text";
import { day } from "@/i18n/format";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./KeyDialog.module.css";
import { SCOPES, type Scope, USUAL } from "./scopes";

interface KeyDialogProps {
  title: string;
  confirm: string;
  /** The key that is changed; absent for a new one. */
  apiKey?: ApiKey;
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onSave: (key: ApiKeyInput) => void;
}

const DAY = 86_400_000;
const LIVES = [30, 90, 365] as const;
const LIMIT = 600;
const FIELDS = ["name", "scopes", "expires_at", "rate_per_minute", "allowed_ips"];

/** What a key is called, may do, and where and how long it works. */
export function KeyDialog({ title, confirm, apiKey, pending, error, onClose, onSave }: KeyDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(apiKey?.name ?? "");
  const [scopes, setScopes] = useState<readonly Scope[]>(apiKey?.scopes ?? USUAL);
  const [life, setLife] = useState(apiKey ? "kept" : "90");
  const [rate, setRate] = useState<number | string>(apiKey?.rate_per_minute ?? LIMIT);
  const [networks, setNetworks] = useState((apiKey?.allowed_ips ?? []).join("\n"));
  const wrong = (field: string) => fieldText(error, field);
  const scopesWrong = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSave({
      name: name.trim(),
      scopes: SCOPES.filter((scope) => scopes.includes(scope)),
      expires_at: expiry(life, apiKey?.expires_at ?? null),
      rate_per_minute: Number(rate) || LIMIT,
      allowed_ips: networks.split(/[\s,]+/).filter(Boolean),
    });
  };
  return (
    <Dialog title={title} size={560} onClose={onClose}>
      <form onSubmit={save}>
        <div className={classes.fields}>
          <TextInput
            data-autofocus
            label={t("apiKeys.name")}
            description={t("apiKeys.nameHelp")}
            maxLength={100}
            value={name}
            error={wrong("name")}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <fieldset className={classes.scopes} aria-describedby={wrong("scopes") ? scopesWrong : undefined}>
            <legend>{t("apiKeys.may")}</legend>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                size="xs"
                label={t(`apiKeys.scope.${scope}`)}
                checked={scopes.includes(scope)}
                onChange={({ currentTarget: { checked } }) =>
                  setScopes((now) => (checked ? [...now, scope] : now.filter((each) => each !== scope)))
                }
              />
            ))}
            {wrong("scopes") && (
              <p id={scopesWrong} className={classes.wrong}>
                {wrong("scopes")}
              </p>
            )}
          </fieldset>
          <NativeSelect
            label={t("apiKeys.expires")}
            value={life}
            error={wrong("expires_at")}
            onChange={(event) => setLife(event.currentTarget.value)}
            data={[
              ...(apiKey
                ? [
                    {
                      value: "kept",
                      label: apiKey.expires_at
                        ? t("apiKeys.keptUntil", { day: day(apiKey.expires_at) })
                        : t("apiKeys.keptForever"),
                    },
                  ]
                : []),
              ...LIVES.map((days) => ({ value: String(days), label: t("apiKeys.inDays", { count: days }) })),
              { value: "never", label: t("apiKeys.never") },
            ]}
          />
          <NumberInput
            label={t("apiKeys.rate")}
            description={t("apiKeys.rateHelp")}
            min={1}
            max={6000}
            allowDecimal={false}
            value={rate}
            error={wrong("rate_per_minute")}
            onChange={setRate}
          />
          <Textarea
            label={`${t("apiKeys.networks")} (${t("common.optional")})`}
            description={t("apiKeys.networksHelp")}
            placeholder={"203.0.113.7\n198.51.100.0/24"}
            autosize
            minRows={2}
            value={networks}
            error={wrong("allowed_ips")}
            onChange={(event) => setNetworks(event.currentTarget.value)}
          />
          {saysMore(error, FIELDS) && (
            <p role="alert" className={classes.wrong}>
              {errorLine(error)}
            </p>
          )}
        </div>
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={pending}
            disabled={name.trim() === "" || scopes.length === 0}
          >
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** When the key ends, as the choice says. */
function expiry(life: string, present: string | null): string | null {
  if (life === "kept") return present;
  if (life === "never") return null;
  return new Date(Date.now() + Number(life) * DAY).toISOString();
}
