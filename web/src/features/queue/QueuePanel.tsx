import { Button, Checkbox, Select, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Queue, QueueSlot } from "@/api/model";
import { channelsQuery } from "@/features/connections/queries";
import { useClosePanel } from "@/features/connections/use-close-panel";
import { browserZone } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { PlatformTile } from "@/ui/PlatformTile";
import { SidePanel } from "@/ui/SidePanel";
import { zoneChoices } from "@/ui/time/zones";
import { toastDone, toastFailed } from "@/ui/toast";
import { UnsavedChanges } from "@/ui/UnsavedChanges";
import { QueueGrid } from "./QueueGrid";
import classes from "./QueuePanel.module.css";
import { queueQuery, useSetQueues } from "./queries";
import { PRESETS } from "./slots";

/** The queue of the channel in the address, over the connections. */
export function ConnectionsQueuePanel() {
  const { channelId } = useParams({ from: "/frame/connections/queue/$channelId" });
  const close = useClosePanel();
  return <QueuePanel key={channelId} channelId={channelId} onClose={close} />;
}

/** The same, over the queue page. */
export function QueuePageQueuePanel() {
  const navigate = useNavigate();
  const { channelId } = useParams({ from: "/frame/queue/$channelId" });
  const close = useCallback(() => void navigate({ to: "/queue" }), [navigate]);
  return <QueuePanel key={channelId} channelId={channelId} onClose={close} />;
}

function QueuePanel({ channelId, onClose }: { channelId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queue = useQuery({ ...queueQuery(channelId), refetchOnWindowFocus: false });
  const channels = useQuery(channelsQuery);
  const error = queue.error ?? channels.error;
  const channel = channels.data?.find(({ id }) => id === channelId);
  if (!queue.data || !channels.data || !channel) {
    return (
      <SidePanel title={t("scheduling.queue.title")} onClose={onClose}>
        {error ? (
          <FailedState
            error={error}
            onRetry={() => void Promise.all([queue.refetch(), channels.refetch()])}
          />
        ) : (
          <div className={classes.sections} aria-busy="true">
            <Skeleton height={40} />
            <Skeleton height={200} radius={12} />
          </div>
        )}
      </SidePanel>
    );
  }
  return <Editor channel={channel} channels={channels.data} queue={queue.data} onClose={onClose} />;
}

interface EditorProps {
  channel: Channel;
  channels: Channel[];
  queue: Queue;
  onClose: () => void;
}

function Editor({ channel, channels, queue, onClose }: EditorProps) {
  const { t } = useTranslation();
  const isNew = queue.slots.length === 0;
  // A queue that nobody made is in no zone yet: most people live where their channels do.
  const [zone, setZone] = useState(isNew ? browserZone() : queue.time_zone);
  const [slots, setSlots] = useState<QueueSlot[]>(queue.slots);
  const [copyTo, setCopyTo] = useState<string[]>([]);
  const [leaving, setLeaving] = useState(false);
  const save = useSetQueues();
  const choices = useMemo(() => zoneChoices(zone), [zone]);
  const others = channels.filter(({ id }) => id !== channel.id);
  const changed =
    JSON.stringify(slots) !== JSON.stringify(queue.slots) ||
    (!isNew && zone !== queue.time_zone) ||
    copyTo.length > 0;

  const keep = () => {
    setLeaving(true);
    save.mutate(
      { channelIds: [channel.id, ...copyTo], timeZone: zone, slots },
      {
        onSuccess: () => {
          toastDone(
            copyTo.length > 0
              ? t("scheduling.queue.savedMany", { count: copyTo.length })
              : t("scheduling.queue.saved"),
          );
          onClose();
        },
        onError: (error) => {
          setLeaving(false);
          toastFailed(error);
        },
      },
    );
  };

  return (
    <SidePanel
      title={
        <span className={classes.title}>
          <PlatformTile platform={channel.platform} size={20} />
          {t("scheduling.queue.of", { name: channel.name })}
        </span>
      }
      onClose={onClose}
      footer={
        <div className={classes.foot}>
          <Button variant="filled" disabled={!changed} loading={save.isPending} onClick={keep}>
            {t("scheduling.queue.save")}
          </Button>
          <p className={classes.quiet} role="status">
            {changed ? t("scheduling.queue.unsaved") : t("scheduling.queue.count", { count: slots.length })}
          </p>
        </div>
      }
    >
      <UnsavedChanges unsaved={changed && !leaving} />
      <div className={classes.sections}>
        <p className={classes.quiet}>{t("scheduling.queue.intro")}</p>
        <Select
          label={t("scheduling.queue.zone")}
          data={choices}
          searchable
          allowDeselect={false}
          value={zone}
          onChange={(chosen) => chosen && setZone(chosen)}
          onFocus={(event) => event.currentTarget.select()}
          nothingFoundMessage={t("composer.when.noZone")}
          maxDropdownHeight={220}
          limit={60}
        />
        <section>
          {slots.length === 0 && <Begin onChoose={setSlots} />}
          <QueueGrid slots={slots} onChange={setSlots} />
          {slots.length > 0 && (
            <Button size="xs" variant="subtle" className={classes.clear} onClick={() => setSlots([])}>
              {t("scheduling.queue.clear")}
            </Button>
          )}
        </section>
        {others.length > 0 && (
          <Checkbox.Group
            label={t("scheduling.queue.copyLabel")}
            description={t("scheduling.queue.copyHelp")}
            value={copyTo}
            onChange={setCopyTo}
          >
            <div className={classes.others}>
              {others.map(({ id, name, platform }) => (
                <Checkbox
                  key={id}
                  value={id}
                  label={
                    <span className={classes.title}>
                      <PlatformTile platform={platform} size={18} /> {name}
                    </span>
                  }
                />
              ))}
            </div>
          </Checkbox.Group>
        )}
      </div>
    </SidePanel>
  );
}

function Begin({ onChoose }: { onChoose: (slots: QueueSlot[]) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.begin}>
      <p className={classes.strong}>{t("scheduling.queue.empty")}</p>
      <p className={classes.quiet}>{t("scheduling.queue.emptyDetail")}</p>
      <div className={classes.presets}>
        {(["weekdays", "twice", "three"] as const).map((preset) => (
          <Button key={preset} size="xs" onClick={() => onChoose(PRESETS[preset]())}>
            {t(`scheduling.queue.presets.${preset}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
