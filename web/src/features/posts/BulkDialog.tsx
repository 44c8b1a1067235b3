import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { errorLine } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import classes from "./BulkDialog.module.css";
import { type BulkAct, CAN, failed, type Outcome, worked } from "./bulk";
import type { PostsSearch } from "./filters";
import { type Move, MoveFields, newTime, startingMove } from "./MoveFields";
import type { Selection } from "./selection";
import { chosenPosts, collect, useBulk } from "./use-bulk";
import { shortened, useTitleOf } from "./words";

const DONE = {
  move: "moved",
  pause: "paused",
  resume: "resumed",
  cancel: "cancelled",
  delete: "deleted",
  duplicate: "duplicated",
} as const;
const LEFT_OUT = {
  move: "leftOutMove",
  pause: "leftOutPause",
  resume: "leftOutResume",
  cancel: "leftOutCancel",
  delete: "leftOutDelete",
} as const;

interface BulkDialogProps {
  act: BulkAct;
  search: PostsSearch;
  selection: Selection;
  onClose: () => void;
  /** Everything worked, so nothing needs to stay chosen. */
  onDone: () => void;
}

/** Asks, does it while telling how far it is, and tells post by post what did not work. */
export function BulkDialog({ act, search, selection, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation();
  const everything = useQuery({
    queryKey: ["post-collection", search],
    queryFn: ({ signal }) => collect(search, signal),
    enabled: selection.all,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // What was chosen when the dialog opened, whatever the list shows since.
  const [chosen] = useState(() => chosenPosts(selection));
  const posts = selection.all ? everything.data : chosen;
  const bulk = useBulk(act);
  const { stage } = bulk;

  const undo = async (outcomes: readonly Outcome[]) => {
    const left = await bulk.undo(outcomes);
    if (left > 0) throw new Error(t("bulk.partlyUndone", { count: left }));
  };
  const finish = (outcomes: readonly Outcome[]) => {
    onDone();
    onClose();
    const words = t(`bulk.${DONE[act]}`, { count: outcomes.length });
    if (bulk.canUndo) toastUndo(words, () => undo(outcomes), t("bulk.undone"));
    else toastDone(words);
  };
  const start = async (among: readonly Post[], move: Move, before: readonly Outcome[] = []) => {
    const outcomes = await bulk.run(among, (post) => newTime(post, move), before);
    const whole = outcomes.length === among.filter(CAN[act]).length + worked(before).length;
    if (whole && failed(outcomes).length === 0) finish(outcomes);
  };
  const [move, setMove] = useState<Move>(startingMove);

  const close = stage.name === "running" ? () => undefined : onClose;
  const count = posts?.filter(CAN[act]).length ?? 0;
  const title = count === 0 && posts ? t(`bulk.${act}None`) : t(`bulk.${act}Title`, { count });
  return (
    <Dialog
      onClose={close}
      size={520}
      title={posts ? title : t(`bulk.${act}`)}
      withCloseButton={stage.name !== "running"}
    >
      {everything.error ? (
        <FailedState error={everything.error} onRetry={() => void everything.refetch()} />
      ) : !posts ? (
        <p role="status">{t("bulk.collecting")}</p>
      ) : stage.name === "asking" ? (
        <Asking
          act={act}
          posts={posts}
          move={move}
          onMove={setMove}
          onCancel={onClose}
          onConfirm={() => void start(posts, move)}
        />
      ) : stage.name === "running" ? (
        <div className={classes.running}>
          <p role="status">{t("bulk.running", { done: stage.done, count: stage.count })}</p>
          <Progress
            value={(100 * stage.done) / Math.max(stage.count, 1)}
            aria-label={t("bulk.progress")}
            transitionDuration={0}
          />
          <div className={classes.actions}>
            <Button onClick={bulk.stop} disabled={stage.stopping}>
              {t(stage.stopping ? "bulk.stopping" : "bulk.stop")}
            </Button>
          </div>
        </div>
      ) : (
        <Told
          act={act}
          outcomes={stage.outcomes}
          notBegun={stage.notBegun}
          onRetry={() =>
            void start(
              failed(stage.outcomes).map(({ post }) => post),
              move,
              stage.outcomes,
            )
          }
          onUndo={
            bulk.canUndo
              ? () => {
                  onClose();
                  void undo(stage.outcomes).then(
                    () => toastDone(t("bulk.undone")),
                    (error: unknown) => toastFailed(error),
                  );
                }
              : undefined
          }
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface AskingProps {
  act: BulkAct;
  posts: Post[];
  move: Move;
  onMove: (move: Move) => void;
  onCancel: () => void;
  onConfirm: () => void;
}

function Asking({ act, posts, move, onMove, onCancel, onConfirm }: AskingProps) {
  const { t } = useTranslation();
  const able = posts.filter(CAN[act]);
  const left = posts.length - able.length;
  const times = act === "move" ? able.map((post) => newTime(post, move)) : [];
  const unusable = times.some((at) => at === null);
  const past = times.some((at) => at !== null && at.getTime() < Date.now());
  return (
    <>
      {able.length > 0 && <p>{t(`bulk.${act}Detail`)}</p>}
      {act !== "duplicate" && left > 0 && (
        <p className={classes.quiet}>{t(`bulk.${LEFT_OUT[act]}`, { count: left })}</p>
      )}
      {act === "move" && able.length > 0 && <MoveFields move={move} onChange={onMove} />}
      {past && <p className={classes.warn}>{t("bulk.passed")}</p>}
      <div className={classes.actions}>
        <Button onClick={onCancel} data-autofocus={act !== "move" || undefined}>
          {t(act === "cancel" ? "bulk.cancelKeep" : "common.cancel")}
        </Button>
        <Button
          variant={act === "cancel" || act === "delete" ? "danger-filled" : "filled"}
          disabled={able.length === 0 || unusable}
          onClick={onConfirm}
        >
          {t(`bulk.${act}Confirm`)}
        </Button>
      </div>
    </>
  );
}

interface ToldProps {
  act: BulkAct;
  outcomes: readonly Outcome[];
  notBegun: number;
  onRetry: () => void;
  onUndo?: () => void;
  onClose: () => void;
}

/** More of them would not be read. */
const SHOWN = 50;

function Told({ act, outcomes, notBegun, onRetry, onUndo, onClose }: ToldProps) {
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const done = worked(outcomes).length;
  const wrong = failed(outcomes);
  return (
    <>
      <Notice tone={wrong.length > 0 ? "warn" : "info"} title={t(`bulk.${DONE[act]}`, { count: done })} live>
        {[
          wrong.length > 0 && t("bulk.failed", { count: wrong.length }),
          notBegun > 0 && t("bulk.stopped", { count: notBegun }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </Notice>
      {wrong.length > 0 && (
        <section className={classes.failures}>
          <h3>{t("bulk.failures")}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
          <ul tabIndex={0} aria-label={t("bulk.failures")}>
            {wrong.slice(0, SHOWN).map(({ post, error }) => (
              <li key={post.id}>
                <strong>{shortened(titleOf(post), 60)}</strong>
                <span>{errorLine(error)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={classes.actions}>
        {onUndo && done > 0 && (
          <Button variant="subtle" onClick={onUndo}>
            {t("bulk.undo")}
          </Button>
        )}
        <Button onClick={onClose}>{t("common.close")}</Button>
        {wrong.length > 0 && (
          <Button variant="filled" onClick={onRetry}>
            {t("bulk.retry")}
          </Button>
        )}
      </div>
    </>
  );
}
