import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MailTemplate } from "@/api/model";
import { useDelayed } from "@/features/frame/palette/use-delayed";
import { fieldText, saysMore } from "@/i18n/error-text";
import { inOurWords } from "@/i18n/server-words";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";
import { Refusal } from "@/ui/Refusal";
import { toastDone, toastFailed } from "@/ui/toast";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import classes from "./Mail.module.css";
import { MailFrame } from "./MailFrame";
import { PlainMail } from "./PlainMail";
import {
  previewQuery,
  type TemplateWords,
  useRestoreTemplate,
  useSaveTemplate,
  useTryTemplate,
} from "./queries";
import type { MailLanguage } from "./search";

interface TemplateEditorProps {
  template: MailTemplate;
  language: MailLanguage;
}

const FIELDS = ["subject", "html", "text"] as const;

/** Changes a message's words, with what comes of them beside. */
export function TemplateEditor({ template, language }: TemplateEditorProps) {
  const { t } = useTranslation();
  const { name, subject, html, text, is_changed, variables, description } = template;
  const stored = { subject, html, text };
  const [words, setWords] = useState<TemplateWords>(stored);
  const save = useSaveTemplate(name, language);
  const changed = FIELDS.some((field) => words[field] !== stored[field]);
  const preview = useQuery(previewQuery(name, language, useDelayed(words, 400)));
  const refused = save.error ?? preview.error;
  const field = (which: keyof TemplateWords) => ({
    label: t(`mail.editor.${which}`),
    value: words[which],
    error: fieldText(refused, which),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      save.reset();
      setWords((now) => ({ ...now, [which]: value }));
    },
  });

  return (
    <div className={classes.columns}>
      <UnsavedChanges unsaved={changed && !save.isSuccess} />
      <div className={classes.edit}>
        <Notice tone="info" title={inOurWords(description)}>
          {t(is_changed ? "mail.editor.isChanged" : "mail.editor.isOurs")}
        </Notice>
        {saysMore(refused, FIELDS) && <Refusal error={refused} />}
        <TextInput {...field("subject")} />
        <Textarea
          {...field("html")}
          autosize
          minRows={12}
          maxRows={24}
          classNames={{ input: classes.code }}
        />
        <Textarea {...field("text")} autosize minRows={8} maxRows={20} classNames={{ input: classes.code }} />
        <Variables variables={variables} />
        <div className={classes.actions}>
          <Button
            variant="filled"
            disabled={!changed}
            loading={save.isPending}
            onClick={() => save.mutate(words, { onSuccess: () => toastDone(t("mail.editor.saved")) })}
          >
            {t("common.save")}
          </Button>
          {changed && <Button onClick={() => setWords(stored)}>{t("mail.editor.discard")}</Button>}
          {is_changed && <Restore name={name} language={language} />}
        </div>
      </div>
      <section className={classes.preview} aria-label={t("mail.editor.preview")}>
        <div className={classes.previewHead}>
          <h2 className={classes.heading}>{t("mail.editor.preview")}</h2>
          <TryOut name={name} language={language} words={words} />
        </div>
        {preview.data ? (
          <>
            <p className={classes.subject}>{preview.data.subject}</p>
            <MailFrame html={preview.data.html} title={t("mail.asHtml")} />
            <PlainMail text={preview.data.text} />
          </>
        ) : (
          <p className={classes.quiet}>{t(preview.error ? "mail.editor.noPreview" : "common.loading")}</p>
        )}
      </section>
    </div>
  );
}

interface TryOutProps {
  name: string;
  language: MailLanguage;
  words: TemplateWords;
}

/** Sends the message as it stands in the editor to whoever edits it. */
function TryOut({ name, language, words }: TryOutProps) {
  const { t } = useTranslation();
  const tryOut = useTryTemplate(name, language);
  return (
    <Button
      size="xs"
      leftSection={<Send size={14} aria-hidden="true" />}
      loading={tryOut.isPending}
      onClick={() =>
        tryOut.mutate(words, {
          onSuccess: ({ to }) => toastDone(t("mail.test.done", { to })),
          onError: (error) => toastFailed(error, t("mail.editor.notTried")),
        })
      }
    >
      {t("mail.editor.tryOut")}
    </Button>
  );
}

function Variables({ variables }: { variables: readonly string[] }) {
  const { t } = useTranslation();
  if (variables.length === 0) return null;
  return (
    <div>
      <p className={classes.quiet}>{t("mail.editor.variables")}</p>
      <ul className={classes.variables}>
        {variables.map((variable) => (
          <li key={variable}>
            <code>{`{{ ${variable} }}`}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Restore({ name, language }: { name: string; language: MailLanguage }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const restore = useRestoreTemplate(name, language);
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {t("mail.editor.restore")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("mail.editor.ask")}
        confirm={t("mail.editor.restore")}
        dismiss={t("mail.editor.keepMine")}
        destructive
        pending={restore.isPending}
        onConfirm={() =>
          restore.mutate(undefined, {
            onSuccess: () => toastDone(t("mail.editor.restored")),
            onError: (error) => toastFailed(error),
            onSettled: () => setAsking(false),
          })
        }
      >
        <p>{t("mail.editor.consequence")}</p>
      </ConfirmDialog>
    </>
  );
}
