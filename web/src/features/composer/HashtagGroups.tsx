import { ActionIcon, Button, Skeleton, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { PenLine, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HashtagGroup } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { Dialog } from "@/ui/over/Dialog";
import { toastFailed, toastUndo } from "@/ui/toast";
import classes from "./ContentList.module.css";
import { hashtagGroupsQuery, useAddGroup, useChangeGroup, useDeleteGroup } from "./content-queries";

/** All groups, to be made, changed and deleted. */
export function HashtagGroups({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const groups = useQuery(hashtagGroupsQuery);
  const [editing, setEditing] = useState<HashtagGroup | "new" | null>(null);
  const remove = useDeleteGroup();
  const add = useAddGroup();
  const discard = (group: HashtagGroup) =>
    remove.mutate(group, {
      onSuccess: () =>
        toastUndo(t("editor.hashtags.deleted", { name: group.name }), () =>
          add.mutateAsync({ name: group.name, hashtags: group.hashtags }),
        ),
      onError: (error) => toastFailed(error),
    });

  return (
    <Dialog onClose={onClose} size={520} title={t("editor.hashtags.title")}>
      {groups.error ? (
        <FailedState error={groups.error} onRetry={() => void groups.refetch()} />
      ) : !groups.data ? (
        <Skeleton height={120} radius={12} />
      ) : (
        <>
          {groups.data.length === 0 && editing === null && (
            <p className={classes.empty}>{t("editor.hashtags.empty")}</p>
          )}
          <ul className={classes.list}>
            {groups.data.map((group) =>
              editing !== "new" && editing?.id === group.id ? (
                <li key={group.id}>
                  <GroupForm group={group} onDone={() => setEditing(null)} />
                </li>
              ) : (
                <li key={group.id} className={classes.item}>
                  <div className={classes.words}>
                    <p className={classes.name}>{group.name}</p>
                    <p className={classes.snippet}>{group.hashtags.join(" ")}</p>
                  </div>
                  <ActionIcon
                    aria-label={t("editor.hashtags.edit", { name: group.name })}
                    onClick={() => setEditing(group)}
                  >
                    <PenLine size={15} aria-hidden="true" />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t("editor.hashtags.delete", { name: group.name })}
                    onClick={() => discard(group)}
                  >
                    <Trash2 size={15} aria-hidden="true" />
                  </ActionIcon>
                </li>
              ),
            )}
          </ul>
          {editing === "new" ? (
            <GroupForm onDone={() => setEditing(null)} />
          ) : (
            <Button leftSection={<Plus size={14} aria-hidden="true" />} onClick={() => setEditing("new")}>
              {t("editor.hashtags.add")}
            </Button>
          )}
        </>
      )}
    </Dialog>
  );
}

function GroupForm({ group, onDone }: { group?: HashtagGroup; onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(group?.name ?? "");
  const [written, setWritten] = useState(group?.hashtags.join(" ") ?? "");
  const add = useAddGroup();
  const change = useChangeGroup();
  const error = add.error ?? change.error;
  const hashtags = written.split(/[\s,]+/).filter(Boolean);
  const save = () => {
    const options = { onSuccess: onDone };
    if (group) change.mutate({ id: group.id, name, hashtags }, options);
    else add.mutate({ name, hashtags }, options);
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        label={t("editor.hashtags.name")}
        data-autofocus
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("editor.hashtags.label")}
        description={t("editor.hashtags.help")}
        autosize
        minRows={2}
        value={written}
        error={error ? errorLine(error) : undefined}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
        <Button
          type="submit"
          variant="filled"
          disabled={name.trim() === "" || hashtags.length === 0}
          loading={add.isPending || change.isPending}
        >
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
