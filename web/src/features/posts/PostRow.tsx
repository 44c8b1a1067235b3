import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { AlignLeft, CircleAlert, CircleCheck, CircleSlash, type LucideIcon } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Delivery, Post } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { RepeatMark } from "@/features/repeat/RepeatMark";
import { Ago } from "@/ui/Ago";
import { Avatar } from "@/ui/Avatar";
import { PlatformTile } from "@/ui/PlatformTile";
import type { PostsSearch } from "./filters";
import classes from "./PostRow.module.css";
import { PostBadge, thereIcon } from "./StateBadge";
import { stateKey } from "./states";
import { changedThere } from "./there";
import { useTitleOf, whenOf } from "./words";

interface PostRowProps {
  post: Post;
  search: PostsSearch;
  /** What a long list adds to a row. Single values, so that a row that stays the same is not drawn again while others scroll by. */
  selected?: boolean;
  /** With the shift key, everything from the last chosen one to here. */
  onSelect?: (post: Post, range: boolean) => void;
  onFocus?: (post: Post) => void;
  /** How far below the list's begin, in pixels. */
  top?: number;
  position?: number;
  total?: number;
}

/** One post in a list; the whole row opens it. */
export const PostRow = memo(function PostRow(props: PostRowProps) {
  const { post, search, selected, onSelect, onFocus, top, position, total } = props;
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const title = titleOf(post);
  const when = whenOf(post);
  const picture = post.media[0];
  const choosing = (event: MouseEvent) => {
    // A plain click opens; with shift it chooses, as in every list. With Ctrl/⌘ the browser opens another tab.
    if (!onSelect || !event.shiftKey) return;
    event.preventDefault();
    onSelect(post, true);
  };
  return (
    <li
      className={classes.row}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      data-choice={onSelect ? true : undefined}
      data-selected={selected || undefined}
      aria-posinset={position}
      aria-setsize={total}
    >
      {onSelect && (
        <Checkbox
          size="xs"
          className={classes.check}
          checked={selected ?? false}
          onChange={() => undefined}
          onClick={(event) => onSelect(post, event.shiftKey)}
          aria-label={t("posts.select.one", { name: title })}
        />
      )}
      <span className={classes.thumb} aria-hidden="true">
        {picture ? <Thumb media={picture} /> : <AlignLeft size={15} />}
      </span>
      <Link
        to="/posts/$postId"
        params={{ postId: post.id }}
        search={search}
        className={classes.title}
        activeProps={{ "data-open": true } as object}
        preload={false}
        data-post={post.id}
        dir="auto"
        onClick={choosing}
        onFocus={() => onFocus?.(post)}
      >
        {title}
      </Link>
      <span className={classes.channels}>
        {post.deliveries.map((delivery) => (
          <ChannelMark key={delivery.id} delivery={delivery} />
        ))}
      </span>
      <span className={classes.when}>
        {when ? <Ago at={when} /> : t("posts.noTime")} <RepeatMark post={post} />
      </span>
      <span className={classes.state}>
        <PostBadge post={post} />
      </span>
      <span className={classes.author} title={post.author?.name}>
        {post.author && (
          <>
            <Avatar name={post.author.name} size={24} />
            <span className={classes.unseen}>{t("posts.drawer.by", { name: post.author.name })}</span>
          </>
        )}
      </span>
    </li>
  );
});

const MARKS: Partial<Record<Delivery["state"], { icon: LucideIcon; tone: string }>> = {
  published: { icon: CircleCheck, tone: "good" },
  failed: { icon: CircleAlert, tone: "bad" },
  missed: { icon: CircleAlert, tone: "bad" },
  needs_attention: { icon: CircleAlert, tone: "bad" },
  cancelled: { icon: CircleSlash, tone: "quiet" },
};

/** A channel of the post, with a small mark of how it went there, or of what was done to it there since. */
function ChannelMark({ delivery }: { delivery: Delivery }) {
  const { platform, channel_name, state } = delivery;
  const { t } = useTranslation();
  const there = changedThere(delivery);
  const mark = there ? { icon: thereIcon(there), tone: "warn" } : MARKS[state];
  const words = `${channel_name}: ${t(there ? `posts.delivery.there.${there}` : stateKey(state))}`;
  return (
    <span className={classes.channel} title={words}>
      <PlatformTile platform={platform} muted={state === "cancelled"} />
      <span className={classes.unseen}>{words}</span>
      {mark && (
        <span className={classes.mark} data-tone={mark.tone}>
          <mark.icon size={11} strokeWidth={3} aria-hidden="true" />
        </span>
      )}
    </span>
  );
}
