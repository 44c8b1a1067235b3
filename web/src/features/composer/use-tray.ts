import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { useRefreshLibrary } from "@/features/media/queries";
import { UploadQueue, useUploads } from "@/features/media/upload-queue";
import { toastUndo } from "@/ui/toast";
import { type Draft, withAlt, withArrived, withMedia, withMediaAt, withMoved, withoutMedia } from "./draft";
import type { DraftSaver } from "./draft-saver";
import { useComing } from "./use-coming";

/** What the post waits for: a file that is sent from here, or those alone that come whatever happens here. */
export type Waiting = "upload" | "import" | null;

/** What is done to the post's pictures and videos, and the files on their way to it. */
export function useTray(draft: Draft, setDraft: (change: (now: Draft) => Draft) => void, saver: DraftSaver) {
  const { t } = useTranslation();
  const refreshLibrary = useRefreshLibrary();
  const [queue] = useState(() => new UploadQueue(() => undefined));
  useEffect(() => {
    queue.onUploaded((media) => {
      setDraft((now) => withMedia(now, [media]));
      void refreshLibrary();
    });
  }, [queue, setDraft, refreshLibrary]);
  const has = (media: readonly { id: string }[] | undefined, id: string) =>
    media?.some((item) => item.id === id) ?? false;
  const coming = useComing(
    (media, order) => {
      setDraft((now) => withArrived(now, media, order));
      void refreshLibrary();
    },
    { postId: saver.postId, lacksStored: (id) => has(draft.media, id) && !has(saver.post()?.media, id) },
  );
  const isUnderWay = ({ state }: { state: string }) => state !== "failed";
  const uploads = useUploads(queue).some(isUnderWay);
  const imports = coming.asked > 0 || coming.imports.some(isUnderWay);
  const waiting: Waiting = uploads ? "upload" : imports ? "import" : null;

  /** Its words and its place come back with it. */
  const onRemove = (id: string) => {
    const place = draft.media.findIndex((item) => item.id === id);
    const item = draft.media[place];
    if (!item) return;
    setDraft((now) => withoutMedia(now, id));
    toastUndo(t("editor.media.removed", { name: item.file_name }), () =>
      setDraft((now) => withMediaAt(now, item, place)),
    );
  };

  return {
    queue,
    coming,
    waiting,
    addFiles: useCallback((files: File[]) => queue.add(files), [queue]),
    tray: {
      onRemove,
      onAdd: (media: Media[]) => setDraft((now) => withMedia(now, media)),
      onMove: (from: number, to: number) => setDraft((now) => withMoved(now, from, to)),
      onAlt: (id: string, alt: string) => setDraft((now) => withAlt(now, id, alt)),
    },
  };
}
