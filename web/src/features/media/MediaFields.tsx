import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media, MediaChange } from "@/api/model";
import { count } from "@/i18n/format";
import { toastDone, toastFailed } from "@/ui/toast";
import { folderChoices } from "./folders";
import classes from "./MediaPanel.module.css";
import { foldersQuery, useChangeMedia } from "./queries";
import { TagsField } from "./TagsField";

const LONGEST_ALT = 1500;
const NONE = "none";

/** What people say of a file: what it shows, its name, its folder and its tags. */
export function MediaFields({ media }: { media: Media }) {
  const { t } = useTranslation();
  const { data: folders = [] } = useQuery(foldersQuery);
  const change = useChangeMedia();
  const save = (to: MediaChange, done: string) =>
    change.mutate(
      { id: media.id, change: to },
      { onSuccess: () => toastDone(done), onError: (error) => toastFailed(error) },
    );
  return (
    <div className={classes.fields}>
      <AltText
        media={media}
        pending={change.isPending}
        onSave={(alt) => save({ alt }, t("oneFile.altSaved"))}
      />
      <NameField media={media} onSave={(name) => save({ file_name: name }, t("oneFile.nameSaved"))} />
      <Select
        label={t("library.folder")}
        searchable
        allowDeselect={false}
        data={[{ value: NONE, label: t("library.folders.none") }, ...folderChoices(folders)]}
        value={media.folder_id ?? NONE}
        onChange={(folder) =>
          save({ folder_id: folder === NONE ? null : folder }, t("library.moved", { count: 1 }))
        }
      />
      <TagsField
        label={t("library.tags")}
        value={media.tags}
        onChange={(tags) => {
          if (tags.join() !== media.tags.join()) save({ tags }, t("oneFile.tagsSaved"));
        }}
      />
    </div>
  );
}

function AltText({
  media,
  pending,
  onSave,
}: {
  media: Media;
  pending: boolean;
  onSave: (alt: string) => void;
}) {
  const { t } = useTranslation();
  const [alt, setAlt] = useState(media.alt);
  const length = [...alt.trim()].length;
  const isTooLong = length > LONGEST_ALT;
  return (
    <div className={classes.alt}>
      <Textarea
        dir="auto"
        label={t("library.alt")}
        description={t("oneFile.altHelp")}
        autosize
        minRows={2}
        maxRows={8}
        value={alt}
        error={isTooLong}
        onChange={(event) => setAlt(event.currentTarget.value)}
      />
      <div className={classes.altFoot}>
        <Button
          size="xs"
          disabled={alt.trim() === media.alt || isTooLong}
          loading={pending}
          onClick={() => onSave(alt.trim())}
        >
          {t("common.save")}
        </Button>
        <span className={classes.counter} data-over={isTooLong || undefined}>
          {t("oneFile.altCount", { count: length, length: count(length), most: count(LONGEST_ALT) })}
        </span>
      </div>
    </div>
  );
}

function NameField({ media, onSave }: { media: Media; onSave: (name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(media.file_name);
  const commit = () => {
    const next = name.trim();
    if (next === "") setName(media.file_name);
    else if (next !== media.file_name) onSave(next);
  };
  return (
    <TextInput
      label={t("library.name")}
      maxLength={255}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}
