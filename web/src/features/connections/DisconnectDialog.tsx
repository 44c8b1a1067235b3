import { Radio, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection, DisconnectPreview } from "@/api/model";
import { shortDateAndTime } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./DisconnectDialog.module.css";
import { useDisconnect } from "./queries";
import { farewellQuery } from "./settings-queries";

interface DisconnectDialogProps {
  connection: Connection;
  onClose: () => void;
  onDone: () => void;
}

/** Says what goes and what waits before an account is let go, and asks what becomes of the posts scheduled for it. */
export function DisconnectDialog({ connection, onClose, onDone }: DisconnectDialogProps) {
  const { t } = useTranslation();
  const [scheduled, setScheduled] = useState<"cancel" | "keep">("keep");
  const farewell = useQuery(farewellQuery(connection.id));
  const disconnect = useDisconnect();
  const { name } = connection;
  const waiting = farewell.data?.scheduled_deliveries ?? 0;
  const confirm = () =>
    disconnect.mutate(
      { connection, scheduled: waiting > 0 ? scheduled : "cancel" },
      {
        onSuccess: ({ cancelled_deliveries: count }) => {
          toastDone(
            count > 0
              ? t("connections.disconnect.doneCancelled", { name, count })
              : t("connections.disconnect.done", { name }),
          );
          onDone();
        },
        onError: (error) => toastFailed(error),
      },
    );
  return (
    <ConfirmDialog
      opened
      wide
      onClose={onClose}
      title={t("connections.disconnect.title", { name })}
      confirm={t("connections.disconnect.confirm", { name })}
      onConfirm={confirm}
      pending={disconnect.isPending}
      disabled={!farewell.data}
      destructive
    >
      <p>{t("connections.disconnect.detail")}</p>
      {farewell.error ? (
        <FailedState error={farewell.error} onRetry={() => void farewell.refetch()} />
      ) : !farewell.data ? (
        <div aria-busy="true">
          <Skeleton height={72} radius={8} />
        </div>
      ) : (
        <>
          <Consequences farewell={farewell.data} />
          {waiting > 0 && (
            <Radio.Group
              label={t("connections.disconnect.scheduled")}
              value={scheduled}
              onChange={(value) => setScheduled(value === "keep" ? "keep" : "cancel")}
            >
              <div className={classes.choices}>
                <Radio
                  value="keep"
                  label={t("connections.disconnect.keep")}
                  description={t("connections.disconnect.keepHelp")}
                />
                <Radio
                  value="cancel"
                  label={t("connections.disconnect.cancel")}
                  description={t("connections.disconnect.cancelHelp")}
                />
              </div>
            </Radio.Group>
          )}
        </>
      )}
    </ConfirmDialog>
  );
}

/** Which channels go, and which posts would not go out as planned. */
function Consequences({ farewell }: { farewell: DisconnectPreview }) {
  const { t } = useTranslation();
  const { channels, posts, scheduled_posts } = farewell;
  return (
    <>
      {channels.length > 0 && (
        <p>{t("connections.disconnect.channels", { count: channels.length, names: channels.join(", ") })}</p>
      )}
      <p className={classes.count}>
        {scheduled_posts === 0
          ? t("connections.disconnect.noPosts")
          : t("connections.disconnect.posts", { count: scheduled_posts })}
      </p>
      {posts.length > 0 && (
        <ul className={classes.posts} aria-label={t("connections.disconnect.scheduled")}>
          {posts.map((post) => (
            <li key={post.id}>
              <p className={classes.text}>{post.text || t("connections.disconnect.noText")}</p>
              <p className={classes.when}>
                {[post.due_at && shortDateAndTime(post.due_at), post.channels.join(", ")]
                  .filter(Boolean)
                  .join(" · ")}
                {post.elsewhere && ` · ${t("connections.disconnect.elsewhere")}`}
              </p>
            </li>
          ))}
          {scheduled_posts > posts.length && (
            <li className={classes.when}>
              {t("connections.disconnect.more", { count: scheduled_posts - posts.length })}
            </li>
          )}
        </ul>
      )}
    </>
  );
}
