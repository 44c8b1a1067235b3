import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, ListOrdered } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Channel, FreeSlot, Post } from "@/api/model";
import { freeSlotsQuery } from "@/features/queue/queries";
import { browserZone, dateAndTime } from "@/i18n/format";
import { LatePopover } from "@/ui/over/LatePopover";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./SlotsPicker.module.css";

/** The slots that a post in the queue has already, by channel. */
const ownSlots = (post: Post | null): Map<string, string> =>
  new Map(
    post?.schedule.kind === "queue"
      ? post.deliveries.flatMap(({ channel_id, due_at }) => (due_at ? [[channel_id, due_at]] : []))
      : [],
  );

/** The slot of each channel: its own, or the next that is free. */
export function useSlots(channelIds: readonly string[], post: Post | null, enabled = true) {
  const own = ownSlots(post);
  const query = freeSlotsQuery(channelIds);
  const { data, isPending } = useQuery({ ...query, enabled: enabled && channelIds.length > 0 });
  const slots = (data ?? []).map((slot): FreeSlot => {
    const kept = own.get(slot.channel_id);
    return kept ? { ...slot, at: kept, reason: null } : slot;
  });
  const times = slots.flatMap(({ at }) => at ?? []).sort();
  return { slots, earliest: times[0] ?? null, isPending: channelIds.length > 0 && isPending };
}

/** Which time it will be on which channel, or why there is none, and the way to change that. */
export function SlotsPicker({ channels, post }: { channels: Channel[]; post: Post | null }) {
  const { t } = useTranslation();
  const { slots, earliest, isPending } = useSlots(
    channels.map(({ id }) => id),
    post,
  );
  if (channels.length === 0) return <p className={classes.quiet}>{t("scheduling.when.noChannel")}</p>;
  const shown = isPending
    ? t("scheduling.when.slotsLoading")
    : earliest
      ? dateAndTime(earliest)
      : t("scheduling.when.noSlot");
  const without = slots.find(({ reason }) => reason);
  const lacking = channels.find(({ id }) => id === without?.channel_id);
  return (
    <>
      <LatePopover
        position="top-start"
        width="auto"
        className={classes.dropdown}
        label={t("scheduling.when.slotsTitle")}
        target={
          <Button
            leftSection={<ListOrdered size={15} aria-hidden="true" />}
            rightSection={<ChevronDown size={14} aria-hidden="true" />}
            aria-label={t("scheduling.when.slots", { at: shown })}
          >
            {shown}
          </Button>
        }
      >
        {() => (
          <>
            <h3 className={classes.heading}>{t("scheduling.when.slotsTitle")}</h3>
            <ul className={classes.list}>
              {channels.map((channel) => (
                <SlotLine
                  key={channel.id}
                  channel={channel}
                  slot={slots.find(({ channel_id }) => channel_id === channel.id)}
                />
              ))}
            </ul>
          </>
        )}
      </LatePopover>
      {lacking && (
        <Link to="/queue/$channelId" params={{ channelId: lacking.id }} className={classes.lacking}>
          {t("scheduling.queue.setUp")}: {lacking.name}
        </Link>
      )}
    </>
  );
}

function SlotLine({ channel, slot }: { channel: Channel; slot: FreeSlot | undefined }) {
  const { t } = useTranslation();
  const elsewhere = slot?.time_zone && slot.time_zone !== browserZone() ? slot.time_zone : null;
  return (
    <li className={classes.line}>
      <PlatformTile platform={channel.platform} size={18} />
      <div className={classes.words}>
        <p className={classes.name}>{channel.name}</p>
        {slot?.at && <p className={classes.time}>{dateAndTime(slot.at)}</p>}
        {slot?.at && elsewhere && (
          <p className={classes.quiet}>
            {t("scheduling.when.anotherZone", {
              at: dateAndTime(slot.at, elsewhere),
              zone: elsewhere.replaceAll("_", " "),
            })}
          </p>
        )}
        {slot?.reason && <p className={classes.quiet}>{t("errors.no_queue_slots")}</p>}
      </div>
      <Link
        to="/queue/$channelId"
        params={{ channelId: channel.id }}
        className={classes.edit}
        aria-label={t("scheduling.queue.editOf", { name: channel.name })}
      >
        {t(slot?.reason ? "scheduling.queue.setUp" : "scheduling.queue.edit")}
      </Link>
    </li>
  );
}
