import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { toastUndo, toastWarned } from "@/ui/toast";
import { addressOf, beginningOf, type Draft, withoutGone } from "./draft";
import type { DraftSaver } from "./draft-saver";
import { forgetKeptWords, type KeptWords, keepWords, keptWords, writerIn } from "./kept-words";

/** What was written here and could not be saved; read once, then forgotten. */
export function useKeptWords(post: Post | null, initial: Draft, channels: Channel[]): KeptWords | null {
  const queryClient = useQueryClient();
  const [kept] = useState(() => {
    const words = keptWords(queryClient).find((each) => belongHere(each, post, initial));
    return words ? { ...words, draft: withoutGone(words.draft, channels) } : null;
  });
  useEffect(() => {
    if (kept) forgetKeptWords(kept);
  }, [kept]);
  return kept;
}

/** A new post that is to begin otherwise, with a picture or at another time, is another one. */
function belongHere(words: KeptWords, post: Post | null, initial: Draft): boolean {
  if (post || words.postId !== null) return post?.id === words.postId;
  const { at, when } = addressOf(initial.when);
  return words.beginning === beginningOf(initial) && words.time.at === at && words.time.when === when;
}

/** Says that the words are back, and offers to go without them. */
export function useWordsBack(kept: KeptWords | null, onDiscard: () => void): void {
  const { t } = useTranslation();
  const discard = useEffectEvent(onDiscard);
  useEffect(() => {
    if (kept) toastUndo(t("editor.wordsBack"), () => discard());
  }, [kept, t]);
}

interface Written {
  draft: Draft;
  initial: Draft;
  unsaved: boolean;
  /** The work is being stored, and the page left on purpose. */
  leaving: boolean;
  saver: DraftSaver;
  drawer: boolean;
}

/**
 * When the page is left, what is not saved goes out at once, and what cannot go out is kept: a session that ended sends nothing, a
 * server that is away takes nothing, and a conflict or a post with a time waits for the person.
 */
export function useKeepWords(written: Written): void {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [writer] = useState(() => writerIn(queryClient));
  const last = useRef(written);
  last.current = written;
  useEffect(
    () => () => {
      const { draft, initial, unsaved, leaving, saver, drawer } = last.current;
      const ended = writerIn(queryClient) === null;
      if (!unsaved || !writer || (leaving && !ended)) return;
      const keep = () => {
        const kept = keepWords({
          ...writer,
          postId: saver.postId(),
          revision: saver.revision(),
          draft,
          beginning: beginningOf(initial),
          time: addressOf(draft.when),
          drawer: drawer && ended,
        });
        if (kept && !ended) toastWarned(t("editor.wordsKept"));
      };
      const { phase } = saver.state();
      if (ended || (phase !== "dirty" && phase !== "saving")) {
        // Or they would go out a moment later in the name of whoever has logged in by then.
        saver.stop();
        keep();
      } else void saver.flush().then(() => queryClient.invalidateQueries({ queryKey: ["posts"] }), keep);
    },
    [writer, queryClient, t],
  );
}
