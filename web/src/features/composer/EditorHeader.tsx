import { ActionIcon, Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Copy, Ellipsis, History as HistoryIcon, LayoutTemplate, Maximize2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { useDuplicatePost } from "@/features/posts/queries";
import { LateMenu } from "@/ui/over/LateMenu";
import { PageHeader } from "@/ui/PageHeader";
import { toastDone, toastFailed } from "@/ui/toast";
import type { SaveState } from "./draft-saver";
import classes from "./EditorHeader.module.css";
import { SaveNote } from "./SaveNote";

interface EditorHeaderProps {
  isNew: boolean;
  savesItself: boolean;
  state: SaveState;
  /** Absent until it is first saved. */
  postId: string | null;
  /** Saves at once what is not saved. */
  onFlush: () => Promise<Post | undefined>;
  onOpen: (what: "history" | "templates") => void;
  drawer: { onClose: () => void; onFullPage: () => Promise<void> } | undefined;
}

/** Whether the draft is safe, and what can be done with it as a whole. */
export function EditorHeader(props: EditorHeaderProps) {
  const { t } = useTranslation();
  const { isNew, savesItself, drawer } = props;
  const title = t(isNew ? "composer.newTitle" : savesItself ? "composer.draftTitle" : "composer.editTitle");
  const note = savesItself && <SaveNote state={props.state} onRetry={() => void props.onFlush()} />;
  if (!drawer) {
    return (
      <PageHeader title={title} action={<Tools {...props} />}>
        {note}
      </PageHeader>
    );
  }
  return (
    <header className={classes.drawer}>
      <h2>{title}</h2>
      {note && (
        <div className={classes.note} data-failed={props.state.phase === "failed" || undefined}>
          {note}
        </div>
      )}
      <div className={classes.tools}>
        <Tools {...props} />
        <ActionIcon
          data-tip={t("editor.drawer.fullPage")}
          aria-label={t("editor.drawer.fullPage")}
          onClick={() => void drawer.onFullPage()}
        >
          <Maximize2 size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon aria-label={t("common.close")} onClick={drawer.onClose}>
          <X size={18} aria-hidden="true" />
        </ActionIcon>
      </div>
    </header>
  );
}

function Tools({ postId, onFlush, onOpen, drawer }: EditorHeaderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const duplicate = useDuplicatePost();
  const copy = async () => {
    try {
      const saved = await onFlush();
      const made = await duplicate.mutateAsync(saved?.id ?? postId ?? "");
      drawer?.onClose();
      toastDone(t("posts.drawer.duplicated"));
      await navigate({ to: "/compose/{-$postId}", params: { postId: made.id }, search: {} });
    } catch (error) {
      toastFailed(error);
    }
  };
  return (
    <div className={classes.tools}>
      <Button
        variant="subtle"
        className={classes.wide}
        leftSection={<HistoryIcon size={15} aria-hidden="true" />}
        onClick={() => onOpen("history")}
      >
        {t("editor.history.open")}
      </Button>
      <Button
        variant="subtle"
        className={classes.wide}
        leftSection={<LayoutTemplate size={15} aria-hidden="true" />}
        onClick={() => onOpen("templates")}
      >
        {t("editor.templates.open")}
      </Button>
      <LateMenu
        position="bottom-end"
        width={220}
        target={
          <ActionIcon aria-label={t("editor.more")}>
            <Ellipsis size={18} aria-hidden="true" />
          </ActionIcon>
        }
      >
        {(Menu) => (
          <>
            <Menu.Item
              className={classes.narrow}
              leftSection={<HistoryIcon size={14} aria-hidden="true" />}
              onClick={() => onOpen("history")}
            >
              {t("editor.history.open")}
            </Menu.Item>
            <Menu.Item
              className={classes.narrow}
              leftSection={<LayoutTemplate size={14} aria-hidden="true" />}
              onClick={() => onOpen("templates")}
            >
              {t("editor.templates.open")}
            </Menu.Item>
            <Menu.Item
              leftSection={<Copy size={14} aria-hidden="true" />}
              disabled={postId === null}
              onClick={() => void copy()}
            >
              {t("posts.drawer.duplicate")}
            </Menu.Item>
          </>
        )}
      </LateMenu>
    </div>
  );
}
