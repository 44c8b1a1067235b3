import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Reconnect } from "@/features/posts/DeliveryActions";
import { useRetryComment } from "@/features/posts/queries";
import { shortened, useTitleOf } from "@/features/posts/words";
import { beyond, codeText } from "@/i18n/error-text";
import { ButtonLink, TextLink } from "@/ui/links";
import { PlatformTile } from "@/ui/PlatformTile";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./CommentRow.module.css";
import type { WaitingComment } from "./waiting-comments";

/** A first comment that is not there: below which post, why, and what helps. The rest is in the post's drawer. */
export function CommentRow({ waiting }: { waiting: WaitingComment }) {
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const { post, delivery, comment } = waiting;
  return (
    <li className={classes.row}>
      <PlatformTile platform={delivery.platform} />
      <div className={classes.words}>
        <TextLink to="/posts/$postId" params={{ postId: post.id }} search={{}} className={classes.link}>
          {t("home.commentNeedsYou", {
            name: delivery.channel_name,
            title: shortened(titleOf(post), 60),
          })}
        </TextLink>
        {comment.error && <p className={classes.why}>{reason(comment.error)}</p>}
      </div>
      <div className={classes.action}>
        <Action waiting={waiting} />
      </div>
    </li>
  );
}

/** The platform's own words where there are any; they say it all. */
function reason({ code, detail }: NonNullable<WaitingComment["comment"]["error"]>): string {
  const what = codeText(code);
  return beyond(what, detail) ?? what;
}

function Action({ waiting: { post, delivery, comment } }: { waiting: WaitingComment }) {
  const { t } = useTranslation();
  const retry = useRetryComment();
  const name = delivery.channel_name;
  const advice = comment.error?.advice;
  if (advice === "reconnect" || advice === "grant_permission") {
    return <Reconnect delivery={delivery} advice={advice} />;
  }
  const decide = comment.state === "needs_attention" || advice === "edit" || !comment.can_retry;
  const words = t(decide ? (advice === "edit" ? "comments.edit" : "home.commentDecide") : "comments.retry");
  const label = `${words}: ${t("comments.label", { name })}`;
  if (decide) {
    return (
      <ButtonLink size="xs" to="/posts/$postId" params={{ postId: post.id }} search={{}} aria-label={label}>
        {words}
      </ButtonLink>
    );
  }
  return (
    <Button
      size="xs"
      loading={retry.isPending}
      aria-label={label}
      onClick={() =>
        retry.mutate(
          { delivery },
          {
            onSuccess: () => toastDone(t("comments.retried", { name })),
            onError: (refusal) => toastFailed(refusal),
          },
        )
      }
    >
      {words}
    </Button>
  );
}
