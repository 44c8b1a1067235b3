import { Button, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "@/ui/Notice";
import { useAccess } from "./access";
import type { Operation } from "./description";
import { asked, type Came, canBeTried, type Filled, fieldsOf, missing, send, takesJson } from "./request";
import classes from "./Sample.module.css";

interface TryItProps {
  operation: Operation;
  filled: Filled;
  onFill: (filled: Filled) => void;
}

/** A form that makes the call, for real. */
export function TryIt({ operation, filled, onFill }: TryItProps) {
  const { t } = useTranslation();
  const { signedIn, by, key } = useAccess();
  const [told, setTold] = useState<string | null>(null);
  const call = useMutation({ mutationFn: send });
  const byKey = by === "key" && key !== "";
  const mayTry = operation.isOpen || byKey || (by === "session" && signedIn);
  const parameter = (name: string, value: string) =>
    onFill({ ...filled, parameters: { ...filled.parameters, [name]: value } });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const names = missing(operation, filled);
    if (names.length > 0) return setTold(t("apiDocs.try.missing", { names: names.join(", ") }));
    if (takesJson(operation) && filled.body.trim() && !isJson(filled.body))
      return setTold(t("apiDocs.try.notJson"));
    setTold(null);
    call.mutate(asked(operation, filled, location.origin, byKey ? key : null));
  };

  return (
    <section aria-label={t("apiDocs.try.title")}>
      <h4 className={classes.title}>{t("apiDocs.try.title")}</h4>
      {!canBeTried(operation) ? (
        <p className={classes.quiet}>{t("apiDocs.try.files")}</p>
      ) : !mayTry ? (
        <p className={classes.quiet}>{operation.scope ? t("apiDocs.try.signIn") : t("apiDocs.try.noKey")}</p>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate>
          {fieldsOf(operation).map(({ name, in: where, required }) => (
            <TextInput
              key={name}
              label={name}
              lang="en"
              withAsterisk={required || where === "path"}
              value={filled.parameters[name] ?? ""}
              onChange={(event) => parameter(name, event.currentTarget.value)}
            />
          ))}
          {takesJson(operation) && (
            <Textarea
              label={t("apiDocs.body")}
              classNames={{ input: classes.json }}
              autosize
              minRows={3}
              maxRows={24}
              spellCheck={false}
              value={filled.body}
              onChange={(event) => onFill({ ...filled, body: event.currentTarget.value })}
            />
          )}
          {operation.method !== "GET" && <p className={classes.quiet}>{t("apiDocs.try.real")}</p>}
          {told && <Notice tone="warn" title={told} live />}
          <div>
            <Button type="submit" variant="filled" loading={call.isPending}>
              {t("apiDocs.try.send", { method: operation.method })}
            </Button>
          </div>
        </form>
      )}
      {call.error && <Notice tone="bad" title={t("apiDocs.try.unreachable")} live />}
      {call.data && <Answered came={call.data} />}
    </section>
  );
}

function Answered({ came }: { came: Came }) {
  const { t } = useTranslation();
  return (
    <div className={classes.answered} role="status">
      <p className={classes.status} data-good={came.status < 400 || undefined}>
        {t("apiDocs.try.took", { status: `${came.status} ${came.statusText}`.trim(), ms: came.took })}
      </p>
      {came.text === "" ? (
        <p className={classes.quiet}>{t("apiDocs.try.empty")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard
        <section className={classes.scrolls} tabIndex={0} aria-label={t("apiDocs.try.answer")}>
          <pre className={classes.code}>
            <code>{came.text}</code>
          </pre>
        </section>
      )}
    </div>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
