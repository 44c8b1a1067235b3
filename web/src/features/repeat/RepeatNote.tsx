import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Repeat2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { inOurWords } from "@/i18n/server-words";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Notice } from "@/ui/Notice";
import { toastDone, toastFailed } from "@/ui/toast";
import { useStopRepeating } from "./queries";
import classes from "./RepeatNote.module.css";
import { ruleOf } from "./rule";
import { useRuleWords } from "./rule-words";

/** How a post comes round, what stands in the way, and the end of it. Nothing for posts that do not repeat. */
export function RepeatNote({ post }: { post: Post }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  const { series, schedule } = post;
  if (!series) return null;
  const rule = ruleOf(series.rule);
  if (!rule) return null;
  const upcoming = schedule.repeat !== null;
  return (
    <section className={classes.note} aria-label={t("scheduling.repeat.note.label")}>
      <div className={classes.line}>
        <Repeat2 size={16} aria-hidden="true" />
        <div className={classes.words}>
          <p className={classes.rule}>{words(rule, upcoming ? schedule.at : null, series.time_zone)}</p>
          <p className={classes.more}>
            {upcoming && t("scheduling.repeat.note.zone", { zone: series.time_zone.replaceAll("_", " ") })}
            {!upcoming && t(series.ended ? "scheduling.repeat.note.ended" : "scheduling.repeat.note.part")}
            {series.latest_post_id !== post.id && (
              <>
                {" · "}
                <Link to="/posts/$postId" params={{ postId: series.latest_post_id }} search={{}}>
                  {t("scheduling.repeat.note.next")}
                </Link>
              </>
            )}
          </p>
        </div>
        {!series.ended && <Stop post={post} />}
      </div>
      {series.problem && series.latest_post_id === post.id && (
        <Notice tone="warn" title={t("scheduling.repeat.note.problem")}>
          {inOurWords(series.problem)}
        </Notice>
      )}
    </section>
  );
}

function Stop({ post }: { post: Post }) {
  const { t } = useTranslation();
  const stop = useStopRepeating();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button size="xs" onClick={() => setAsking(true)}>
        {t("scheduling.repeat.note.stop")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t("scheduling.repeat.stopDialog.title")}
        confirm={t("scheduling.repeat.stopDialog.confirm")}
        dismiss={t("scheduling.repeat.stopDialog.keep")}
        pending={stop.isPending}
        onConfirm={() =>
          stop.mutate(post.id, {
            onSuccess: () => toastDone(t("scheduling.repeat.stopDialog.done")),
            onError: (error) => toastFailed(error),
            onSettled: close,
          })
        }
      >
        <p>{t("scheduling.repeat.stopDialog.detail")}</p>
      </ConfirmDialog>
    </>
  );
}
