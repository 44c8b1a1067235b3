import { zodResolver } from "@hookform/resolvers/zod";
import { Button, PasswordInput, Radio, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { ConnectField, ConnectMethod, Platform } from "@/api/model";
import { codeText } from "@/i18n/error-text";
import { Dialog } from "@/ui/over/Dialog";
import { PlatformTile } from "@/ui/PlatformTile";
import { Refusal } from "@/ui/Refusal";
import classes from "./ConnectDialog.module.css";
import { placeFieldErrors } from "./form-errors";
import { useAuthUrl, useConnectByToken } from "./queries";

interface ConnectDialogProps {
  platform: Platform;
  method: ConnectMethod;
  returnTo: string;
  onClose: () => void;
  onConnected: (connectionId: string) => void;
}

type Values = Record<string, string>;

/** Whether a value is usable is the server's to say; the form only knows what may not be left out. */
function schemaFor(fields: ConnectField[]) {
  const shape = fields.map(({ name, required }) => {
    const text = z.string().trim();
    return [name, required ? text.min(1, { error: () => codeText("required") }) : text];
  });
  return z.object(Object.fromEntries(shape) as Record<string, z.ZodString>);
}

const firstValue = ({ kind }: ConnectField) => (kind.type === "choice" ? (kind.choices[0]?.value ?? "") : "");

/** Asks what the platform's manifest wants to know before, or instead of, its consent page. */
export function ConnectDialog({ platform, method, returnTo, onClose, onConnected }: ConnectDialogProps) {
  const { t } = useTranslation();
  const authUrl = useAuthUrl();
  const byToken = useConnectByToken();
  const form = useForm<Values>({
    resolver: zodResolver(useMemo(() => schemaFor(method.fields), [method.fields])),
    defaultValues: Object.fromEntries(method.fields.map((field) => [field.name, firstValue(field)])),
  });

  const refused = (error: unknown) => {
    const names = method.fields.map(({ name }) => name);
    if (placeFieldErrors(error, names, form.setError)) {
      authUrl.reset();
      byToken.reset();
    }
  };
  const submit = form.handleSubmit((values) => {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
    if (method.kind === "oauth") {
      authUrl.mutate(
        { platform: platform.id, fields: { ...filled, return_to: returnTo } },
        { onSuccess: ({ url }) => window.location.assign(url), onError: refused },
      );
    } else {
      byToken.mutate(
        { platform: platform.id, fields: filled },
        { onSuccess: ({ connection }) => onConnected(connection.id), onError: refused },
      );
    }
  });

  const error = authUrl.error ?? byToken.error;
  const goOn = platform.sandbox ? "connections.form.goOnPretend" : "connections.form.goOn";
  return (
    <Dialog
      onClose={onClose}
      title={
        <span className={classes.title}>
          <PlatformTile platform={platform.id} size={20} />
          {t("connections.form.title", { name: platform.name })}
        </span>
      }
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {error && <Refusal error={error} />}
        {method.fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            control={form.control}
            error={form.formState.errors[field.name]?.message}
          />
        ))}
        {method.scopes.length > 0 && (
          <details className={classes.scopes}>
            <summary>{t("connections.form.asks")}</summary>
            <ul>
              {method.scopes.map(({ name, why, required }) => (
                <li key={name}>
                  <code>{name}</code>
                  {required && <span className={classes.needed}>{t("connections.form.needed")}</span>}
                  <p>{why}</p>
                </li>
              ))}
            </ul>
          </details>
        )}
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={authUrl.isPending || authUrl.isSuccess || byToken.isPending}
          >
            {method.kind === "oauth" ? t(goOn, { name: platform.name }) : t("connections.form.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  field: ConnectField;
  control: ReturnType<typeof useForm<Values>>["control"];
  error: string | undefined;
}

function Field({ field, control, error }: FieldProps) {
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: input }) => {
        const shared = {
          ...input,
          label: field.label,
          description: field.help || undefined,
          error,
          withAsterisk: field.required,
        };
        if (field.kind.type === "choice") {
          return (
            <Radio.Group {...shared} withAsterisk={false}>
              <div className={classes.choices}>
                {field.kind.choices.map(({ value, label }) => (
                  <Radio key={value} value={value} label={label} />
                ))}
              </div>
            </Radio.Group>
          );
        }
        const text = { ...shared, placeholder: field.placeholder, autoComplete: "off", spellCheck: false };
        if (field.kind.type === "secret") return <PasswordInput {...text} autoComplete="new-password" />;
        return (
          <TextInput {...text} inputMode={field.kind.type === "url" ? "url" : "text"} autoCapitalize="none" />
        );
      }}
    />
  );
}
