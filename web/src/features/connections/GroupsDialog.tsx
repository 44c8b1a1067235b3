import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Channel, ChannelGroup } from "@/api/model";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ButtonLink } from "@/ui/links";
import { toastFailed } from "@/ui/toast";
import classes from "./GroupsPanel.module.css";
import { useChangeGroup } from "./group-queries";
import { groupsQuery } from "./queries";

/** In which groups one channel is. */
export function GroupsDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: groups } = useQuery(groupsQuery);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("connections.groups.ofChannel", { name: channel.name })}
      confirm={t("connections.done")}
      onConfirm={onClose}
    >
      {groups?.length === 0 && <p className={classes.lead}>{t("connections.groups.none")}</p>}
      {groups?.map((group) => (
        <Membership key={group.id} group={group} channel={channel} />
      ))}
      <ButtonLink size="xs" variant="subtle" to="/connections/groups" search={{}}>
        {t("connections.groups.manage")}
      </ButtonLink>
    </ConfirmDialog>
  );
}

function Membership({ group, channel }: { group: ChannelGroup; channel: Channel }) {
  const change = useChangeGroup();
  const without = group.channel_ids.filter((id) => id !== channel.id);
  const inside = group.channel_ids.includes(channel.id);
  return (
    <Checkbox
      label={group.name}
      checked={change.isPending ? !inside : inside}
      disabled={change.isPending}
      onChange={() =>
        change.mutate(
          { id: group.id, change: { channel_ids: inside ? without : [...without, channel.id] } },
          { onError: (error) => toastFailed(error) },
        )
      }
    />
  );
}
