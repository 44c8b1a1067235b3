import { Button, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FolderInput, Tags, Trash2, X } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media, MediaChange } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { listed } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastUndo } from "@/ui/toast";
import classes from "./BulkBar.module.css";
import { type BulkOutcome, forEachItem } from "./bulk";
import { changeInLists, removeFromLists } from "./library-cache";
import { changeMedia, deleteMedia, foldersQuery, tagsQuery } from "./queries";

const MoveDialog = lazy(async () => ({ default: (await import("./FolderDialogs")).MoveDialog }));
const TagDialog = lazy(async () => ({ default: (await import("./TagDialog")).TagDialog }));

/** What the bar is asked to do. */
export type BulkTask = "move" | "tag" | "delete";

interface BulkBarProps {
  chosen: Media[];
  task: BulkTask | null;
  onTask: (task: BulkTask | null) => void;
  onClear: () => void;
  /** These are done, and need not stay chosen. */
  onDone: (gone: ReadonlySet<string>) => void;
}

interface Run {
  words: string;
  finished: number;
  all: number;
}

interface Failures {
  words: string;
  failed: BulkOutcome<Media>["failed"];
  again: () => void;
}

/** What can be done with all chosen files: move, tag, delete. It says how far it is, and which ones did not work and why. */
export function BulkBar({ chosen, task, onTask, onClear, onDone }: BulkBarProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: folders = [] } = useQuery(foldersQuery);
  const [run, setRun] = useState<Run | null>(null);
  const [failures, setFailures] = useState<Failures | null>(null);
  const stop = useRef(new AbortController());
  const close = () => onTask(null);
  const first = chosen.slice(0, 3).map(({ file_name }) => file_name);
  const others = chosen.length - first.length;
  const names = listed(others > 0 ? [...first, t("chosenFiles.more", { count: others })] : first);

  const perform = async (
    words: string,
    items: Media[],
    work: (media: Media) => Promise<unknown>,
    finish: (done: Media[]) => void,
  ) => {
    close();
    setFailures(null);
    stop.current = new AbortController();
    setRun({ words, finished: 0, all: items.length });
    const outcome = await forEachItem(
      items,
      work,
      (finished) => setRun({ words, finished, all: items.length }),
      stop.current.signal,
    );
    setRun(null);
    void queryClient.invalidateQueries({ queryKey: foldersQuery.queryKey });
    void queryClient.invalidateQueries({ queryKey: tagsQuery.queryKey });
    if (outcome.done.length > 0) finish(outcome.done);
    onDone(new Set(outcome.done.map(({ id }) => id)));
    if (outcome.failed.length > 0) {
      const again = () =>
        void perform(
          words,
          outcome.failed.map(({ item }) => item),
          work,
          finish,
        );
      setFailures({ words, failed: outcome.failed, again });
    }
  };

  const change = async (media: Media, to: MediaChange) =>
    changeInLists(queryClient, await changeMedia(media.id, to));
  const takeBack = (done: Media[], to: (media: Media) => MediaChange) => async () => {
    const outcome = await forEachItem(
      done,
      (media) => change(media, to(media)),
      () => undefined,
      new AbortController().signal,
    );
    await queryClient.invalidateQueries({ queryKey: ["media"] });
    if (outcome.failed[0]) throw outcome.failed[0].error;
  };

  const move = (folder: string | null) =>
    void perform(
      t("chosenFiles.moving"),
      chosen,
      (media) => change(media, { folder_id: folder }),
      (done) =>
        toastUndo(
          t("library.moved", { count: done.length }),
          takeBack(done, (media) => ({ folder_id: media.folder_id })),
        ),
    );
  const tag = (add: string[], remove: string[]) =>
    void perform(
      t("chosenFiles.tagging"),
      chosen,
      (media) => change(media, { add_tags: add, remove_tags: remove }),
      (done) =>
        toastUndo(
          t("chosenFiles.tagged", { count: done.length }),
          takeBack(done, (media) => ({ tags: media.tags })),
        ),
    );
  const remove = () =>
    void perform(
      t("chosenFiles.deleting"),
      chosen,
      async (media) => {
        await deleteMedia(media.id);
        removeFromLists(queryClient, media.id);
      },
      (done) => toastDone(t("chosenFiles.deleted", { count: done.length })),
    );

  return (
    <>
      {failures && (
        <div className={classes.failures} role="alert">
          <p className={classes.title}>{t("chosenFiles.failed", { count: failures.failed.length })}</p>
          <ul>
            {failures.failed.slice(0, 8).map(({ item, error }) => (
              <li key={item.id}>
                <strong>{item.file_name}</strong> {errorLine(error)}
              </li>
            ))}
          </ul>
          {failures.failed.length > 8 && (
            <p>{t("chosenFiles.more", { count: failures.failed.length - 8 })}</p>
          )}
          <div className={classes.buttons}>
            <Button size="xs" onClick={failures.again}>
              {t("common.tryAgain")}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setFailures(null)}>
              {t("chosenFiles.leave")}
            </Button>
          </div>
        </div>
      )}
      {run ? (
        <section className={classes.bar} aria-label={t("chosenFiles.label")} aria-busy="true">
          <span className={classes.count} role="status">
            {t("chosenFiles.progress", { words: run.words, done: run.finished, all: run.all })}
          </span>
          <Progress
            className={classes.progress}
            size={6}
            value={(run.finished / run.all) * 100}
            aria-label={run.words}
          />
          <Button size="xs" onClick={() => stop.current.abort()}>
            {t("chosenFiles.stop")}
          </Button>
        </section>
      ) : (
        chosen.length > 0 && (
          <section className={classes.bar} aria-label={t("chosenFiles.label")}>
            <span className={classes.count} role="status">
              {t("chosenFiles.chosen", { count: chosen.length })}
            </span>
            <Button leftSection={<FolderInput size={14} aria-hidden="true" />} onClick={() => onTask("move")}>
              {t("library.moveTo")}
            </Button>
            <Button leftSection={<Tags size={14} aria-hidden="true" />} onClick={() => onTask("tag")}>
              {t("chosenFiles.tag")}
            </Button>
            <Button
              variant="danger"
              leftSection={<Trash2 size={14} aria-hidden="true" />}
              onClick={() => onTask("delete")}
            >
              {t("common.delete")}
            </Button>
            <Button variant="subtle" leftSection={<X size={14} aria-hidden="true" />} onClick={onClear}>
              {t("chosenFiles.clear")}
            </Button>
          </section>
        )
      )}
      <Suspense>
        {task === "move" && chosen.length > 0 && (
          <MoveDialog
            title={t("chosenFiles.moveTitle", { count: chosen.length })}
            folders={folders}
            top={t("library.folders.none")}
            start={chosen[0]?.folder_id ?? null}
            onClose={close}
            onMove={move}
          />
        )}
        {task === "tag" && chosen.length > 0 && <TagDialog chosen={chosen} onClose={close} onSave={tag} />}
      </Suspense>
      <ConfirmDialog
        opened={task === "delete" && chosen.length > 0}
        onClose={close}
        title={
          chosen.length === 1
            ? t("library.deleteTitle", { name: chosen[0]?.file_name ?? "" })
            : t("chosenFiles.deleteTitle", { count: chosen.length })
        }
        confirm={t("common.delete")}
        onConfirm={remove}
        destructive
      >
        <p>{t("chosenFiles.deleteDetail", { count: chosen.length, names })}</p>
      </ConfirmDialog>
    </>
  );
}
