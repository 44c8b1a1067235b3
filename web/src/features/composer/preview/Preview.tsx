import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { platformsQuery } from "@/features/connections/queries";
import { PlatformTile } from "@/ui/PlatformTile";
import { type Draft, isEmpty, textFor } from "../draft";
import { carried } from "../marking";
import { type Judgement, rangesFor } from "../use-verdict";
import { LinkBelow } from "./LinkBelow";
import classes from "./Preview.module.css";
import { previewOf } from "./previews";

interface PreviewProps {
  draft: Draft;
  /** The chosen channels. */
  channels: Channel[];
  /** The channel whose text is being written, if it is one's alone. */
  written: string | null;
  judgement: Judgement;
  onChange: (change: (now: Draft) => Draft) => void;
}

/** The post as each of its channels will carry it. */
export function Preview({ draft, channels, written, judgement, onChange }: PreviewProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<string | null>(null);
  const [last, setLast] = useState(written);
  if (last !== written) {
    // Whoever goes over to a channel's text wants to see that channel.
    setLast(written);
    if (written !== null) setWanted(written);
  }
  const channel = channels.find(({ id }) => id === wanted) ?? channels[0];
  return (
    <aside className={classes.side} aria-label={t("editor.preview.title")}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t("editor.preview.title")}</h2>
        {channels.length > 1 && channel && (
          <Switch channels={channels} shown={channel.id} onShow={setWanted} />
        )}
      </div>
      {!channel || isEmpty(draft) ? (
        <p className={classes.empty}>{t("editor.preview.empty")}</p>
      ) : (
        <Shown draft={draft} channel={channel} judgement={judgement} onChange={onChange} />
      )}
    </aside>
  );
}

interface ShownProps extends Pick<PreviewProps, "draft" | "judgement" | "onChange"> {
  channel: Channel;
}

function Shown({ draft, channel, judgement, onChange }: ShownProps) {
  const Look = previewOf(channel.platform);
  const text = textFor(draft, channel.id);
  const ranges = carried(rangesFor(judgement, channel.id), textFor(judgement.judged, channel.id), text);
  return (
    <Look
      key={channel.id}
      channel={channel}
      text={text}
      ranges={ranges}
      media={draft.media}
      options={draft.variants[channel.id]?.options ?? {}}
      linkBelow={
        <LinkBelow draft={draft} channel={channel} text={text} ranges={ranges} onChange={onChange} />
      }
    />
  );
}

/** Platforms by their names; accounts by theirs where there are several on one platform. */
function Switch({
  channels,
  shown,
  onShow,
}: {
  channels: Channel[];
  shown: string;
  onShow: (id: string) => void;
}) {
  const { t } = useTranslation();
  const platforms = useQuery(platformsQuery);
  const nameOf = ({ id, name, platform }: Channel) => {
    const alone = channels.every((other) => other.id === id || other.platform !== platform);
    return alone ? (platforms.data?.find((each) => each.id === platform)?.name ?? name) : name;
  };
  return (
    <fieldset className={classes.switch} aria-label={t("editor.preview.of")}>
      {channels.map((channel) => (
        <button
          key={channel.id}
          type="button"
          aria-pressed={channel.id === shown}
          onClick={() => onShow(channel.id)}
        >
          {channels.length > 3 && <PlatformTile platform={channel.platform} muted={channel.id !== shown} />}
          <span>{nameOf(channel)}</span>
        </button>
      ))}
    </fieldset>
  );
}
