import { useQuery } from "@tanstack/react-query";
import { Check, Folder, Plug } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { groupsQuery } from "@/features/connections/queries";
import { statusKey } from "@/features/connections/status";
import { inOurWords } from "@/i18n/server-words";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { PlatformTile } from "@/ui/PlatformTile";
import classes from "./ChannelChips.module.css";

/** Whether a post can go there at all, be it that it waits until the channel is resumed. */
const canBeChosen = (channel: Channel): boolean =>
  channel.enabled && (channel.status === "connected" || channel.status === "expiring");

/** Whether a post would go out there when it is due. */
export const isUsable = (channel: Channel): boolean => canBeChosen(channel) && !channel.paused;

interface ChannelChipsProps {
  channels: Channel[];
  chosen: string[];
  /** The post went out already, so its channels stay. */
  locked: boolean;
  onChange: (channelId: string, chosen: boolean) => void;
}

/** Every channel as a chip; what cannot be chosen says why instead of hiding. */
export function ChannelChips({ channels, chosen, locked, onChange }: ChannelChipsProps) {
  const { t } = useTranslation();
  if (channels.length === 0) {
    return (
      <Notice
        tone="info"
        title={t("composer.channels.none")}
        action={
          <ButtonLink
            size="xs"
            to="/connections"
            search={{}}
            leftSection={<Plug size={14} aria-hidden="true" />}
          >
            {t("composer.channels.connect")}
          </ButtonLink>
        }
      >
        {t("composer.channels.noneDetail")}
      </Notice>
    );
  }

  const why = (channel: Channel) => {
    const { name } = channel;
    if (locked) return t("composer.channels.locked");
    if (!channel.enabled) return t("composer.channels.off", { name });
    if (channel.paused) return t("composer.channels.paused", { name });
    return t("composer.channels.problem", {
      name,
      why: channel.problem ? inOurWords(channel.problem) : t(statusKey(channel.status)),
    });
  };

  return (
    <fieldset className={classes.chips} aria-label={t("composer.channels.label")}>
      <GroupChips channels={channels} chosen={chosen} locked={locked} onChange={onChange} />
      {channels.map((channel) => {
        const on = chosen.includes(channel.id);
        const choosable = canBeChosen(channel) && !locked;
        return (
          <button
            key={channel.id}
            data-tip={choosable && isUsable(channel) ? undefined : why(channel)}
            type="button"
            aria-pressed={on}
            aria-disabled={locked || (!choosable && !on)}
            className={classes.chip}
            data-on={on || undefined}
            data-unusable={!isUsable(channel) || undefined}
            onClick={() => !locked && (choosable || on) && onChange(channel.id, !on)}
          >
            <PlatformTile platform={channel.platform} muted={!on} />
            <span className={classes.name}>{channel.name}</span>
            {on && <Check size={14} aria-hidden="true" />}
          </button>
        );
      })}
    </fieldset>
  );
}

/** Groups of channels: one press chooses all that can be chosen, another takes them off. */
function GroupChips({ channels, chosen, locked, onChange }: ChannelChipsProps) {
  const { t } = useTranslation();
  const { data: groups = [] } = useQuery(groupsQuery);
  if (locked) return null;
  return groups.map((group) => {
    const usable = channels.filter((channel) => group.channel_ids.includes(channel.id) && isUsable(channel));
    if (usable.length === 0) return null;
    const all = usable.every(({ id }) => chosen.includes(id));
    const toggle = () => {
      for (const { id } of usable) if (chosen.includes(id) === all) onChange(id, !all);
    };
    return (
      <button
        key={group.id}
        data-tip={usable.map(({ name }) => name).join(", ")}
        type="button"
        aria-pressed={all}
        aria-label={t("composer.channels.group", { name: group.name, count: usable.length })}
        className={classes.chip}
        data-group
        data-on={all || undefined}
        onClick={toggle}
      >
        <Folder size={14} aria-hidden="true" />
        <span className={classes.name}>{group.name}</span>
        <span className={classes.count}>{usable.length}</span>
      </button>
    );
  });
}
