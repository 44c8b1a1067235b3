import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleCheck, ExternalLink, PenLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import type { Delivery, PostDetail } from "@/api/model";
import { useSession } from "@/features/account/session";
import { channelsQuery } from "@/features/connections/queries";
import { postQuery } from "@/features/posts/queries";
import { StateBadge } from "@/features/posts/StateBadge";
import { codeText } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { PlatformTile } from "@/ui/PlatformTile";
import { toastFailed } from "@/ui/toast";
import classes from "./FirstPost.module.css";
import { useBeginFirstPost } from "./queries";
import { StepHeading } from "./StepHeading";

/** The last step, wherever the first post is: to be begun, a draft, on its way, live, or refused. */
export function FirstPost({ postId }: { postId: string | null }) {
  const post = useQuery({ ...postQuery(postId ?? ""), enabled: postId !== null });
  const isGone = post.error instanceof ApiError && post.error.status === 404;
  if (!postId || isGone) return <Begin />;
  if (post.error && !post.data) return <FailedState error={post.error} onRetry={() => void post.refetch()} />;
  if (!post.data) return <Skeleton height={200} radius={12} />;
  if (post.data.state === "cancelled") return <Begin />;
  return post.data.state === "draft" ? <GoOn post={post.data} /> : <Receipt post={post.data} />;
}

function Begin() {
  const { t } = useTranslation();
  const { status } = useSession();
  const navigate = useNavigate();
  const channels = useQuery(channelsQuery);
  const begin = useBeginFirstPost();
  const usable = channels.data?.filter(({ enabled, paused }) => enabled && !paused) ?? [];

  // By the promise: what is shown changes as soon as the post is remembered, and callbacks of this part would be lost.
  const go = async () => {
    try {
      const post = await begin.mutateAsync({
        text: t("setup.postExample"),
        alt: t("setup.postPictureAlt"),
        fileName: t("setup.postPictureName"),
        channelIds: usable.map(({ id }) => id),
      });
      await navigate({ to: "/compose/{-$postId}", params: { postId: post.id }, search: {} });
    } catch (error) {
      toastFailed(error);
    }
  };
  return (
    <>
      <StepHeading
        title={t("setup.postTitle")}
        detail={t(status.sandbox ? "setup.postDetailSandbox" : "setup.postDetail")}
      />
      {channels.data && usable.length === 0 && (
        <Notice
          tone="warn"
          title={t("composer.channels.none")}
          action={
            <ButtonLink to="/setup" search={{ step: "connect" }}>
              {t("composer.channels.connect")}
            </ButtonLink>
          }
        >
          {t("composer.channels.noneDetail")}
        </Notice>
      )}
      <Button
        size="md"
        variant="filled"
        className={classes.go}
        loading={begin.isPending || channels.isPending}
        onClick={() => void go()}
      >
        {t("setup.postGo")}
      </Button>
    </>
  );
}

function GoOn({ post }: { post: PostDetail }) {
  const { t } = useTranslation();
  return (
    <>
      <StepHeading title={t("setup.postTitle")} detail={t("setup.postDraft")} />
      <blockquote className={classes.text}>{post.text || t("posts.untitled")}</blockquote>
      <ButtonLink
        size="md"
        variant="filled"
        to="/compose/{-$postId}"
        params={{ postId: post.id }}
        search={{}}
        leftSection={<PenLine size={15} aria-hidden="true" />}
      >
        {t("setup.postGoOn")}
      </ButtonLink>
    </>
  );
}

/** How the post stands now, in the words of the step; any other state is one that a person has to look at. */
const STAGES: Record<string, "published" | "scheduled" | "publishing"> = {
  published: "published",
  scheduled: "scheduled",
  waiting_approval: "scheduled",
  publishing: "publishing",
};

function Receipt({ post }: { post: PostDetail }) {
  const { t } = useTranslation();
  const stage = STAGES[post.state] ?? "trouble";
  return (
    <>
      <div role="status">
        <StepHeading title={t(`setup.receipt.${stage}.title`)} detail={t(`setup.receipt.${stage}.detail`)} />
      </div>
      <ul className={classes.receipts}>
        {post.deliveries.map((delivery) => (
          <DeliveryLine key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      <div className={classes.onward}>
        {stage === "trouble" ? (
          <ButtonLink size="md" variant="filled" to="/posts/$postId" params={{ postId: post.id }} search={{}}>
            {t("setup.receipt.mend")}
          </ButtonLink>
        ) : (
          <ButtonLink size="md" variant="filled" to="/">
            {t("setup.doneGo")}
          </ButtonLink>
        )}
        {stage === "published" && (
          <ButtonLink size="md" to="/compose/{-$postId}" search={{}}>
            {t("setup.receipt.another")}
          </ButtonLink>
        )}
      </div>
    </>
  );
}

function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { state, permalink, error, channel_name: name } = delivery;
  return (
    <li className={classes.receipt}>
      <PlatformTile platform={delivery.platform} size={20} />
      <span className={classes.channel}>{name}</span>
      <StateBadge state={state} />
      {permalink && (
        <Button
          component="a"
          href={permalink}
          target="_blank"
          rel="noreferrer"
          leftSection={<ExternalLink size={14} aria-hidden="true" />}
          aria-label={t("posts.delivery.openOn", { name })}
        >
          {t("setup.receipt.open")}
        </Button>
      )}
      {error && state !== "published" && <p className={classes.error}>{codeText(error.code)}</p>}
      {state === "published" && !permalink && (
        <CircleCheck size={16} className={classes.tick} aria-hidden="true" />
      )}
    </li>
  );
}
