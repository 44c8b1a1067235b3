import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WebhookReplay } from "@/api/model";
import { count } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { quiet } from "@/ui/Rows";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./Events.module.css";
import { useReplay, wouldChangeQuery } from "./queries";
import type { EventsSearch } from "./search";
import { kindWords } from "./words";

/** Has everything that the filters leave worked off once more, after saying what that changes. */
export function ReplayDialog({ search, onClose }: { search: EventsSearch; onClose: () => void }) {
  const { t } = useTranslation();
  const preview = useQuery(wouldChangeQuery(search));
  const replay = useReplay(search);
  return (
    <ConfirmDialog
      opened
      wide
      onClose={onClose}
      title={t("hearing.replay.title")}
      confirm={t("hearing.replay.confirm", { count: preview.data?.matched ?? 0 })}
      disabled={!preview.data?.matched}
      pending={replay.isPending}
      onConfirm={() =>
        replay.mutate(undefined, {
          onSuccess: ({ matched }) => {
            toastDone(t("hearing.replay.done", { count: matched }));
            onClose();
          },
          onError: (error) => toastFailed(error),
        })
      }
    >
      {preview.error ? (
        <FailedState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : !preview.data ? (
        <div aria-busy="true">
          <Skeleton height={80} radius={8} />
        </div>
      ) : (
        <Preview preview={preview.data} />
      )}
    </ConfirmDialog>
  );
}

function Preview({ preview }: { preview: WebhookReplay }) {
  const { t } = useTranslation();
  const changing = preview.items.filter(({ changes, error }) => changes > 0 || error);
  const events = count(preview.matched);
  // The server looks into the first of many only.
  const looked = preview.items.length < preview.matched ? count(preview.items.length) : null;
  return (
    <>
      <p>{t("hearing.replay.matched", { count: preview.matched, events })}</p>
      {preview.more && <p className={quiet}>{t("hearing.replay.more")}</p>}
      {changing.length === 0 ? (
        <p className={quiet}>
          {looked ? t("hearing.replay.nothingOfFirst", { looked, events }) : t("hearing.replay.nothing")}
        </p>
      ) : (
        <>
          {looked && <p className={quiet}>{t("hearing.replay.changesOfFirst", { looked, events })}</p>}
          <ul className={classes.changes} aria-label={t("hearing.replay.changes")}>
            {changing.map(({ id, kind, changes, error }) => (
              <li key={id}>
                {kindWords(kind)}
                {": "}
                {error ?? t("hearing.effects", { count: changes })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
