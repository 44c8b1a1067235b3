import { useBlocker } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { FileDrop } from "@/features/media/FileDrop";
import { useRefreshLibrary } from "@/features/media/queries";
import { UploadQueue, useUploads } from "@/features/media/upload-queue";
import { Notice } from "@/ui/Notice";
import { PageHeader } from "@/ui/PageHeader";
import { ChannelChips } from "./ChannelChips";
import classes from "./Composer.module.css";
import { ConflictNotice } from "./ConflictNotice";
import { contentOf, type Draft, textFor, withChannel, withMedia, withMoved, withText } from "./draft";
import { Findings } from "./Findings";
import { Footer } from "./Footer";
import { mediaIndexOf, type Section, sectionOf } from "./findings";
import { MediaTray } from "./MediaTray";
import { modeOf } from "./mode";
import { PostPreview } from "./PostPreview";
import { SaveNote } from "./SaveNote";
import { TextEditor } from "./TextEditor";
import { useDraftSaver } from "./use-draft-saver";
import { useVerdict } from "./use-verdict";

interface EditorProps {
  /** What is stored already; `null` for a new post. */
  post: Post | null;
  initial: Draft;
  channels: Channel[];
  onCreated: (post: Post) => void;
  /** Begins again from what the server has. */
  onReload: () => void;
}

/** The composer at work: the draft, what the server says about it, and the ways it goes out. */
export function Editor({ post, initial, channels, onCreated, onReload }: EditorProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [tab, setTab] = useState<string | null>(null);
  const refreshLibrary = useRefreshLibrary();

  const mode = modeOf(post) ?? "planned";
  const judgement = useVerdict(draft, mode !== "mend");
  const savesItself = mode === "draft";
  const { saver, state } = useDraftSaver({ post, onCreated });
  useEffect(() => {
    if (savesItself) saver.update(contentOf(draft));
  }, [saver, savesItself, draft]);

  const changed = useMemo(
    () =>
      JSON.stringify([contentOf(draft), draft.when]) !== JSON.stringify([contentOf(initial), initial.when]),
    [draft, initial],
  );
  const [leaving, setLeaving] = useState(false);
  const atRisk = !leaving && (savesItself ? state.phase === "failed" || state.phase === "conflict" : changed);
  useBlocker({
    shouldBlockFn: () => atRisk && !window.confirm(t("composer.leave")),
    enableBeforeUnload: () => atRisk || (savesItself && state.phase === "dirty"),
  });

  const [queue] = useState(() => new UploadQueue(() => undefined));
  useEffect(() => {
    queue.onUploaded((media) => {
      setDraft((now) => withMedia(now, [media]));
      void refreshLibrary();
    });
  }, [queue, refreshLibrary]);
  const uploading = useUploads(queue).some((item) => item.state !== "failed");
  const addFiles = useCallback((files: File[]) => queue.add(files), [queue]);

  const gone = (post?.deliveries ?? [])
    .filter(({ channel_id }) => !channels.some(({ id }) => id === channel_id))
    .map(({ channel_name }) => channel_name);
  const chosen = channels.filter(({ id }) => draft.channelIds.includes(id));
  const shownTab = chosen.some(({ id }) => id === tab) ? tab : null;
  const about = (section: Section) => judgement.findings.filter(({ field }) => sectionOf(field) === section);
  const wrongItems = about("media").flatMap(({ level, field }) =>
    level === "error" ? (mediaIndexOf(field) ?? []) : [],
  );
  const editFor = (channelId: string) => {
    setDraft((now) => withText(now, channelId, textFor(now, channelId)));
    setTab(channelId);
  };

  return (
    <div className={classes.composer}>
      <PageHeader
        title={t(
          post === null ? "composer.newTitle" : savesItself ? "composer.draftTitle" : "composer.editTitle",
        )}
      >
        {savesItself && <SaveNote state={state} onRetry={() => void saver.flush().catch(() => undefined)} />}
      </PageHeader>
      <div className={classes.columns}>
        <div className={classes.main}>
          {state.phase === "conflict" && <ConflictNotice saver={saver} onReload={onReload} />}
          {gone.length > 0 && (
            <Notice tone="warn" title={t("composer.channels.gone", { names: gone.join(", ") })}>
              {t("composer.channels.goneDetail")}
            </Notice>
          )}
          <ChannelChips
            channels={channels}
            chosen={draft.channelIds}
            locked={mode === "mend"}
            onChange={(id, on) => setDraft((now) => withChannel(now, id, on))}
          />
          <Findings findings={about("channels")} channels={channels} />
          <TextEditor
            draft={draft}
            onChange={setDraft}
            channels={chosen}
            judgement={judgement}
            tab={shownTab}
            onTab={setTab}
          />
          <Findings
            findings={[...about("text"), ...about("options")]}
            channels={channels}
            onEditFor={editFor}
          />
          {judgement.unavailable && <Notice tone="warn" title={t("composer.findings.unavailable")} />}
          <MediaTray
            media={draft.media}
            queue={queue}
            wrong={wrongItems}
            onAdd={(media) => setDraft((now) => withMedia(now, media))}
            onMove={(from, to) => setDraft((now) => withMoved(now, from, to))}
            onRemove={(id) =>
              setDraft((now) => ({ ...now, media: now.media.filter((item) => item.id !== id) }))
            }
            onAlt={(id, alt) =>
              setDraft((now) => ({
                ...now,
                media: now.media.map((item) => (item.id === id ? { ...item, alt } : item)),
              }))
            }
          />
          <Findings findings={about("media")} channels={channels} />
          <Findings findings={about("when")} channels={channels} />
        </div>
        <PostPreview draft={draft} channel={chosen.find(({ id }) => id === shownTab) ?? chosen[0]} />
      </div>
      <Footer
        draft={draft}
        onWhen={(when) => setDraft((now) => ({ ...now, when }))}
        post={post}
        mode={mode}
        saver={saver}
        judgement={judgement}
        uploading={uploading}
        conflict={state.phase === "conflict"}
        onLeaving={setLeaving}
      />
      <FileDrop onFiles={addFiles} />
    </div>
  );
}
