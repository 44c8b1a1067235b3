import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { draftOf, scheduleOf } from "@/features/composer/draft";
import { TimeFields } from "@/features/composer/TimeFields";
import { toInstant } from "@/features/composer/wall-clock";
import { shortDateAndTime } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastFailed } from "@/ui/toast";
import { useMovePost } from "./queries";

/** Gives a scheduled post another time. */
export function MoveDialog({ post, title, onClose }: { post: Post; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [when, setWhen] = useState({ ...draftOf(post).when, kind: "at" as const });
  const move = useMovePost();
  const at = toInstant(when, when.zone);
  const words = at ? shortDateAndTime(at, when.zone) : "";
  const confirm = () => {
    const schedule = scheduleOf(when);
    if (!schedule) return;
    move.mutate(
      { post, schedule },
      {
        onSuccess: () => {
          toastDone(t("posts.moveDialog.done", { at: words }));
          onClose();
        },
        onError: (error) => toastFailed(error),
      },
    );
  };
  return (
    <ConfirmDialog
      opened
      wide
      onClose={onClose}
      title={t("posts.moveDialog.title", { name: title })}
      confirm={t("posts.moveDialog.confirm", { at: words })}
      disabled={at === null}
      pending={move.isPending}
      onConfirm={confirm}
    >
      <TimeFields
        clock={when}
        zone={when.zone}
        onChange={(change) => setWhen((now) => ({ ...now, ...change }))}
      />
    </ConfirmDialog>
  );
}
