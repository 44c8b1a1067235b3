import { ActionIcon, Button, Checkbox, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, FolderPlus, PencilLine, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, ChannelGroup } from "@/api/model";
import { codeText, errorLine } from "@/i18n/error-text";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { PlatformTile } from "@/ui/PlatformTile";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import classes from "./GroupsPanel.module.css";
import { useChangeGroup, useCreateGroup, useDeleteGroup } from "./group-queries";
import { InlineName } from "./InlineName";
import { channelsQuery, groupsQuery } from "./queries";
import { useClosePanel } from "./use-close-panel";

/** Channels that are chosen together when composing: made, filled, put in order and taken apart. */
export function GroupsPanel() {
  const { t } = useTranslation();
  const close = useClosePanel();
  const groups = useQuery(groupsQuery);
  const channels = useQuery(channelsQuery);
  const error = groups.error ?? channels.error;

  return (
    <SidePanel title={t("connections.groups.title")} onClose={close}>
      {error ? (
        <FailedState error={error} onRetry={() => void Promise.all([groups.refetch(), channels.refetch()])} />
      ) : !groups.data || !channels.data ? (
        <div aria-busy="true">
          <Skeleton height={160} radius={12} />
        </div>
      ) : (
        <div className={classes.panel}>
          {groups.data.length > 0 && <p className={classes.lead}>{t("connections.groups.lead")}</p>}
          <NewGroup />
          {groups.data.length === 0 && (
            <EmptyState
              icon={<FolderPlus size={20} aria-hidden="true" />}
              title={t("connections.groups.none")}
              detail={t("connections.groups.lead")}
            />
          )}
          <ul className={classes.groups}>
            {groups.data.map((group, index) => (
              <Group
                key={group.id}
                group={group}
                index={index}
                last={index === groups.data.length - 1}
                channels={channels.data}
              />
            ))}
          </ul>
        </div>
      )}
    </SidePanel>
  );
}

function NewGroup() {
  const { t } = useTranslation();
  const create = useCreateGroup();
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return setError(codeText("required"));
    create.mutate(
      { name: name.trim(), channel_ids: [] },
      { onSuccess: () => setName(""), onError: (failure) => setError(errorLine(failure)) },
    );
  };
  return (
    <form className={classes.create} onSubmit={submit} noValidate>
      <TextInput
        className={classes.input}
        label={t("connections.groups.newName")}
        placeholder={t("connections.groups.example")}
        value={name}
        error={error}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setError(null);
        }}
      />
      <Button
        type="submit"
        leftSection={<FolderPlus size={14} aria-hidden="true" />}
        loading={create.isPending}
      >
        {t("connections.groups.create")}
      </Button>
    </form>
  );
}

interface GroupProps {
  group: ChannelGroup;
  index: number;
  last: boolean;
  channels: Channel[];
}

function Group({ group, index, last, channels }: GroupProps) {
  const { t } = useTranslation();
  const change = useChangeGroup();
  const remove = useDeleteGroup();
  const create = useCreateGroup();
  const [renaming, setRenaming] = useState(false);
  const { id, name } = group;
  const failed = { onError: (error: unknown) => toastFailed(error) };
  const move = (position: number) => change.mutate({ id, change: { position } }, failed);
  const members = change.isPending
    ? (change.variables.change.channel_ids ?? group.channel_ids)
    : group.channel_ids;
  const toggle = (channel: string, inside: boolean) => {
    const without = members.filter((each) => each !== channel);
    change.mutate({ id, change: { channel_ids: inside ? [...without, channel] : without } }, failed);
  };
  const takeApart = () =>
    remove.mutate(group, {
      onSuccess: () =>
        toastUndo(t("connections.groups.deleted", { name }), async () => {
          const again = await create.mutateAsync({ name, channel_ids: group.channel_ids });
          await change.mutateAsync({ id: again.id, change: { position: index } });
        }),
      ...failed,
    });
  const rename = async (wanted: string) => {
    await change.mutateAsync({ id, change: { name: wanted } });
    setRenaming(false);
    toastDone(t("connections.channel.saved", { name: wanted }));
  };

  return (
    <li className={classes.group}>
      <div className={classes.head}>
        {renaming ? (
          <InlineName
            label={t("connections.groups.name")}
            name={name}
            onSave={rename}
            onClose={() => setRenaming(false)}
          />
        ) : (
          <h3 className={classes.name}>{name}</h3>
        )}
        <ActionIcon
          size={28}
          disabled={index === 0}
          aria-label={t("connections.groups.up", { name })}
          onClick={() => move(index - 1)}
        >
          <ChevronUp size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          size={28}
          disabled={last}
          aria-label={t("connections.groups.down", { name })}
          onClick={() => move(index + 1)}
        >
          <ChevronDown size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          size={28}
          aria-label={t("connections.groups.rename", { name })}
          onClick={() => setRenaming(true)}
        >
          <PencilLine size={15} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          size={28}
          loading={remove.isPending}
          aria-label={t("connections.groups.delete", { name })}
          onClick={takeApart}
        >
          <Trash2 size={15} aria-hidden="true" />
        </ActionIcon>
      </div>
      <fieldset className={classes.channels} aria-label={t("connections.groups.channels", { name })}>
        {channels.map((channel) => (
          <Checkbox
            key={channel.id}
            checked={members.includes(channel.id)}
            onChange={(event) => toggle(channel.id, event.currentTarget.checked)}
            label={
              <span className={classes.channel}>
                <PlatformTile platform={channel.platform} />
                {channel.name}
              </span>
            }
          />
        ))}
      </fieldset>
      {channels.length === 0 && <p className={classes.lead}>{t("connections.groups.noChannels")}</p>}
    </li>
  );
}
