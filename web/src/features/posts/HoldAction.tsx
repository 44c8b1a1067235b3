import { Button } from "@mantine/core";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { shortDateAndTime } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import { pausePost, resumePost, useHoldPost, useRefreshPosts } from "./queries";
import { canPause, isPaused } from "./states";

/** Pauses a planned post, or resumes it; where its time has passed, that it goes out at once is said first. */
export function HoldAction({ post, title }: { post: Post; title: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const refresh = useRefreshPosts();
  const pause = useHoldPost(pausePost);
  const resume = useHoldPost(resumePost);
  const { at, time_zone } = post.schedule;
  const passed = at !== null && Date.parse(at) <= Date.now();

  const paused = () =>
    toastUndo(t("posts.hold.paused"), async () => {
      await resumePost(post.id);
      await refresh();
    });
  const goOn = () =>
    resume.mutate(post.id, {
      onSuccess: () => toastDone(t(passed ? "posts.hold.sent" : "posts.hold.resumed")),
      onError: (error) => toastFailed(error),
      onSettled: () => setAsking(false),
    });

  if (isPaused(post))
    return (
      <>
        <Button
          leftSection={<Play size={14} aria-hidden="true" />}
          loading={resume.isPending}
          onClick={() => (passed ? setAsking(true) : goOn())}
        >
          {t("posts.hold.resume")}
        </Button>
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t("posts.hold.lateTitle", { name: title })}
          confirm={t("posts.hold.lateConfirm")}
          pending={resume.isPending}
          onConfirm={goOn}
        >
          <p>{t("posts.hold.lateDetail", { at: at ? shortDateAndTime(at, time_zone) : "" })}</p>
        </ConfirmDialog>
      </>
    );
  return canPause(post) ? (
    <Button
      leftSection={<Pause size={14} aria-hidden="true" />}
      loading={pause.isPending}
      onClick={() => pause.mutate(post.id, { onSuccess: paused, onError: (error) => toastFailed(error) })}
    >
      {t("posts.hold.pause")}
    </Button>
  ) : null;
}
