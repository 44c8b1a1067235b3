import { ActionIcon, Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { PenLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, ContentTemplate } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { errorLine } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import classes from "./ContentList.module.css";
import { templatesQuery, useAddTemplate, useDeleteTemplate, useRenameTemplate } from "./content-queries";
import { type Draft, isEmpty } from "./draft";
import { templateOf } from "./templates";

interface TemplatesDialogProps {
  draft: Draft;
  channels: Channel[];
  onUse: (template: ContentTemplate) => void;
  onClose: () => void;
}

/** Content kept to begin posts with: use it, keep this post as one, rename and delete. */
export function TemplatesDialog({ draft, channels, onUse, onClose }: TemplatesDialogProps) {
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery);
  return (
    <Dialog onClose={onClose} size={560} title={t("editor.templates.title")}>
      {templates.error ? (
        <FailedState error={templates.error} onRetry={() => void templates.refetch()} />
      ) : !templates.data ? (
        <Skeleton height={140} radius={12} />
      ) : templates.data.length === 0 ? (
        <p className={classes.empty}>{t("editor.templates.empty")}</p>
      ) : (
        <ul className={classes.list}>
          {templates.data.map((template) => (
            <TemplateItem key={template.id} template={template} onUse={() => onUse(template)} />
          ))}
        </ul>
      )}
      {!isEmpty(draft) && <SaveAsTemplate draft={draft} channels={channels} />}
    </Dialog>
  );
}

function TemplateItem({ template, onUse }: { template: ContentTemplate; onUse: () => void }) {
  const { t } = useTranslation();
  const [naming, setNaming] = useState(false);
  const remove = useDeleteTemplate();
  const add = useAddTemplate();
  const { name } = template;
  const discard = () =>
    remove.mutate(template, {
      onSuccess: () =>
        toastUndo(t("editor.templates.deleted", { name }), () =>
          add.mutateAsync({
            name,
            text: template.text,
            media: template.media.map(({ id, alt }) => ({ id, alt })),
            variants: template.variants,
          }),
        ),
      onError: (error) => toastFailed(error),
    });
  if (naming) {
    return (
      <li>
        <Rename template={template} onDone={() => setNaming(false)} />
      </li>
    );
  }
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p className={classes.snippet}>{template.text}</p>
        {template.media.length > 0 && (
          <div className={classes.thumbs}>
            {template.media.slice(0, 6).map((item) => (
              <span key={item.id}>
                <Thumb media={item} />
              </span>
            ))}
          </div>
        )}
      </div>
      <Button size="xs" aria-label={t("editor.templates.useNamed", { name })} onClick={onUse}>
        {t("editor.templates.use")}
      </Button>
      <ActionIcon aria-label={t("editor.templates.rename", { name })} onClick={() => setNaming(true)}>
        <PenLine size={15} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon aria-label={t("editor.templates.delete", { name })} onClick={discard}>
        <Trash2 size={15} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

function Rename({ template, onDone }: { template: ContentTemplate; onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(template.name);
  const rename = useRenameTemplate();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate({ id: template.id, name }, { onSuccess: onDone });
      }}
    >
      <TextInput
        label={t("editor.templates.name")}
        autoFocus
        value={name}
        error={rename.error ? errorLine(rename.error) : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button type="submit" variant="filled" disabled={name.trim() === ""} loading={rename.isPending}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}

function SaveAsTemplate({ draft, channels }: { draft: Draft; channels: Channel[] }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const add = useAddTemplate();
  return (
    <form
      className={classes.save}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(
          { name, ...templateOf(draft, channels) },
          {
            onSuccess: () => {
              setName("");
              toastDone(t("editor.templates.saved", { name }));
            },
          },
        );
      }}
    >
      <TextInput
        label={t("editor.templates.saveLabel")}
        placeholder={t("editor.templates.name")}
        value={name}
        error={add.error ? errorLine(add.error) : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" disabled={name.trim() === ""} loading={add.isPending}>
        {t("editor.templates.save")}
      </Button>
    </form>
  );
}
