import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MediaUse } from "@/api/model";
import { StateBadge } from "@/features/posts/StateBadge";
import { Ago } from "@/ui/Ago";
import classes from "./MediaPanel.module.css";
import { usageQuery } from "./queries";

/** The posts that show a file, each a link. */
export function MediaUsage({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(usageQuery(id));
  return (
    <section className={classes.usage} aria-label={t("oneFile.usage.label")}>
      <h3 className={classes.heading}>{t("oneFile.usage.label")}</h3>
      {!data ? (
        <Skeleton height={36} radius={8} />
      ) : data.items.length === 0 ? (
        <p className={classes.quiet}>{t("oneFile.usage.none")}</p>
      ) : (
        <ul>
          {data.items.map((use) => (
            <UsageRow key={use.post_id} use={use} />
          ))}
        </ul>
      )}
      {data?.next_cursor && <p className={classes.quiet}>{t("oneFile.usage.more")}</p>}
    </section>
  );
}

function UsageRow({ use }: { use: MediaUse }) {
  const { t } = useTranslation();
  const title = use.text.split("\n").find((line) => line.trim() !== "") ?? t("posts.untitled");
  return (
    <li className={classes.use}>
      <Link to="/posts/$postId" params={{ postId: use.post_id }} search={{}} className={classes.post}>
        {title}
      </Link>
      <StateBadge state={use.state} />
      <span className={classes.quiet}>
        <Ago at={use.due_at ?? use.updated_at} />
      </span>
    </li>
  );
}
