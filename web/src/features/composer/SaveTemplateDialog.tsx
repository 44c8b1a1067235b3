import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone } from "@/ui/toast";
import classes from "./ContentList.module.css";
import { useAddTemplate } from "./content-queries";
import { draftOf } from "./draft";
import { templateOf } from "./templates";

interface SaveTemplateDialogProps {
  post: Post;
  /** A name to begin with. */
  title: string;
  onClose: () => void;
}

/** Keeps what a post says as a template; its channels are known by where it goes, also those that are gone. */
export function SaveTemplateDialog({ post, title, onClose }: SaveTemplateDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(title);
  const add = useAddTemplate();
  const channels = post.deliveries.map(({ channel_id, platform }) => ({ id: channel_id, platform }));
  return (
    <Dialog onClose={onClose} title={t("editor.templates.saveLabel")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(
            { name, ...templateOf(draftOf(post), channels) },
            {
              onSuccess: () => {
                toastDone(t("editor.templates.saved", { name }));
                onClose();
              },
            },
          );
        }}
      >
        <TextInput
          label={t("editor.templates.name")}
          description={t("editor.templates.saveHelp")}
          data-autofocus
          value={name}
          error={add.error ? errorLine(add.error) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ""} loading={add.isPending}>
            {t("editor.templates.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
