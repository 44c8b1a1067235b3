import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Post } from "@/api/model";
import { FileDrop } from "@/features/media/FileDrop";
import { isPaused } from "@/features/posts/states";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { toastUndo } from "@/ui/toast";
import { ChannelChips } from "./ChannelChips";
import classes from "./Composer.module.css";
import { ConflictNotice } from "./ConflictNotice";
import {
  addressOf,
  contentOf,
  type Draft,
  draftOf,
  textFor,
  type When,
  withChannel,
  withoutGone,
  withText,
} from "./draft";
import { EditorHeader } from "./EditorHeader";
import { Findings } from "./Findings";
import { Footer } from "./Footer";
import { placeOptions, type Section, sectionOf } from "./findings";
import { History } from "./History";
import { LeaveDialog } from "./LeaveDialog";
import { MediaTray } from "./MediaTray";
import { modeOf } from "./mode";
import { Preview } from "./preview/Preview";
import { TemplatesDialog } from "./TemplatesDialog";
import { TextEditor } from "./TextEditor";
import { withTemplate } from "./templates";
import { useDraftSaver } from "./use-draft-saver";
import { useFixes } from "./use-fixes";
import { useKeepWords, useKeptWords, useWordsBack } from "./use-kept-words";
import { useRestore } from "./use-restore";
import { useTray, type Waiting } from "./use-tray";
import { useVerdict } from "./use-verdict";

interface EditorProps {
  /** What is stored already; `null` for a new post. */
  post: Post | null;
  initial: Draft;
  channels: Channel[];
  onCreated: (post: Post) => void;
  /** A draft is meant for another time by now. */
  onWhen?: (when: When) => void;
  /** In a drawer over another page: how it closes, and which files would miss the post by it. */
  drawer?: { onClose: () => void; onRisk: (atRisk: Waiting) => void };
}

interface Tab {
  /** Whose own text is shown; `null` for all. */
  channelId: string | null;
  /** The option that its opening led to. */
  option?: string;
}

