import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { History as HistoryIcon, RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, PostVersion } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { Ago } from "@/ui/Ago";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { PlatformTile } from "@/ui/PlatformTile";
import { SidePanel } from "@/ui/SidePanel";
import { versionsQuery } from "./content-queries";
import { Difference } from "./Difference";
import type { Draft } from "./draft";
import classes from "./History.module.css";

interface HistoryProps {
  /** `null` until the draft is first saved. */
  postId: string | null;
  draft: Draft;
  channels: Channel[];
  onRestore: (version: PostVersion) => Promise<void>;
  onClose: () => void;
}

/** What the post said before, each version beside what it says now. */
export function History({ postId, draft, channels, onRestore, onClose }: HistoryProps) {
  const { t } = useTranslation();
  const versions = useQuery({ ...versionsQuery(postId ?? ""), enabled: postId !== null });
  const [chosen, setChosen] = useState<number | null>(null);
  const earlier = versions.data?.filter(({ current }) => !current) ?? [];
  return (
    <SidePanel title={t("editor.history.title")} onClose={onClose}>
      {versions.error ? (
        <FailedState error={versions.error} onRetry={() => void versions.refetch()} />
      ) : postId !== null && versions.isPending ? (
        <Skeleton height={200} radius={12} />
      ) : earlier.length === 0 ? (
        <EmptyState title={t("editor.history.emptyTitle")} detail={t("editor.history.emptyDetail")} />
      ) : (
        <>
          <p className={classes.hint}>{t("editor.history.hint")}</p>
          <ol className={classes.list}>
            {earlier.map((version) => (
              <li key={version.number} className={classes.version}>
                <button
                  type="button"
                  className={classes.head}
                  aria-expanded={chosen === version.number}
                  onClick={() => setChosen((now) => (now === version.number ? null : version.number))}
                >
                  <HistoryIcon size={15} aria-hidden="true" />
                  <span className={classes.when}>
                    <Ago at={version.updated_at} />
                    {version.author && <span className={classes.who}>{version.author.name}</span>}
                  </span>
                  {version.restored_from !== null && (
                    <span className={classes.note}>{t("editor.history.restored")}</span>
                  )}
                  <span className={classes.snippet} dir="auto">
                    {version.text || t("editor.history.noText")}
                  </span>
                </button>
                {chosen === version.number && (
                  <Compared version={version} draft={draft} channels={channels} onRestore={onRestore} />
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </SidePanel>
  );
}

interface ComparedProps extends Pick<HistoryProps, "draft" | "channels" | "onRestore"> {
  version: PostVersion;
}

function Compared({ version, draft, channels, onRestore }: ComparedProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const own = channels.filter(
    ({ id }) => (version.variants[id]?.text ?? null) !== (draft.variants[id]?.text ?? null),
  );
  const ids = (media: { id: string }[]) => media.map(({ id }) => id).join();
  const names = version.channel_ids
    .map((id) => channels.find((channel) => channel.id === id)?.name)
    .filter(Boolean);
  return (
    <div className={classes.compared}>
      <Difference before={draft.text} after={version.text} />
      {own.map((channel) => (
        <div key={channel.id}>
          <p className={classes.channel}>
            <PlatformTile platform={channel.platform} /> {channel.name}
          </p>
          <Difference
            before={draft.variants[channel.id]?.text ?? draft.text}
            after={version.variants[channel.id]?.text ?? version.text}
          />
        </div>
      ))}
      {ids(version.media) !== ids(draft.media) && (
        <div>
          <p className={classes.channel}>{t("editor.history.media", { count: version.media.length })}</p>
          <ul className={classes.media}>
            {version.media.map((item) => (
              <li key={item.id}>
                <Thumb media={item} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {version.media_gone > 0 && (
        <p className={classes.note}>{t("editor.history.gone", { count: version.media_gone })}</p>
      )}
      {version.channel_ids.join() !== draft.channelIds.join() && (
        <p className={classes.note}>
          {names.length > 0
            ? t("editor.history.channels", { names: names.join(", ") })
            : t("editor.history.noChannels")}
        </p>
      )}
      <Button
        variant="filled"
        loading={busy}
        leftSection={<RotateCcw size={14} aria-hidden="true" />}
        onClick={() => {
          setBusy(true);
          void onRestore(version).finally(() => setBusy(false));
        }}
      >
        {t("editor.history.restore")}
      </Button>
    </div>
  );
}
