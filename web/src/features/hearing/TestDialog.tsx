import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, WebhookStats } from "@/api/model";
import { channelsQuery } from "@/features/connections/queries";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { quiet } from "@/ui/Rows";
import classes from "./Events.module.css";
import { statsQuery, useSendTest } from "./queries";
import type { EventsSearch } from "./search";
import { testKindWords } from "./words";

type Receiver = WebhookStats["receivers"][number];

/** Sends what a platform could tell of one of the workspace's channels, and leads to the event that it becomes. */
export function TestDialog({ search, onClose }: { search: EventsSearch; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: receivers } = useQuery({ ...statsQuery(search), select: (stats) => stats.receivers });
  const { data: channels } = useQuery(channelsQuery);
  const tried = receivers && channels && channelsToTry(receivers, channels);
  return (
    <Dialog title={t("hearing.test.title")} size={480} onClose={onClose}>
      {tried && tried.length > 0 ? (
        <Wish tried={tried} onClose={onClose} />
      ) : (
        <p aria-busy={!tried}>{tried && t("hearing.test.none")}</p>
      )}
    </Dialog>
  );
}

interface Tried {
  channel: Channel;
  receiver: Receiver;
}

/** The connected channels of platforms that tell anything, platform by platform. */
function channelsToTry(receivers: Receiver[], channels: Channel[]): Tried[] {
  return receivers.flatMap((receiver) =>
    channels
      .filter(({ platform }) => platform === receiver.platform)
      .map((channel) => ({ channel, receiver })),
  );
}

function Wish({ tried, onClose }: { tried: Tried[]; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const send = useSendTest();
  const [chosen, setChosen] = useState(tried[0]?.channel.id);
  const [wanted, setWanted] = useState<string>();
  const one = tried.find(({ channel }) => channel.id === chosen) ?? tried[0];
  const kinds = one?.receiver.test_kinds ?? [];
  const kind = wanted && kinds.includes(wanted) ? wanted : kinds[0];
  if (!one || !kind) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(
          { channel_id: one.channel.id, kind },
          {
            onSuccess: ({ id }) => {
              onClose();
              void navigate({ to: "/webhooks/$eventId", params: { eventId: id }, search: {} });
            },
          },
        );
      }}
    >
      <div className={classes.fields}>
        <p className={quiet}>{t("hearing.test.lead")}</p>
        <NativeSelect
          data-autofocus
          label={t("hearing.test.channel")}
          value={one.channel.id}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            send.reset();
          }}
          data={tried.map(({ channel, receiver }) => ({
            value: channel.id,
            label: `${receiver.name}: ${channel.name}`,
          }))}
        />
        <NativeSelect
          label={t("hearing.test.kind")}
          value={kind}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            send.reset();
          }}
          data={kinds.map((each) => ({ value: each, label: testKindWords(each) }))}
        />
        {send.error && <Refusal error={send.error} />}
      </div>
      <div className={dialog.actions}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="submit" variant="filled" loading={send.isPending}>
          {t("hearing.test.send")}
        </Button>
      </div>
    </form>
  );
}
