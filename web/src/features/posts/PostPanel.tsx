import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PostDetail } from "@/api/model";
import { useSession } from "@/features/account/session";
import { Thumb } from "@/features/media/Thumb";
import { publishes } from "@/features/members/roles";
import { RepeatNote } from "@/features/repeat/RepeatNote";
import { Ago } from "@/ui/Ago";
import { FailedState } from "@/ui/FailedState";
import { SidePanel } from "@/ui/SidePanel";
import { DeliveryCard } from "./DeliveryCard";
import { PostActions } from "./PostActions";
import classes from "./PostPanel.module.css";
import { postQuery } from "./queries";
import { PostBadge } from "./StateBadge";
import { Timeline } from "./Timeline";
import { shortened, useTitleOf, whenOf } from "./words";

const route = getRouteApi("/frame/posts/$postId");

/** The post of the address, over the list. */
export function PostPanel() {
  const { postId } = route.useParams();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const close = useCallback(() => void navigate({ to: "/posts", search }), [navigate, search]);
  return <PostDrawer postId={postId} onClose={close} />;
}

/** One post: where it went or will go, what went wrong in words, what can be done, and what happened. */
export function PostDrawer({ postId, onClose: close }: { postId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const { workspace } = useSession();
  const { data: post, error, refetch } = useQuery(postQuery(postId));

  if (!post) {
    return (
      <SidePanel title={t("posts.drawer.label")} onClose={close}>
        {error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : (
          <div className={classes.sections} aria-busy="true">
            <Skeleton height={60} />
            <Skeleton height={160} radius={12} />
          </div>
        )}
      </SidePanel>
    );
  }
  return (
    <SidePanel
      key={post.id}
      title={shortened(titleOf(post), 60)}
      onClose={close}
      footer={<PostActions post={post} title={shortened(titleOf(post))} onGone={close} />}
    >
      <div className={classes.sections}>
        <Content post={post} />
        <RepeatNote post={post} />
        <section>
          <h3 className={classes.heading}>{t("posts.drawer.deliveries")}</h3>
          {post.deliveries.length === 0 ? (
            <p className={classes.quiet}>{t("posts.drawer.noChannels")}</p>
          ) : (
            <ul className={classes.deliveries}>
              {post.deliveries.map((delivery) => (
                <DeliveryCard key={delivery.id} delivery={delivery} mayLook={publishes(workspace.role)} />
              ))}
            </ul>
          )}
        </section>
        <section>
          <h3 className={classes.heading}>{t("posts.drawer.happened")}</h3>
          <Timeline post={post} />
        </section>
      </div>
    </SidePanel>
  );
}

const LONG = 400;

function Content({ post }: { post: PostDetail }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(post.text.length <= LONG);
  const when = whenOf(post);
  return (
    <section className={classes.content}>
      {post.text && (
        <p className={classes.text} dir="auto">
          {whole ? post.text : shortened(post.text, LONG)}
        </p>
      )}
      {!whole && (
        <button type="button" className={classes.whole} onClick={() => setWhole(true)}>
          {t("posts.drawer.full")}
        </button>
      )}
      {post.media.length > 0 && (
        <ul className={classes.media}>
          {post.media.map((item) => (
            <li key={item.id}>
              <Thumb media={item} />
            </li>
          ))}
        </ul>
      )}
      <p className={classes.quiet}>
        <PostBadge post={post} />
        <span>{when ? <Ago at={when} /> : t("posts.noTime")}</span>
        {post.author && <span>{t("posts.drawer.by", { name: post.author.name })}</span>}
      </p>
    </section>
  );
}
