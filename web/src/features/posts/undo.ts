import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { toastDone, toastUndo } from "@/ui/toast";
import { cancelPost, movePost, restorePost, useRefreshPosts } from "./queries";
import { sameTimeAs } from "./states";

/** All of it was called off before any of it was tried: then it can be planned again as it was. */
export const isRestorable = ({ state, deliveries }: Post): boolean =>
  state === "cancelled" &&
  deliveries.every(({ state, attempts, error }) => state === "cancelled" && attempts === 0 && error === null);

/** Plans a cancelled post again. */
export function useRestorePost() {
  const refresh = useRefreshPosts();
  return useMutation({ mutationFn: restorePost, onSettled: refresh });
}

/** Says what was done to a post, and offers to take it back where that is possible. */
export function useUndo() {
  const { t } = useTranslation();
  const refresh = useRefreshPosts();

  const cancelled = (before: Post) => {
    const done = t("posts.cancelDialog.done");
    // What was tried already, or left out of a post that goes on elsewhere, is not planned again by one press.
    if (!before.deliveries.every(({ state, attempts }) => attempts === 0 && state !== "published")) {
      return toastDone(done);
    }
    const takeBack = async () => {
      const { state } = await restorePost(before.id);
      await refresh();
      if (state === "draft") toastDone(t("posts.cancelDialog.undoneDraft"));
    };
    toastUndo(done, takeBack, t("posts.cancelDialog.undone"));
  };

  /** What had its time while it was cancelled is a draft now, of which there is nothing to cancel. */
  const restored = (after: Post) => {
    if (after.state === "draft") return toastDone(t("posts.cancelDialog.undoneDraft"));
    const cancelAgain = async () => {
      await cancelPost(after.id);
      await refresh();
    };
    toastUndo(t("posts.cancelDialog.undone"), cancelAgain, t("posts.cancelDialog.done"));
  };

  const deleted = (before: Post) =>
    toastUndo(
      t("posts.deleteDialog.done"),
      async () => {
        await restorePost(before.id);
        await refresh();
      },
      t("posts.deleteDialog.undone"),
    );

  /** `to` in words. */
  const moved = (before: Post, to: string) => {
    const done = t("posts.moveDialog.done", { at: to });
    const { at } = before.schedule;
    if (!at || Date.parse(at) < Date.now()) return toastDone(done);
    toastUndo(done, async () => {
      await movePost(before.id, sameTimeAs(before));
      await refresh();
    });
  };

  return { cancelled, restored, deleted, moved };
}
