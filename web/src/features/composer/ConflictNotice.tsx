import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { Notice } from "@/ui/Notice";
import { toastFailed } from "@/ui/toast";
import classes from "./ConflictNotice.module.css";
import { Difference } from "./Difference";
import { contentOf, type Draft } from "./draft";
import type { DraftSaver } from "./draft-saver";

interface ConflictNoticeProps {
  saver: DraftSaver;
  /** What is written here. */
  mine: Draft;
  /** Saves at once what is kept; otherwise the person does. */
  savesItself: boolean;
  /** Shows what the other stored; what is written here can be had back. */
  onTheirs: (post: Post) => void;
  /** What is written here became a draft of its own. */
  onBoth: (theirs: Post, mine: Post) => void;
}

/** Somebody else stored another version: both are shown, the person decides, and neither is lost. */
export function ConflictNotice({ saver, mine, savesItself, onTheirs, onBoth }: ConflictNoticeProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<"theirs" | "mine" | "both" | null>(null);
  const theirs = useQuery({
    queryKey: ["posts", "conflict", saver.postId()],
    queryFn: () => saver.loadTheirs(),
    gcTime: 0,
    staleTime: 0,
  });
  const settle = (how: "theirs" | "mine" | "both", act: () => Promise<void>) => {
    setBusy(how);
    act()
      .catch((error: unknown) => toastFailed(error))
      .finally(() => setBusy(null));
  };
  return (
    <div>
      <Notice
        tone="warn"
        live
        title={t("editor.conflict.title")}
        action={
          <>
            <Button
              size="xs"
              loading={busy === "theirs"}
              onClick={() => settle("theirs", async () => onTheirs(await saver.loadTheirs()))}
            >
              {t("editor.conflict.load")}
            </Button>
            <Button
              size="xs"
              loading={busy === "mine"}
              onClick={() => settle("mine", () => (savesItself ? saver.keepMine() : saver.goOver()))}
            >
              {t("editor.conflict.keep")}
            </Button>
            <Button
              size="xs"
              loading={busy === "both"}
              onClick={() =>
                settle("both", async () => {
                  const own = await saver.copyMine(contentOf(mine));
                  onBoth(await saver.loadTheirs(), own);
                })
              }
            >
              {t("editor.conflict.both")}
            </Button>
          </>
        }
      >
        {t(savesItself ? "editor.conflict.detail" : "editor.conflict.detailPlanned")}
      </Notice>
      {theirs.data && (
        <div className={classes.sides}>
          <section aria-label={t("editor.conflict.mine")} className={classes.side}>
            <h3>{t("editor.conflict.mine")}</h3>
            <p className={classes.text} dir="auto">
              {mine.text || t("editor.history.noText")}
            </p>
          </section>
          <section aria-label={t("editor.conflict.theirs")} className={classes.side}>
            <h3>{t("editor.conflict.theirs")}</h3>
            <Difference before={mine.text} after={theirs.data.text} />
            {!savesItself && theirs.data.schedule.at && (
              <p className={classes.time}>
                {t("editor.conflict.theirTime", { at: dateAndTime(theirs.data.schedule.at) })}
              </p>
            )}
          </section>
        </div>
      )}
    </div>
  );
}
