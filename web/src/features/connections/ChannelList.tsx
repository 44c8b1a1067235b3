import { ActionIcon, Menu, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CirclePause, CirclePlay, Ellipsis, ExternalLink, PencilLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Connection } from "@/api/model";
import { shortDateAndTime } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./ChannelList.module.css";
import { platformsQuery, useChangeChannel } from "./queries";

/** The places an account can publish to, each with its switch. */
export function ChannelList({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  if (connection.channels.length === 0)
    return <p className={classes.none}>{t("connections.channelsNone")}</p>;
  return (
    <ul className={classes.list}>
      {connection.channels.map((channel) => (
        <ChannelRow key={channel.id} channel={channel} />
      ))}
    </ul>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const change = useChangeChannel();
  const { data: platforms } = useQuery(platformsQuery);
  const [renaming, setRenaming] = useState(false);
  const platform = platforms?.find(({ id }) => id === channel.platform)?.name ?? channel.platform;

  const save = (to: { enabled?: boolean; paused?: boolean }) =>
    change.mutate(
      { id: channel.id, change: to },
      {
        onSuccess: ({ name }) => toastDone(t("connections.channel.saved", { name })),
        onError: (error) => toastFailed(error),
      },
    );
  // Shows what was asked for while the server answers.
  const enabled = change.isPending ? (change.variables.change.enabled ?? channel.enabled) : channel.enabled;

  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>{channel.name}</p>
        <p className={classes.kind}>{channel.kind}</p>
        {channel.paused && <p className={classes.note}>{t("connections.channel.pausedHelp")}</p>}
        {channel.problem && <p className={classes.problem}>{channel.problem}</p>}
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
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={28} aria-label={t("connections.channel.menu", { name: channel.name })}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={
              channel.paused ? (
                <CirclePlay size={14} aria-hidden="true" />
              ) : (
                <CirclePause size={14} aria-hidden="true" />
              )
            }
            onClick={() => save({ paused: !channel.paused })}
          >
            {t(channel.paused ? "connections.channel.resume" : "connections.channel.pause")}
          </Menu.Item>
          <Menu.Item
            leftSection={<PencilLine size={14} aria-hidden="true" />}
            onClick={() => setRenaming(true)}
          >
            {t("connections.channel.rename")}
          </Menu.Item>
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
        </Menu.Dropdown>
      </Menu>
      {renaming && <Rename channel={channel} platform={platform} onClose={() => setRenaming(false)} />}
    </li>
  );
}

function Rename({ channel, platform, onClose }: { channel: Channel; platform: string; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeChannel();
  const [name, setName] = useState(channel.name);
  const save = () =>
    change.mutate(
      { id: channel.id, change: { name: name.trim() } },
      {
        onSuccess: () => {
          toastDone(t("connections.channel.saved", { name: name.trim() }));
          onClose();
        },
        onError: (error) => toastFailed(error),
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("connections.channel.renameTitle")}
      confirm={t("common.save")}
      onConfirm={save}
      pending={change.isPending}
      disabled={name.trim() === ""}
    >
      <TextInput
        data-autofocus
        label={t("connections.channel.renameLabel")}
        description={t("connections.channel.renameHelp", { platform })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && name.trim() !== "") save();
        }}
      />
    </ConfirmDialog>
  );
}
