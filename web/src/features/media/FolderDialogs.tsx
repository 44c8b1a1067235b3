import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MediaFolder } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import classes from "./FolderDialogs.module.css";
import type { FolderTask } from "./FolderTree";
import { folderChoices, withThoseBelow } from "./folders";
import { changeFolder, createFolder, deleteFolder, foldersQuery, useFolderChange } from "./queries";

interface TaskProps {
  task: FolderTask;
  onClose: () => void;
  /** Where the folder's content is now: the folder is no longer there to be shown. */
  onDeleted: (folder: MediaFolder) => void;
}

/** Making, renaming, moving or deleting a folder. */
export function FolderDialog({ task, onClose, onDeleted }: TaskProps) {
  const { folder } = task;
  if (task.kind === "new") return <NameDialog parent={folder} onClose={onClose} />;
  if (!folder) return null;
  if (task.kind === "rename") return <NameDialog folder={folder} onClose={onClose} />;
  if (task.kind === "move") return <MoveFolder folder={folder} onClose={onClose} />;
  return <DeleteFolder folder={folder} onClose={onClose} onDeleted={onDeleted} />;
}

function NameDialog({
  folder,
  parent,
  onClose,
}: {
  folder?: MediaFolder;
  parent?: MediaFolder | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(folder?.name ?? "");
  const save = useFolderChange(() =>
    folder
      ? changeFolder(folder.id, { name })
      : createFolder({ name, ...(parent ? { parent_id: parent.id } : {}) }),
  );
  const title = folder
    ? t("library.folders.renameTitle", { name: folder.name })
    : parent
      ? t("library.folders.newInsideTitle", { name: parent.name })
      : t("library.folders.new");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Dialog onClose={onClose} title={title} size={420}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t("library.folders.name")}
          maxLength={80}
          value={name}
          error={save.error && errorLine(save.error)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ""} loading={save.isPending}>
            {folder ? t("common.save") : t("library.folders.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function MoveFolder({ folder, onClose }: { folder: MediaFolder; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: folders = [] } = useQuery(foldersQuery);
  const move = useFolderChange((parent: string | null) => changeFolder(folder.id, { parent_id: parent }));
  const below = withThoseBelow(folders, folder.id);
  return (
    <MoveDialog
      title={t("library.folders.moveTitle", { name: folder.name })}
      folders={folders.filter(({ id }) => !below.has(id))}
      top={t("library.folders.top")}
      start={folder.parent_id}
      pending={move.isPending}
      error={move.error}
      onClose={onClose}
      onMove={(parent) =>
        move.mutate(parent, {
          onSuccess: () => {
            onClose();
            toastUndo(t("library.folders.moved", { name: folder.name }), () =>
              move.mutateAsync(folder.parent_id),
            );
          },
        })
      }
    />
  );
}

interface MoveDialogProps {
  title: string;
  folders: MediaFolder[];
  /** What to call no folder at all. */
  top: string;
  start: string | null;
  pending?: boolean;
  error?: unknown;
  onClose: () => void;
  onMove: (folder: string | null) => void;
}

const TOP = "top";

/** Asks where something goes. */
export function MoveDialog({ title, folders, top, start, pending, error, onClose, onMove }: MoveDialogProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState(start ?? TOP);
  return (
    <Dialog onClose={onClose} title={title} size={420}>
      <Select
        data-autofocus
        label={t("library.folders.to")}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t("library.folders.nothing")}
        data={[{ value: TOP, label: top }, ...folderChoices(folders)]}
        value={to}
        error={error ? errorLine(error) : null}
        onChange={(value) => setTo(value ?? TOP)}
      />
      <div className={classes.actions}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button variant="filled" loading={pending ?? false} onClick={() => onMove(to === TOP ? null : to)}>
          {t("library.move")}
        </Button>
      </div>
    </Dialog>
  );
}

function DeleteFolder({
  folder,
  onClose,
  onDeleted,
}: {
  folder: MediaFolder;
  onClose: () => void;
  onDeleted: (folder: MediaFolder) => void;
}) {
  const { t } = useTranslation();
  const { data: folders = [] } = useQuery(foldersQuery);
  const remove = useFolderChange(() => deleteFolder(folder.id));
  const isEmpty = folder.files === 0 && !folders.some(({ parent_id }) => parent_id === folder.id);
  const above = folders.find(({ id }) => id === folder.parent_id)?.name;
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toastDone(t("library.deleted", { name: folder.name }));
        onClose();
        onDeleted(folder);
      },
      onError: (error) => {
        onClose();
        toastFailed(error, t("library.deleteRefused", { name: folder.name }));
      },
    });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("library.folders.deleteTitle", { name: folder.name })}
      confirm={t("library.folders.delete")}
      onConfirm={confirm}
      pending={remove.isPending}
      destructive
    >
      <p>
        {isEmpty
          ? t("library.folders.deleteEmpty")
          : above
            ? t("library.folders.deleteUp", { above })
            : t("library.folders.deleteTop")}
      </p>
    </ConfirmDialog>
  );
}
