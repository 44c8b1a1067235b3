import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorLine } from "@/i18n/error-text";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone } from "@/ui/toast";
import classes from "./FolderDialogs.module.css";
import { fetchMedia, useMakeMedia } from "./queries";

/** Adds a picture or video that lies somewhere on the internet. */
export function AddByUrlDialog({ folder, onClose }: { folder: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState("");
  const [alt, setAlt] = useState("");
  const fetch = useMakeMedia();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    fetch.mutate(() => fetchMedia({ url, alt, ...(folder ? { folder_id: folder } : {}) }), {
      onSuccess: (media) => {
        toastDone(t("adding.byUrl.added", { name: media.file_name }));
        onClose();
      },
    });
  };
  return (
    <Dialog onClose={onClose} title={t("adding.byUrl.title")} size={480}>
      <form onSubmit={submit}>
        <div className={classes.fields}>
          <TextInput
            data-autofocus
            type="url"
            label={t("adding.byUrl.url")}
            description={t("adding.byUrl.help")}
            value={url}
            error={fetch.error && errorLine(fetch.error)}
            onChange={(event) => {
              setUrl(event.currentTarget.value);
              fetch.reset();
            }}
          />
          <TextInput
            label={`${t("library.alt")} (${t("common.optional")})`}
            value={alt}
            maxLength={1500}
            onChange={(event) => setAlt(event.currentTarget.value)}
          />
        </div>
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" disabled={url.trim() === ""} loading={fetch.isPending}>
            {t("adding.byUrl.add")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
