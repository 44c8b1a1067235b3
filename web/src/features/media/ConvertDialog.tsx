import { Button, Select, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { fileSize } from "@/i18n/format";
import { Dialog } from "@/ui/over/Dialog";
import classes from "./FolderDialogs.module.css";
import { convertMedia, useDeleteMedia, useMakeMedia } from "./queries";

interface ConvertDialogProps {
  media: Media;
  onDone: (media: Media) => void;
  onClose: () => void;
}

const FORMATS = [
  { value: "image/jpeg", label: "JPEG" },
  { value: "image/png", label: "PNG" },
  { value: "image/webp", label: "WebP" },
];
/** What platforms and mail take. */
const SIZES = [500_000, 1_000_000, 2_000_000, 5_000_000, 8_000_000];
const ANY = "any";

/** Makes a copy in another format or of fewer bytes, and lets it take the original's place where nothing needs that. */
export function ConvertDialog({ media, onDone, onClose }: ConvertDialogProps) {
  const { t } = useTranslation();
  const [mime, setMime] = useState("image/jpeg");
  const [most, setMost] = useState(ANY);
  const [replace, setReplace] = useState(false);
  const convert = useMakeMedia();
  const remove = useDeleteMedia();
  const needed = media.used_in > 0;
  const sizes = SIZES.filter((size) => size < media.bytes || mime !== media.mime);
  const save = () =>
    convert.mutate(
      () => convertMedia(media.id, { mime, ...(most === ANY ? {} : { max_bytes: Number(most) }) }),
      {
        onSuccess: async (made) => {
          if (replace && !needed) await remove.mutateAsync(media.id).catch(() => undefined);
          onDone(made);
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t("oneFile.convert.title", { name: media.file_name })} size={440}>
      <div className={classes.fields}>
        <Select
          data-autofocus
          label={t("oneFile.convert.format")}
          allowDeselect={false}
          data={FORMATS}
          value={mime}
          onChange={(value) => setMime(value ?? "image/jpeg")}
        />
        <Select
          label={t("oneFile.convert.most")}
          description={t("oneFile.convert.mostHelp", { size: fileSize(media.bytes) })}
          allowDeselect={false}
          data={[
            { value: ANY, label: t("oneFile.convert.any") },
            ...sizes.map((size) => ({ value: String(size), label: fileSize(size) })),
          ]}
          value={most}
          onChange={(value) => setMost(value ?? ANY)}
        />
        <Switch
          label={t("oneFile.convert.replace")}
          description={needed ? t("oneFile.convert.needed") : undefined}
          disabled={needed}
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
        {convert.error && <p role="alert">{errorLine(convert.error)}</p>}
      </div>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button
          variant="filled"
          disabled={mime === media.mime && most === ANY}
          loading={convert.isPending}
          onClick={save}
        >
          {t("oneFile.convert.save")}
        </Button>
      </div>
    </Dialog>
  );
}
