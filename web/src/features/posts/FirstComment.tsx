import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink, MessageCircle } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "@/api/model";
import { platformsQuery } from "@/features/connections/queries";
import { beyond, codeText } from "@/i18n/error-text";
import { Ago } from "@/ui/Ago";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastFailed } from "@/ui/toast";
import { Reconnect } from "./DeliveryActions";
import classes from "./FirstComment.module.css";
import { useCancelComment, useResolveComment, useRetryComment } from "./queries";
import { StateBadge } from "./StateBadge";

/** What is written below the post: its state, where it is, and what can be done when it is not there. */
export function FirstComment({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { first_comment: comment, channel_name: name } = delivery;
  if (!comment) return null;
  const { error, permalink, state, next_attempt_at: next } = comment;
  return (
    <section className={classes.comment} aria-label={t("comments.label", { name })}>
      <div className={classes.head}>
        <MessageCircle size={14} aria-hidden="true" />
        <span className={classes.title}>{t("comments.title")}</span>
        {delivery.state === "published" && <StateBadge state={state} />}
        {permalink && (
          <a
            className={classes.link}
            href={permalink}
            target="_blank"
            rel="noreferrer"
            aria-label={t("comments.openOn", { name })}
          >
            {t("comments.open")} <ExternalLink size={12} aria-hidden="true" />
          </a>
        )}
      </div>
      <p className={classes.text} dir="auto">
        {comment.text}
      </p>
      {delivery.state !== "published" && <p className={classes.detail}>{t("comments.after")}</p>}
      {error && state !== "published" && state !== "cancelled" && (
        <div className={classes.error}>
          <p className={classes.what}>{codeText(error.code)}</p>
          <p className={classes.detail}>{beyond(codeText(error.code), error.detail)}</p>
          {next && (
            <p className={classes.detail}>
              {t("posts.delivery.next")} <Ago at={next} />
            </p>
          )}
        </div>
      )}
      {delivery.state === "published" && <Actions delivery={delivery} comment={comment} />}
    </section>
  );
}

interface ActionsProps {
  delivery: Delivery;
  comment: NonNullable<Delivery["first_comment"]>;
}

/** The advice of the comment's error comes first. */
function Actions({ delivery, comment: { state, error, text, can_retry, can_cancel } }: ActionsProps) {
  const { t } = useTranslation();
  const retry = useRetryComment();
  const cancel = useCancelComment();
  const [editing, setEditing] = useState(false);
  const name = delivery.channel_name;

  if (state === "needs_attention") return <LookFirst delivery={delivery} />;
  if (!can_retry && !can_cancel) return null;

  const advice = state === "cancelled" ? undefined : error?.advice;
  const reconnect = advice === "reconnect" || advice === "grant_permission";
  const tryAgain = (changed?: string) =>
    retry.mutate(changed === undefined ? { delivery } : { delivery, text: changed }, {
      onSuccess: () => {
        setEditing(false);
        toastDone(t("comments.retried", { name }));
      },
      onError: (refusal) => toastFailed(refusal),
    });
  const leaveOut = () =>
    cancel.mutate(
      { delivery },
      {
        onSuccess: () => toastDone(t("comments.cancelled", { name })),
        onError: (refusal) => toastFailed(refusal),
      },
    );

  if (editing) {
    return (
      <EditText
        text={text}
        name={name}
        pending={retry.isPending}
        onSend={tryAgain}
        onClose={() => setEditing(false)}
      />
    );
  }
  return (
    <div className={classes.actions}>
      {reconnect && <Reconnect delivery={delivery} advice={advice} />}
      {can_retry && advice === "edit" && (
        <Act primary words={t("comments.edit")} name={name} onClick={() => setEditing(true)} />
      )}
      {can_retry && (
        <Act
          primary={!reconnect && advice !== "edit"}
          words={t("comments.retry")}
          name={name}
          pending={retry.isPending}
          onClick={() => tryAgain()}
        />
      )}
      {can_cancel && (
        <Act words={t("comments.cancel")} name={name} pending={cancel.isPending} onClick={leaveOut} />
      )}
    </div>
  );
}

interface ActProps {
  words: string;
  name: string;
  primary?: boolean;
  pending?: boolean;
  onClick: () => void;
}

/** A button whose name says which channel's comment it is about. */
function Act({ words, name, primary = false, pending = false, onClick }: ActProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      variant={primary ? "filled" : "default"}
      loading={pending}
      onClick={onClick}
      aria-label={`${words}: ${t("comments.label", { name })}`}
    >
      {words}
    </Button>
  );
}

interface EditTextProps {
  text: string;
  name: string;
  pending: boolean;
  onSend: (text: string) => void;
  onClose: () => void;
}

function EditText({ text, name, pending, onSend, onClose }: EditTextProps) {
  const { t } = useTranslation();
  const [changed, setChanged] = useState(text);
  return (
    <form
      className={classes.edit}
      onSubmit={(event) => {
        event.preventDefault();
        onSend(changed);
      }}
    >
      <Textarea
        autosize
        minRows={2}
        maxRows={10}
        data-autofocus
        dir="auto"
        aria-label={t("comments.label", { name })}
        value={changed}
        onChange={(event) => setChanged(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          type="submit"
          size="xs"
          variant="filled"
          loading={pending}
          disabled={changed.trim() === "" || changed.trim() === text}
        >
          {t("comments.editSend")}
        </Button>
        <Button size="xs" onClick={onClose}>
          {t("comments.keep")}
        </Button>
      </div>
    </form>
  );
}

/** Nobody knows whether it is there: the person looks, and says. */
function LookFirst({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { data: platforms } = useQuery(platformsQuery);
  const resolve = useResolveComment();
  const cancel = useCancelComment();
  const [asking, setAsking] = useState(false);
  const name = delivery.channel_name;
  const platform = platforms?.find(({ id }) => id === delivery.platform)?.name ?? delivery.platform;
  const onError = (refusal: unknown) => toastFailed(refusal);
  const say = (published: boolean) =>
    resolve.mutate(
      { delivery, published },
      {
        onSuccess: () => {
          setAsking(false);
          if (!published) toastDone(t("comments.retried", { name }));
        },
        onError,
      },
    );
  const leaveOut = () =>
    cancel.mutate({ delivery }, { onSuccess: () => toastDone(t("comments.cancelled", { name })), onError });
  return (
    <div className={classes.actions}>
      <p className={classes.look}>{t("comments.look", { platform })}</p>
      <Act
        primary
        words={t("comments.isThere")}
        name={name}
        pending={resolve.isPending && !asking}
        onClick={() => say(true)}
      />
      <Act words={t("comments.sendAgain")} name={name} onClick={() => setAsking(true)} />
      <Act words={t("comments.cancel")} name={name} pending={cancel.isPending} onClick={leaveOut} />
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("comments.sendAgainTitle", { name })}
        confirm={t("comments.sendAgain")}
        onConfirm={() => say(false)}
        pending={resolve.isPending}
        destructive
      >
        <p>{t("comments.sendAgainDetail", { platform })}</p>
      </ConfirmDialog>
    </div>
  );
}
