import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { CalendarClock, CircleSlash, Copy, LayoutTemplate, PenLine, Trash2, Undo2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { withEditorWords } from "@/i18n";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ButtonLink } from "@/ui/links";
import { toastDone, toastFailed } from "@/ui/toast";
import { HoldAction } from "./HoldAction";
import { MoveDialog } from "./MoveDialog";
import { useCancelPost, useDeletePost, useDuplicatePost } from "./queries";
import { isDeletable, isMovable, isWaiting } from "./states";
import { isRestorable, useRestorePost, useUndo } from "./undo";
import { firstLine } from "./words";

const SaveTemplateDialog = lazy(async () => ({
  default: (await withEditorWords(() => import("@/features/composer/SaveTemplateDialog"))).SaveTemplateDialog,
}));

type Question = "move" | "cancel" | "delete" | "template";

/** What can be done with the whole post. */
export function PostActions({ post, title, onGone }: { post: Post; title: string; onGone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Question | null>(null);
  const cancel = useCancelPost();
  const restore = useRestorePost();
  const remove = useDeletePost();
  const duplicate = useDuplicatePost();

  const open = post.state === "draft" || post.state === "scheduled" || post.state === "waiting_approval";
  const hasContent = firstLine(post) !== null || post.media.length > 0;
  const undo = useUndo();
  const close = () => setAsking(null);
  const failed = (error: unknown) => {
    close();
    toastFailed(error);
  };

  return (
    <>
      {open && (
        <ButtonLink
          to="/compose/{-$postId}"
          params={{ postId: post.id }}
          search={{}}
          leftSection={<PenLine size={14} aria-hidden="true" />}
        >
          {t("posts.drawer.edit")}
        </ButtonLink>
      )}
      {isRestorable(post) && (
        <Button
          leftSection={<Undo2 size={14} aria-hidden="true" />}
          loading={restore.isPending}
          onClick={() => restore.mutate(post.id, { onSuccess: undo.restored, onError: failed })}
        >
          {t("posts.drawer.restore")}
        </Button>
      )}
      <HoldAction post={post} title={title} />
      {isMovable(post) && (
        <Button
          leftSection={<CalendarClock size={14} aria-hidden="true" />}
          onClick={() => setAsking("move")}
        >
          {t("posts.drawer.move")}
        </Button>
      )}
      <Button
        leftSection={<Copy size={14} aria-hidden="true" />}
        loading={duplicate.isPending}
        onClick={() =>
          duplicate.mutate(post.id, {
            onSuccess: (copy) => {
              toastDone(t("posts.drawer.duplicated"));
              void navigate({ to: "/compose/{-$postId}", params: { postId: copy.id }, search: {} });
            },
            onError: failed,
          })
        }
      >
        {t("posts.drawer.duplicate")}
      </Button>
      {hasContent && (
        <Button
          leftSection={<LayoutTemplate size={14} aria-hidden="true" />}
          onClick={() => setAsking("template")}
        >
          {t("posts.saveAsTemplate")}
        </Button>
      )}
      {isWaiting(post) && (
        <Button
          variant="danger"
          leftSection={<CircleSlash size={14} aria-hidden="true" />}
          onClick={() => setAsking("cancel")}
        >
          {t("posts.drawer.cancel")}
        </Button>
      )}
      {isDeletable(post) && !isWaiting(post) && (
        <Button
          variant="danger"
          leftSection={<Trash2 size={14} aria-hidden="true" />}
          onClick={() => setAsking("delete")}
        >
          {t("posts.drawer.delete")}
        </Button>
      )}
      {asking === "move" && <MoveDialog post={post} title={title} onClose={close} />}
      {asking === "template" && (
        <Suspense>
          <SaveTemplateDialog post={post} title={title} onClose={close} />
        </Suspense>
      )}
      <ConfirmDialog
        opened={asking === "cancel"}
        onClose={close}
        title={t("posts.cancelDialog.title", { name: title })}
        confirm={t("posts.cancelDialog.confirm")}
        dismiss={t("posts.cancelDialog.keep")}
        pending={cancel.isPending}
        destructive
        onConfirm={() =>
          cancel.mutate(post.id, {
            onSuccess: () => {
              close();
              undo.cancelled(post);
            },
            onError: failed,
          })
        }
      >
        <p>{t("posts.cancelDialog.detail")}</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === "delete"}
        onClose={close}
        title={t("posts.deleteDialog.title", { name: title })}
        confirm={t("posts.deleteDialog.confirm")}
        pending={remove.isPending}
        destructive
        onConfirm={() =>
          remove.mutate(post.id, {
            onSuccess: () => {
              undo.deleted(post);
              onGone();
            },
            onError: failed,
          })
        }
      >
        <p>{t("posts.deleteDialog.detail")}</p>
      </ConfirmDialog>
    </>
  );
}
