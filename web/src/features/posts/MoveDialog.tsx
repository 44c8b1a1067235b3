import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { shortDateAndTime } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { TimeFields } from "@/ui/time/TimeFields";
import { toInstant, toWallClock } from "@/ui/time/wall-clock";
import { toastFailed } from "@/ui/toast";
import { useMovePost } from "./queries";
import { useUndo } from "./undo";

/** What the clocks of the post's zone show when it is due. */
function presentTime({ schedule }: Post) {
  const zone = schedule.time_zone;
  return { zone, ...toWallClock(schedule.at ? new Date(schedule.at) : new Date(), zone) };
}

/** Gives a scheduled post another time. */
export function MoveDialog({ post, title, onClose }: { post: Post; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [when, setWhen] = useState(() => presentTime(post));
  const move = useMovePost();
  const undo = useUndo();
  const at = toInstant(when, when.zone);
  const words = at ? shortDateAndTime(at, when.zone) : "";
  const confirm = () => {
    if (!at) return;
    move.mutate(
      { post, schedule: { kind: "at", at: at.toISOString(), time_zone: when.zone } },
      {
        onSuccess: () => {
          undo.moved(post, words);
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
