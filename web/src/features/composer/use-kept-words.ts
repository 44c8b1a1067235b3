import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { toastDone } from "@/ui/toast";
import { addressOf, beginningOf, type Draft, withoutGone } from "./draft";
import { forgetKeptWords, type KeptWords, keepWords, keptWords, writerIn } from "./kept-words";

/** What was written here when a session ended; read once, then forgotten. */
export function useKeptWords(post: Post | null, initial: Draft, channels: Channel[]): KeptWords | null {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [kept] = useState(() => {
    const words = keptWords(queryClient);
    return words && belongHere(words, post, initial)
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

/** A new post that is to begin otherwise, with a picture or at another time, is another one. */
function belongHere(words: KeptWords, post: Post | null, initial: Draft): boolean {
  if (post || words.postId !== null) return post?.id === words.postId;
  const { at, when } = addressOf(initial.when);
  return words.beginning === beginningOf(initial) && words.time.at === at && words.time.when === when;
}

type Written = Omit<KeptWords, "user" | "workspace" | "beginning" | "time"> & {
  initial: Draft;
  unsaved: boolean;
};

/** Keeps what is not saved when the page goes because the session ended: then it can be sent nowhere. */
export function useKeepWords(written: Written): void {
  const queryClient = useQueryClient();
  const [writer] = useState(() => writerIn(queryClient));
  const last = useRef(written);
  last.current = written;
  useEffect(
    () => () => {
      const { unsaved, initial, ...words } = last.current;
      if (!unsaved || !writer || writerIn(queryClient) !== null) return;
      const time = addressOf(words.draft.when);
      keepWords({ ...writer, ...words, beginning: beginningOf(initial), time });
    },
    [writer, queryClient],
  );
}
