import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/model";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { useConnect } from "@/features/connections/use-connect";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ButtonLink } from "@/ui/links";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./DeliveryActions.module.css";
import { useCancelDelivery, useResolveDelivery, useRetryDelivery } from "./queries";

/** What a person can do about one delivery; the advice of its error comes first. */
export function DeliveryActions({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const retry = useRetryDelivery();
  const cancel = useCancelDelivery();
  const { state, error, can_retry, can_cancel, channel_name: name } = delivery;

  if (state === "needs_attention") return <LookFirst delivery={delivery} />;

  const advice = state === "published" ? undefined : error?.advice;
  const tryAgain = () =>
    retry.mutate(
      { delivery },
      {
        onSuccess: () => toastDone(t("posts.delivery.retried", { name })),
        onError: (refusal) => toastFailed(refusal),
      },
    );
  const leaveOut = () =>
    cancel.mutate(
      { delivery },
      {
        onSuccess: () => toastDone(t("posts.delivery.cancelled", { name })),
        onError: (refusal) => toastFailed(refusal),
      },
    );
  const edit = advice === "edit";
  const reconnect = advice === "reconnect" || advice === "grant_permission";
  // Leaving one channel out only makes sense where something is wrong; a whole post is cancelled below.
  const offersLeaving = can_cancel && (state === "failed" || state === "missed");
  if (!edit && !reconnect && !can_retry && !offersLeaving) return null;

  return (
    <div className={classes.actions}>
      {reconnect && <Reconnect delivery={delivery} advice={advice} />}
      {edit && (
        <ButtonLink
          size="xs"
          variant="filled"
          to="/compose/{-$postId}"
          params={{ postId: delivery.post_id }}
          search={{}}
        >
          {t("posts.delivery.edit")}
        </ButtonLink>
      )}
      {can_retry && (
        <Button
          size="xs"
          variant={edit || reconnect ? "default" : "filled"}
          loading={retry.isPending}
          onClick={tryAgain}
          aria-label={`${t("posts.delivery.retry")}: ${name}`}
        >
          {t("posts.delivery.retry")}
        </Button>
      )}
      {offersLeaving && (
        <Button
          size="xs"
          variant="subtle"
          loading={cancel.isPending}
          onClick={leaveOut}
          aria-label={`${t("posts.delivery.cancel")}: ${name}`}
        >
          {t("posts.delivery.cancel")}
        </Button>
      )}
    </div>
  );
}

/** The way to a fresh connection; `advice` is that of the delivery's error, or of its first comment's. */
export function Reconnect({ delivery, advice }: { delivery: Delivery; advice: string | undefined }) {
  const { t } = useTranslation();
  const { data: connections } = useQuery(connectionsQuery);
  const { data: platforms } = useQuery(platformsQuery);
  const flow = useConnect({ returnTo: `/posts/${delivery.post_id}`, onConnected: () => undefined });
  const connection = connections?.find(({ channels }) =>
    channels.some(({ id }) => id === delivery.channel_id),
  );
  const platform = platforms?.find(({ id }) => id === delivery.platform);
  const words =
    advice === "grant_permission"
      ? t("posts.delivery.grant", { platform: platform?.name })
      : t("posts.delivery.reconnect");

  if (!connection || !platform) {
    return (
      <ButtonLink size="xs" variant="filled" to="/connections" search={{}}>
        {words}
      </ButtonLink>
    );
  }
  return (
    <>
      <Button
        size="xs"
        variant="filled"
        loading={flow.leavingFor !== null}
        onClick={() => flow.reconnect(platform, connection)}
      >
        {words}
      </Button>
      {flow.dialog}
    </>
  );
}

/** Nobody knows whether it went out: the person looks, and says. */
function LookFirst({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { data: platforms } = useQuery(platformsQuery);
  const resolve = useResolveDelivery();
  const [asking, setAsking] = useState<"live" | "again" | null>(null);
  const [permalink, setPermalink] = useState("");
  const name = delivery.channel_name;
  const platform = platforms?.find(({ id }) => id === delivery.platform)?.name ?? delivery.platform;

  const say = (published: boolean) =>
    resolve.mutate(
      { delivery, published, ...(published && permalink.trim() ? { permalink: permalink.trim() } : {}) },
      {
        onSuccess: () => {
          setAsking(null);
          if (!published) toastDone(t("posts.delivery.retried", { name }));
        },
        onError: (refusal) => toastFailed(refusal),
      },
    );

  return (
    <div className={classes.actions}>
      <p className={classes.look}>{t("posts.delivery.look", { platform })}</p>
      <Button
        size="xs"
        variant="filled"
        onClick={() => setAsking("live")}
        aria-label={`${t("posts.delivery.isLive")}: ${name}`}
      >
        {t("posts.delivery.isLive")}
      </Button>
      <Button
        size="xs"
        onClick={() => setAsking("again")}
        aria-label={`${t("posts.delivery.sendAgain")}: ${name}`}
      >
        {t("posts.delivery.sendAgain")}
      </Button>
      <ConfirmDialog
        opened={asking === "live"}
        onClose={() => setAsking(null)}
        title={t("posts.delivery.resolveTitle", { name })}
        confirm={t("posts.delivery.resolveConfirm")}
        onConfirm={() => say(true)}
        pending={resolve.isPending}
      >
        <p>{t("posts.delivery.resolveDetail")}</p>
        <TextInput
          type="url"
          label={t("posts.delivery.resolveLink")}
          description={t("common.optional")}
          value={permalink}
          onChange={(event) => setPermalink(event.currentTarget.value)}
        />
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === "again"}
        onClose={() => setAsking(null)}
        title={t("posts.delivery.sendAgainTitle", { name })}
        confirm={t("posts.delivery.sendAgain")}
        onConfirm={() => say(false)}
        pending={resolve.isPending}
        destructive
      >
        <p>{t("posts.delivery.sendAgainDetail", { platform })}</p>
      </ConfirmDialog>
    </div>
  );
}
