import { ActionIcon, Button, TextInput } from "@mantine/core";
import { Check, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedFilter } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import type { PostsSearch } from "./filters";
import classes from "./SavedFilters.module.css";
import { useChangeFilter, useDeleteFilter, useKeepFilter } from "./saved-filters";

interface SaveDialogProps {
  search: PostsSearch;
  onSaved: (filter: SavedFilter) => void;
  onClose: () => void;
}

/** Keeps what is filtered now under a name. */
export function SaveDialog({ search, onSaved, onClose }: SaveDialogProps) {
  const { t } = useTranslation();
  const keep = useKeepFilter("posts");
  const [name, setName] = useState(search.q ?? "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate(
      { name, query: search },
      {
        onSuccess: (filter) => {
          onSaved(filter);
          toastDone(t("posts.saved.done", { name: filter.name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={t("posts.saved.title")}>
      <form onSubmit={save}>
        <TextInput
          label={t("posts.saved.name")}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={keep.error && errorLine(keep.error)}
        />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={keep.isPending} disabled={name.trim() === ""}>
            {t("posts.saved.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Renames and deletes what is kept. */
export function ManageDialog({ saved, onClose }: { saved: SavedFilter[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={t("posts.saved.manageTitle")}>
      {saved.length === 0 && <p>{t("posts.saved.none")}</p>}
      <ul className={classes.list}>
        {saved.map((filter) => (
          <Kept key={filter.id} filter={filter} />
        ))}
      </ul>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("posts.saved.finish")}</Button>
      </div>
    </Dialog>
  );
}

function Kept({ filter }: { filter: SavedFilter }) {
  const { t } = useTranslation();
  const change = useChangeFilter("posts");
  const remove = useDeleteFilter("posts");
  const keep = useKeepFilter("posts");
  const [name, setName] = useState(filter.name);
  const differs = name.trim() !== filter.name && name.trim() !== "";
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (!differs) return;
    change.mutate(
      { id: filter.id, name },
      { onSuccess: (renamed) => toastDone(t("posts.saved.renamed", { name: renamed.name })) },
    );
  };
  // The row is gone before its answer is here, so nothing of this waits for the row.
  const removeIt = async () => {
    const { id, name, query } = filter;
    try {
      await remove.mutateAsync(id);
      toastUndo(t("posts.saved.deleted", { name }), () => keep.mutateAsync({ name, query }));
    } catch (error) {
      toastFailed(error);
    }
  };
  return (
    <li>
      <form onSubmit={rename} className={classes.kept}>
        <TextInput
          aria-label={t("posts.saved.name")}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={change.error && errorLine(change.error)}
        />
        {differs && (
          <ActionIcon
            type="submit"
            loading={change.isPending}
            aria-label={t("posts.saved.rename", { name: filter.name })}
          >
            <Check size={16} aria-hidden="true" />
          </ActionIcon>
        )}
        <ActionIcon
          loading={remove.isPending}
          aria-label={t("posts.saved.remove", { name: filter.name })}
          onClick={() => void removeIt()}
        >
          <Trash2 size={16} aria-hidden="true" />
        </ActionIcon>
      </form>
    </li>
  );
}
