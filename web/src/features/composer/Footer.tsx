import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import type { Channel, Post, ScheduleInput } from "@/api/model";
import { postQuery } from "@/features/posts/queries";
import { isComplete } from "@/features/repeat/rule";
import { belongsToFirstRun } from "@/features/setup/after-saving";
import { toastDone, toastFailed } from "@/ui/toast";
import { ActionWords, doneWords } from "./ActionWords";
import { contentOf, type Draft, isEmpty, scheduleOf, type When } from "./draft";
import type { DraftSaver } from "./draft-saver";
import classes from "./Footer.module.css";
import { type Mode, toMend } from "./mode";
import type { Waiting } from "./use-tray";
import type { Judgement } from "./use-verdict";
import { WhenPicker } from "./WhenPicker";

interface FooterProps {
  draft: Draft;
  /** Where it goes. */
  channels: Channel[];
  onWhen: (when: When) => void;
  post: Post | null;
  mode: Mode;
  saver: DraftSaver;
  judgement: Judgement;
  waiting: Waiting;
  conflict: boolean;
  /** The work is being stored and the page left on purpose. */
  onLeaving: (leaving: boolean) => void;
}

/** When it goes out, and the one button that says what will happen. */
export function Footer(props: FooterProps) {
  const { draft, post, mode, saver } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const reasonId = useId();
  const [busy, setBusy] = useState(false);
  const reason = useReason(props);

  const finish = async (stored: Post, words: string) => {
    queryClient.removeQueries({ queryKey: postQuery(stored.id).queryKey, exact: true });
    await queryClient.invalidateQueries({ queryKey: ["posts"] });
    toastDone(words);
    if (await belongsToFirstRun(queryClient, stored))
      await navigate({ to: "/setup", search: { step: "post" } });
    else await navigate({ to: "/posts/$postId", params: { postId: stored.id }, search: {} });
  };

  const act = async () => {
    if (reason || busy) return;
    setBusy(true);
    props.onLeaving(true);
    try {
      await go();
    } catch (error) {
      props.onLeaving(false);
      // A conflict is told where it is settled.
      if (saver.state().phase !== "conflict") toastFailed(error);
    } finally {
      setBusy(false);
    }
  };

  const go = async () => {
    const schedule = scheduleOf(draft.when);
    if (mode === "mend" && post) return finish(await mend(saver, draft), t("composer.done.tryingAgain"));
    if (draft.when.kind === "draft") return finish(await saver.flush(), t("composer.done.saved"));
    if (!schedule) return;
    if (mode === "draft") {
      const stored = await publish((await saver.flush()).id, schedule);
      return finish(stored, doneWords(stored, draft.when, props.channels, t));
    }
    if (post) {
      // A rule that was taken away is ended; to say nothing would leave it.
      const ended = post.schedule.repeat && schedule.kind === "at" && !schedule.repeat;
      const decided: ScheduleInput = ended ? { ...schedule, repeat: { kind: "never" } } : schedule;
      const stored = await saver.change(contentOf(draft), decided);
      return finish(stored, doneWords(stored, draft.when, props.channels, t));
    }
  };

  return (
    <footer className={classes.footer}>
      {mode !== "mend" && (
        <WhenPicker
          when={draft.when}
          onChange={props.onWhen}
          canBeDraft={mode === "draft"}
          channels={props.channels}
          post={post}
        />
      )}
      <div className={classes.act}>
        <p id={reasonId} className={classes.reason} role="status">
          {reason}
        </p>
        <Button
          variant="filled"
          data-tip={reason ?? undefined}
          loading={busy}
          aria-disabled={reason !== null}
          aria-describedby={reason ? reasonId : undefined}
          className={classes.primary}
          onClick={() => void act()}
        >
          {mode === "mend" && post ? (
            t("composer.action.mend", { count: toMend(post).length })
          ) : (
            <ActionWords when={draft.when} channelIds={draft.channelIds} post={post} />
          )}
        </Button>
      </div>
    </footer>
  );
}

const publish = (id: string, schedule: ScheduleInput) =>
  body(api.POST("/api/posts/{id}/publish", { params: { path: { id } }, body: { schedule } }));

/** Saves the changes, then tries again where it was refused. */
async function mend(saver: DraftSaver, draft: Draft): Promise<Post> {
  const stored = await saver.change(contentOf(draft));
  for (const { id } of toMend(stored))
    await body(api.POST("/api/deliveries/{id}/retry", { params: { path: { id } } }));
  return stored;
}

/** Why the button does nothing yet; `null` when it does. */
function useReason({ draft, mode, judgement, waiting, conflict }: FooterProps): string | null {
  const { t } = useTranslation();
  if (conflict) return t("editor.blocked.conflict");
  if (waiting) return t(waiting === "upload" ? "editor.blocked.upload" : "editor.blocked.import");
  if (isEmpty(draft)) return t("editor.blocked.empty");
  if (mode === "draft" && draft.when.kind === "draft") return null;
  if (draft.channelIds.length === 0) return t("editor.blocked.channels");
  if (mode !== "mend" && draft.when.kind === "at" && !scheduleOf(draft.when))
    return t(isComplete(draft.when.repeat) ? "editor.blocked.time" : "scheduling.blocked.repeat");
  if (judgement.errors > 0) return t("editor.blocked.problems", { count: judgement.errors });
  return judgement.checking ? t("editor.blocked.checking") : null;
}
