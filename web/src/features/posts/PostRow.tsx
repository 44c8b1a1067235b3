import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Post } from "@/api/model";
import { Ago } from "@/ui/Ago";
import { PlatformTile } from "@/ui/PlatformTile";
import type { PostsSearch } from "./filters";
import classes from "./PostRow.module.css";
import { StateBadge } from "./StateBadge";
import { useTitleOf, whenOf } from "./words";

/** One post in a list; the whole row opens it. */
export function PostRow({ post, search }: { post: Post; search: PostsSearch }) {
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const when = whenOf(post);
  return (
    <li className={classes.row}>
      <Link
        to="/posts/$postId"
        params={{ postId: post.id }}
        search={search}
        className={classes.title}
        activeProps={{ "data-open": true } as object}
      >
        {titleOf(post)}
      </Link>
      <span className={classes.channels}>
        {post.deliveries.map(({ id, platform, channel_name }) => (
          <span key={id} title={channel_name}>
            <PlatformTile platform={platform} />
          </span>
        ))}
      </span>
      <span className={classes.when}>{when ? <Ago at={when} /> : t("posts.noTime")}</span>
      <span className={classes.state}>
        <StateBadge state={post.state} />
      </span>
    </li>
  );
}