/** The composer at work: the draft, what the server says about it, and the ways it goes out. */
export function Editor({ post, initial, channels, onCreated, onWhen, drawer }: EditorProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kept = useKeptWords(post, initial, channels);
  const [draft, setDraft] = useState(kept?.draft ?? initial);
  /** What the person's changes began from. */
  const [begun, setBegun] = useState(initial);
  const [tab, setTab] = useState<Tab>({ channelId: null });
  const [pane, setPane] = useState<"write" | "preview">("write");
  const [open, setOpen] = useState<"history" | "templates" | null>(null);
  const [ownDraft, setOwnDraft] = useState<Post | null>(null);

  // What somebody else stored while the words were kept is a conflict, as it would have been then.
  const base = post && kept ? { ...post, revision: kept.revision ?? post.revision } : post;
  const { saver, state } = useDraftSaver({ post: base, initial, onCreated });
  const { queue, coming, waiting, addFiles, tray } = useTray(draft, setDraft, saver);
  // As it was stored last, by whomever: a conflict may tell of another time, or of none.
  const present = post && saver.post();
  const mode = modeOf(present) ?? "planned";
  const judgement = useVerdict(draft, mode !== "mend", post?.id);
  const savesItself = mode === "draft";
  useEffect(() => {
    if (savesItself) saver.update(contentOf(draft));
  }, [saver, savesItself, draft]);

  const changed = useMemo(
    () => JSON.stringify([contentOf(draft), draft.when]) !== JSON.stringify([contentOf(begun), begun.when]),
    [draft, begun],
  );
  const [leaving, setLeaving] = useState(false);
  const unsaved = savesItself ? state.phase !== "clean" : changed;
  // Words are kept; a file on its way would miss the post.
  const atRisk = leaving ? null : waiting;
  const blocker = useBlocker({
    shouldBlockFn: () => atRisk !== null,
    enableBeforeUnload: () => !leaving && (waiting !== null || unsaved),
    withResolver: true,
  });
  useKeepWords({ draft, initial, unsaved, leaving, saver, drawer: drawer !== undefined });

  const onRisk = drawer?.onRisk;
  useEffect(() => onRisk?.(atRisk), [onRisk, atRisk]);

  const gone = (post?.deliveries ?? [])
    .filter(({ channel_id }) => !channels.some(({ id }) => id === channel_id))
    .map(({ channel_name }) => channel_name);
  const chosen = channels.filter(({ id }) => draft.channelIds.includes(id));
  const shownTab = chosen.some(({ id }) => id === tab.channelId) ? tab.channelId : null;
  const about = (section: Section) => judgement.findings.filter(({ field }) => sectionOf(field) === section);
  const options = placeOptions(
    about("options"),
    chosen.find(({ id }) => id === shownTab),
  );
  const editFor = (channelId: string) => {
    setDraft((now) => withText(now, channelId, textFor(now, channelId)));
    setTab({ channelId });
  };

  const setWhen = (when: When) => {
    setDraft((now) => ({ ...now, when }));
    if (savesItself) onWhen?.(when);
  };

  /** Shows what is stored, and goes on from there. */
  const adopt = useCallback(
    (stored: Post) => {
      const theirs = withoutGone(draftOf(stored), channels);
      saver.adopt(stored, contentOf(theirs));
      setBegun(theirs);
      // A draft's time is the person's own until it is decided.
      setDraft((now) => (modeOf(stored) === "draft" ? { ...theirs, when: now.when } : theirs));
    },
    [saver, channels],
  );
  // What was saved since is saved again without them; otherwise nothing is to be saved at all.
  useWordsBack(kept, () => (post && state.savedAt === null ? adopt(post) : setDraft(initial)));
  const restore = useRestore({ draft, setDraft, channels, saver, savesItself, adopt });
  const { fixing, onFix, onCrop, dialog } = useFixes(draft, setDraft, setWhen, judgement);

  /** What another change takes the place of can be had back. */
  const replace = (next: Draft, words: string) => {
    const before = draft;
    setDraft(next);
    toastUndo(words, () => setDraft(before));
  };

  const stored = () => saver.flush().catch(() => undefined);
  return (
    <div className={classes.composer} data-drawer={drawer ? true : undefined} data-pane={pane}>
      <EditorHeader
        isNew={post === null}
        savesItself={savesItself}
        state={state}
        postId={saver.postId()}
        onFlush={stored}
        onOpen={setOpen}
        drawer={
          drawer && {
            onClose: () => {
              void stored();
              drawer.onClose();
            },
            onFullPage: async () => {
              const saved = saver.postId() || changed ? await stored() : undefined;
              drawer.onClose();
              await navigate({
                to: "/compose/{-$postId}",
                params: saved ? { postId: saved.id } : {},
                search: addressOf(draft.when),
              });
            },
          }
        }
      />
      <div className={classes.panes} role="tablist" aria-label={t("editor.panes.label")}>
        {(["write", "preview"] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={pane === each}
            onClick={() => setPane(each)}
          >
            {t(`editor.panes.${each}`)}
          </button>
        ))}
      </div>
      <div className={classes.columns}>
        <div className={classes.main}>
          {state.phase === "conflict" && (
            <ConflictNotice
              saver={saver}
              mine={draft}
              savesItself={savesItself}
              onTheirs={(theirs) => {
                const mine = draft;
                adopt(theirs);
                toastUndo(t("editor.conflict.loaded"), () => setDraft(mine));
              }}
              onBoth={(theirs, mine) => {
                adopt(theirs);
                setOwnDraft(mine);
              }}
            />
          )}
          {ownDraft && (
            <Notice
              tone="good"
              live
              title={t("editor.conflict.keptBoth")}
              action={
                <ButtonLink size="xs" to="/compose/{-$postId}" params={{ postId: ownDraft.id }} search={{}}>
                  {t("editor.conflict.openMine")}
                </ButtonLink>
              }
            >
              {t("editor.conflict.keptBothDetail")}
            </Notice>
          )}
          {present && isPaused(present) && (
            <Notice tone="info" title={t("editor.paused.title")}>
              {t("editor.paused.detail")}
            </Notice>
          )}
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
            onTab={(channelId) => setTab({ channelId })}
            autoFocus={drawer !== undefined}
            optionFindings={options.atInput}
            sought={tab}
          />
          <Findings
            findings={[...about("text"), ...options.elsewhere]}
            channels={channels}
            onEditFor={editFor}
            onShowOption={(channelId, option) => setTab({ channelId, option })}
            onFix={onFix}
            fixing={fixing}
          />
          {judgement.unavailable && <Notice tone="warn" title={t("editor.findings.unavailable")} />}
          <MediaTray
            media={draft.media}
            queue={queue}
            coming={coming}
            findings={about("media")}
            channels={channels}
            onFix={onFix}
            fixing={fixing}
            onCrop={onCrop}
            {...tray}
          />
          <Findings
            findings={about("when")}
            channels={channels}
            onFix={onFix}
            fixing={fixing}
            zone={draft.when.zone}
          />
        </div>
        <Preview
          draft={draft}
          channels={chosen}
          written={shownTab}
          judgement={judgement}
          onChange={setDraft}
        />
      </div>
      <Footer
        draft={draft}
        channels={chosen}
        onWhen={setWhen}
        post={present}
        mode={mode}
        saver={saver}
        judgement={judgement}
        waiting={waiting}
        conflict={state.phase === "conflict"}
        onLeaving={setLeaving}
      />
      {open === "history" && (
        <History
          postId={saver.postId()}
          draft={draft}
          channels={channels}
          onRestore={async (version) => {
            if (await restore(version)) setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "templates" && (
        <TemplatesDialog
          draft={draft}
          channels={channels}
          onUse={(template) => {
            setOpen(null);
            replace(
              withTemplate(draft, template, channels),
              t("editor.templates.used", { name: template.name }),
            );
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {dialog}
      <LeaveDialog
        opened={blocker.status === "blocked"}
        waiting={waiting}
        onStay={() => blocker.reset?.()}
        onLeave={() => blocker.proceed?.()}
      />
      <FileDrop onFiles={addFiles} />
    </div>
  );
}
