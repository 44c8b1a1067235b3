import { Checkbox, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint, WebhookSending } from "@/api/model";
import { browserZone, count } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { toInstant, toWallClock } from "@/ui/time/wall-clock";
import { toastDone, toastFailed } from "@/ui/toast";
import { useSendAgain, wouldSendQuery } from "./queries";
import classes from "./Telling.module.css";
import { endpointName } from "./words";

const DAY = 86_400_000;

/** Sends again what happened in a span of time, after saying how much that is. */
export function SendAgainDialog({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const { t } = useTranslation();
  const [since, setSince] = useState(() => fieldOf(new Date(Date.now() - DAY)));
  const [until, setUntil] = useState("");
  const [onlyFailed, setOnlyFailed] = useState(true);
  const what = asked(since, until, onlyFailed);
  const preview = useQuery(wouldSendQuery(endpoint.id, what));
  const send = useSendAgain(endpoint.id);
  const messages = preview.data?.messages ?? 0;
  return (
    <ConfirmDialog
      opened
      wide
      onClose={onClose}
      title={t("telling.again.title", { name: endpointName(endpoint) })}
      confirm={t("telling.again.confirm", { count: messages, messages: count(messages) })}
      disabled={!what || messages === 0}
      pending={send.isPending}
      onConfirm={() =>
        what &&
        send.mutate(what, {
          onSuccess: (sent) => {
            toastDone(t("telling.again.done", { count: sent.messages, messages: count(sent.messages) }));
            onClose();
          },
          onError: (error) => toastFailed(error),
        })
      }
    >
      <p>{t("telling.again.detail")}</p>
      <div className={classes.span}>
        <TextInput
          type="datetime-local"
          label={t("telling.again.since")}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={`${t("telling.again.until")} (${t("common.optional")})`}
          min={since}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      <Checkbox
        size="xs"
        label={t("telling.again.onlyFailed")}
        checked={onlyFailed}
        onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
      />
      <div role="status">
        {!what ? (
          t("telling.again.noSpan")
        ) : preview.error ? (
          <FailedState error={preview.error} onRetry={() => void preview.refetch()} />
        ) : !preview.data ? (
          <div aria-busy="true">
            <Skeleton height={20} radius={6} />
          </div>
        ) : (
          t("telling.again.matched", { count: messages, messages: count(messages) })
        )}
      </div>
    </ConfirmDialog>
  );
}

/** A moment as the browser's field for date and time writes it. */
function fieldOf(at: Date): string {
  const { date, time } = toWallClock(at, browserZone());
  return `${date}T${time}`;
}

function instantOf(field: string): string | undefined {
  const [date = "", time = ""] = field.split("T");
  return toInstant({ date, time }, browserZone())?.toISOString();
}

/** What is asked for; nothing while the span is none. */
function asked(since: string, until: string, only_failed: boolean): WebhookSending | null {
  const from = instantOf(since);
  const to = instantOf(until);
  if (!from || (until && !to) || (to && to <= from)) return null;
  return { since: from, ...(to ? { until: to } : {}), only_failed };
}
