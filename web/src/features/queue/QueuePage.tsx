import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Clock, ListOrdered, ListPlus, Repeat2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AgendaEntry, Channel, ChannelAgenda } from "@/api/model";
import { channelsQuery } from "@/features/connections/queries";
import { shortened } from "@/features/posts/words";
import { dateAndTime, zoneName } from "@/i18n/format";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./QueuePage.module.css";
import { agendaQuery } from "./queries";

/** What is next on each channel: its coming slots, and the posts that have a time. */
export function QueuePage() {
  const { t } = useTranslation();
  const agenda = useQuery(agendaQuery);
  const channels = useQuery(channelsQuery);
  const error = agenda.error ?? channels.error;
  return (
    <>
      <PageHeader title={t("scheduling.queue.title")} hint={t("scheduling.queue.hint")} />
      {error ? (
        <FailedState error={error} onRetry={() => void Promise.all([agenda.refetch(), channels.refetch()])} />
      ) : !agenda.data || !channels.data ? (
        <div className={classes.page} aria-busy="true">
          <Skeleton height={220} radius={12} />
          <Skeleton height={220} radius={12} />
        </div>
      ) : agenda.data.length === 0 ? (
        <EmptyState
          icon={<ListOrdered size={20} aria-hidden="true" />}
          title={t("scheduling.queue.noChannels")}
          detail={t("scheduling.queue.noChannelsDetail")}
          action={
            <ButtonLink variant="filled" to="/connections" search={{}}>
              {t("scheduling.queue.connect")}
            </ButtonLink>
          }
        />
      ) : (
        <div className={classes.page}>
          {agenda.data.map((each) => {
            const channel = channels.data.find(({ id }) => id === each.channel_id);
            return channel && <ChannelCard key={channel.id} channel={channel} agenda={each} />;
          })}
        </div>
      )}
      <Outlet />
    </>
  );
}

function ChannelCard({ channel, agenda }: { channel: Channel; agenda: ChannelAgenda }) {
  const { t } = useTranslation();
  const headingId = `queue-${channel.id}`;
  const zone = agenda.time_zone ?? undefined;
  return (
    <section className={classes.card} aria-labelledby={headingId}>
      <header className={classes.head}>
        <PlatformTile platform={channel.platform} size={20} />
        <div className={classes.names}>
          <h2 id={headingId} className={classes.name}>
            {channel.name}
          </h2>
          <p className={classes.quiet}>
            {agenda.slots_a_week > 0 && zone
              ? `${t("scheduling.queue.count", { count: agenda.slots_a_week })} · ${zoneName(zone)}`
              : t("scheduling.queue.noSlots")}
          </p>
        </div>
        <ButtonLink
          size="xs"
          to="/queue/$channelId"
          params={{ channelId: channel.id }}
          aria-label={t("scheduling.queue.editOf", { name: channel.name })}
        >
          {t(agenda.slots_a_week > 0 ? "scheduling.queue.edit" : "scheduling.queue.setUp")}
        </ButtonLink>
      </header>
      {agenda.coming.length === 0 ? (
        <p className={classes.nothing}>{t("scheduling.queue.nothing")}</p>
      ) : (
        <ol className={classes.list}>
          {agenda.coming.map((coming) => (
            <Line key={`${coming.at} ${coming.post?.delivery_id ?? ""}`} coming={coming} zone={zone} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ coming, zone }: { coming: AgendaEntry; zone: string | undefined }) {
  const { t } = useTranslation();
  const { at, is_slot, post } = coming;
  const line = post?.text.split("\n").find((each) => each.trim() !== "");
  return (
    <li className={classes.line} data-free={post === null || undefined}>
      <time dateTime={at} className={classes.when}>
        {dateAndTime(at, zone)}
      </time>
      {post ? (
        <Link to="/posts/$postId" params={{ postId: post.id }} search={{}} className={classes.post}>
          {line ? shortened(line, 80) : t("posts.untitled")}
        </Link>
      ) : (
        <Link to="/compose/{-$postId}" params={{}} search={{ when: "queue" }} className={classes.free}>
          {t("scheduling.queue.free")}
        </Link>
      )}
      <span className={classes.sign}>
        {post?.repeats && <Repeat2 size={14} role="img" aria-label={t("scheduling.repeat.note.label")} />}
        {post && !is_slot && <Clock size={14} role="img" aria-label={t("composer.when.at")} />}
        {!post && <ListPlus size={14} aria-hidden="true" />}
      </span>
    </li>
  );
}
