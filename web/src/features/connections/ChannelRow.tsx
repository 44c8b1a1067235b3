import { ActionIcon, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import {
  CirclePause,
  CirclePlay,
  Ellipsis,
  ExternalLink,
  Folder,
  ListOrdered,
  PencilLine,
} from "lucide-react";
import { type CSSProperties, type ReactNode, type Ref, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { channelPicture } from "@/api/pictures";
import { shortDateAndTime } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Avatar } from "@/ui/Avatar";
import { Badge } from "@/ui/Badge";
import { LateMenu } from "@/ui/over/LateMenu";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import classes from "./ChannelList.module.css";
import { GroupsDialog } from "./GroupsDialog";
import { InlineName } from "./InlineName";
import { groupsQuery, platformsQuery, useChangeChannel } from "./queries";

interface ChannelRowProps {
  channel: Channel;
  /** By which the row is moved. */
  handle?: ReactNode;
  rowRef?: Ref<HTMLLIElement>;
  style?: CSSProperties;
  lifted?: boolean;
}

/** One channel: its name to change in place, its switch, and everything else behind a menu. */
export function ChannelRow({ channel, handle, rowRef, style, lifted = false }: ChannelRowProps) {
  const { t } = useTranslation();
  const change = useChangeChannel();
  const { data: groups } = useQuery(groupsQuery);
  const [renaming, setRenaming] = useState(false);
  const [grouping, setGrouping] = useState(false);
  const own = groups?.filter((group) => group.channel_ids.includes(channel.id)) ?? [];

  const save = (to: { enabled?: boolean; paused?: boolean }) =>
    change.mutate(
      { id: channel.id, change: to },
      {
        onSuccess: ({ name }) => toastDone(t("connections.channel.saved", { name })),
        onError: (error) => toastFailed(error),
      },
    );
  const rename = async (name: string) => {
    const before = channel.name;
    await change.mutateAsync({ id: channel.id, change: { name } });
    setRenaming(false);
    toastUndo(t("connections.channel.renamed", { name }), () =>
      change.mutateAsync({ id: channel.id, change: { name: before } }),
    );
  };
  // Shows what was asked for while the server answers.
  const enabled = change.isPending ? (change.variables.change.enabled ?? channel.enabled) : channel.enabled;

  return (
    <li ref={rowRef} style={style} className={classes.row} data-lifted={lifted || undefined}>
      {handle}
      <Avatar name={channel.name} src={channelPicture(channel)} />
      <div className={classes.words}>
        {renaming ? (
          <InlineName
            label={t("connections.channel.renameLabel")}
            name={channel.name}
            onSave={rename}
            onClose={() => setRenaming(false)}
          />
        ) : (
          <p className={classes.name}>{channel.name}</p>
        )}
        <p className={classes.kind}>
          <span>{inOurWords(channel.kind)}</span>
          {own.map((group) => (
            <span key={group.id} className={classes.group}>
              <Folder size={12} aria-hidden="true" />
              {group.name}
            </span>
          ))}
        </p>
        {channel.paused && <p className={classes.note}>{t("connections.channel.pausedHelp")}</p>}
        {channel.problem && <p className={classes.problem}>{inOurWords(channel.problem)}</p>}
        {channel.limited_until && (
          <p className={classes.note}>
            {t("connections.channel.limited", { at: shortDateAndTime(channel.limited_until) })}
          </p>
        )}
      </div>
      {channel.paused && <Badge tone="warn">{t("connections.channel.paused")}</Badge>}
      <Switch
        checked={enabled}
        aria-label={t("connections.channel.use", { name: channel.name })}
        onChange={(event) => save({ enabled: event.currentTarget.checked })}
      />
      <ChannelMenu
        channel={channel}
        onPause={() => save({ paused: !channel.paused })}
        onRename={() => setRenaming(true)}
        onGroup={() => setGrouping(true)}
      />
      {grouping && <GroupsDialog channel={channel} onClose={() => setGrouping(false)} />}
    </li>
  );
}

interface ChannelMenuProps {
  channel: Channel;
  onPause: () => void;
  onRename: () => void;
  onGroup: () => void;
}

function ChannelMenu({ channel, onPause, onRename, onGroup }: ChannelMenuProps) {
  const { t } = useTranslation();
  const { data: platforms } = useQuery(platformsQuery);
  const platform = platforms?.find(({ id }) => id === channel.platform)?.name ?? channel.platform;
  const Pause = channel.paused ? CirclePlay : CirclePause;
  return (
    <LateMenu
      position="bottom-end"
      target={
        <ActionIcon size={28} aria-label={t("connections.channel.menu", { name: channel.name })}>
          <Ellipsis size={16} aria-hidden="true" />
        </ActionIcon>
      }
    >
      {(Menu) => (
        <>
          <Menu.Item leftSection={<PencilLine size={14} aria-hidden="true" />} onClick={onRename}>
            {t("connections.channel.rename")}
          </Menu.Item>
          <Menu.Item leftSection={<Pause size={14} aria-hidden="true" />} onClick={onPause}>
            {t(channel.paused ? "connections.channel.resume" : "connections.channel.pause")}
          </Menu.Item>
          <Menu.Item leftSection={<Folder size={14} aria-hidden="true" />} onClick={onGroup}>
            {t("connections.channel.groups")}
          </Menu.Item>
          <Menu.Link
            to="/connections/queue/$channelId"
            params={{ channelId: channel.id }}
            search={{}}
            leftSection={<ListOrdered size={14} aria-hidden="true" />}
          >
            {t("scheduling.queue.edit")}
          </Menu.Link>
          {channel.url && (
            <Menu.Item
              component="a"
              href={channel.url}
              target="_blank"
              rel="noreferrer"
              leftSection={<ExternalLink size={14} aria-hidden="true" />}
            >
              {t("connections.channel.visit", { platform })}
            </Menu.Item>
          )}
        </>
      )}
    </LateMenu>
  );
}
