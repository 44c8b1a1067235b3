import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import type { Channel, Post, PostVersion } from "@/api/model";
import { toastFailed, toastUndo } from "@/ui/toast";
import { versionsQuery } from "./content-queries";
import { type Draft, withoutGone } from "./draft";
import type { DraftSaver } from "./draft-saver";

interface RestoreOf {
  draft: Draft;
  setDraft: (draft: Draft) => void;
  channels: Channel[];
  saver: DraftSaver;
  savesItself: boolean;
  adopt: (post: Post) => void;
}

const restoreVersion = (id: string, number: number, revision: number) =>
  body(
    api.POST("/api/posts/{id}/versions/{number}/restore", {
      params: { path: { id, number } },
      body: { revision },
    }),
  );

/**
 * Makes the post say what it said in a version; answers whether it does.
 *
 * A draft is restored where it is stored, as a version of its own. What saves only when the person says so is restored in
 * the editor, and saved like any other change.
 */
export function useRestore({ draft, setDraft, channels, saver, savesItself, adopt }: RestoreOf) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();

  const stored = async (version: PostVersion) => {
    const present = await saver.flush();
    const query = versionsQuery(present.id);
    const [newest] = await queryClient.fetchQuery(query);
    const back = async (number: number, revision: number) => {
      const restored = await restoreVersion(present.id, number, revision);
      adopt(restored);
      await queryClient.invalidateQueries({ queryKey: query.queryKey });
      return restored;
    };
    await back(version.number, present.revision);
    toastUndo(t("editor.history.done"), async () => {
      const now = await saver.flush();
      if (newest) await back(newest.number, now.revision);
    });
  };

  const here = (version: PostVersion) => {
    const before = draft;
    const { text, media, channel_ids, variants } = version;
    setDraft(withoutGone({ ...draft, text, media, channelIds: channel_ids, variants }, channels));
    toastUndo(t("editor.history.doneHere"), () => setDraft(before));
  };

  return async (version: PostVersion): Promise<boolean> => {
    try {
      if (savesItself) await stored(version);
      else here(version);
      return true;
    } catch (error) {
      toastFailed(error);
      return false;
    }
  };
}
