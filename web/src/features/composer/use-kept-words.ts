import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { toastDone } from "@/ui/toast";
import { withoutGone } from "./draft";
import { forgetKeptWords, type KeptWords, keepWords, keptWords, writerIn } from "./kept-words";

/** What was written here when a session ended; read once, then forgotten. */
export function useKeptWords(post: Post | null, channels: Channel[]): KeptWords | null {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [kept] = useState(() => {
    const words = keptWords(queryClient);
    return words?.postId === (post?.id ?? null)
      ? { ...words, draft: withoutGone(words.draft, channels) }
      : null;
  });
  useEffect(() => {
    if (!kept) return;
    forgetKeptWords();
    toastDone(t("composer.wordsBack"));
  }, [kept, t]);
  return kept;
}

type Written = Pick<KeptWords, "draft" | "postId" | "revision" | "drawer"> & { unsaved: boolean };

/** Keeps what is not saved when the page goes because the session ended: then it can be sent nowhere. */
export function useKeepWords(written: Written): void {
  const queryClient = useQueryClient();
  const [writer] = useState(() => writerIn(queryClient));
  const last = useRef(written);
  last.current = written;
  useEffect(
    () => () => {
      const { unsaved, ...words } = last.current;
      if (unsaved && writer && writerIn(queryClient) === null) keepWords({ ...writer, ...words });
    },
    [writer, queryClient],
  );
}
