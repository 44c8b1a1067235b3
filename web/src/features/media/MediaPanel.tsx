import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Crop, Download, Ellipsis, FileCog, PenLine, Trash2 } from "lucide-react";
import { type CSSProperties, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import type { Media } from "@/api/model";
import { fileSize, playingTime } from "@/i18n/format";
import { inOurWords } from "@/i18n/server-words";
import { Ago } from "@/ui/Ago";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { Notice } from "@/ui/Notice";
import { LateMenu } from "@/ui/over/LateMenu";
import { SidePanel } from "@/ui/SidePanel";
import { Together } from "@/ui/Together";
import { toastDone, toastFailed } from "@/ui/toast";
import { ConvertDialog } from "./ConvertDialog";
import { CropDialog } from "./CropDialog";
import { MediaFields } from "./MediaFields";
import classes from "./MediaPanel.module.css";
import { MediaUsage } from "./MediaUsage";
import { mediaQuery, usageQuery, useDeleteMedia } from "./queries";

const route = getRouteApi("/frame/library/$mediaId");

/** One picture or video: what it is, what is said of it, where it is used, and what can be made of it. */
export function MediaPanel() {
  const { t } = useTranslation();
  const { mediaId } = route.useParams();
  const navigate = route.useNavigate();
  const close = useCallback(() => void navigate({ to: "/library", search: (now) => now }), [navigate]);
  const show = useCallback(
    (media: Media) =>
      void navigate({ to: "/library/$mediaId", params: { mediaId: media.id }, search: (now) => now }),
    [navigate],
  );
  const { data: media, error, refetch } = useQuery(mediaQuery(mediaId));

  if (!media) {
    return (
      <SidePanel title={t("library.title")} onClose={close}>
        {error ? <FailedState error={error} onRetry={() => void refetch()} /> : <Coming />}
      </SidePanel>
    );
  }
  return <Loaded key={media.id} media={media} onClose={close} onMade={show} />;
}

function Coming() {
  return (
    <div className={classes.sections} aria-busy="true">
      <Skeleton height={300} radius={12} />
      <Skeleton height={90} />
      <Skeleton height={32} />
    </div>
  );
}

interface LoadedProps {
  media: Media;
  onClose: () => void;
  onMade: (media: Media) => void;
}

function Loaded({ media, onClose, onMade }: LoadedProps) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<"delete" | "crop" | "convert" | null>(null);
  const [kept, setKept] = useState<ApiError | null>(null);
  const remove = useDeleteMedia();
  const usage = useQuery(usageQuery(media.id));
  const name = media.file_name;
  const still = media.kind === "image";
  const close = () => setDialog(null);
  const made = (words: string) => (file: Media) => {
    close();
    toastDone(words);
    onMade(file);
  };
  const confirm = () =>
    remove.mutate(media.id, {
      onSuccess: () => {
        toastDone(t("library.deleted", { name }));
        onClose();
      },
      onError: (error) => {
        close();
        if (error instanceof ApiError && error.code === "media_in_use") setKept(error);
        else toastFailed(error, t("library.deleteRefused", { name }));
      },
    });

  return (
    <SidePanel
      title={name}
      onClose={onClose}
      footer={
        <>
          <ButtonLink
            to="/compose/{-$postId}"
            search={{ media: media.id }}
            variant="filled"
            leftSection={<PenLine size={14} aria-hidden="true" />}
          >
            {t("oneFile.usePost")}
          </ButtonLink>
          {still && (
            <Button leftSection={<Crop size={14} aria-hidden="true" />} onClick={() => setDialog("crop")}>
              {t("oneFile.crop.action")}
            </Button>
          )}
          <LateMenu
            position="top-end"
            target={
              <Button leftSection={<Ellipsis size={14} aria-hidden="true" />}>{t("common.more")}</Button>
            }
          >
            {(Menu) => (
              <>
                <Menu.Item
                  component="a"
                  href={media.url}
                  download={name}
                  leftSection={<Download size={14} aria-hidden="true" />}
                >
                  {t("oneFile.download")}
                </Menu.Item>
                {still && (
                  <Menu.Item
                    leftSection={<FileCog size={14} aria-hidden="true" />}
                    onClick={() => setDialog("convert")}
                  >
                    {t("oneFile.convert.action")}
                  </Menu.Item>
                )}
              </>
            )}
          </LateMenu>
          <Button
            variant="danger"
            leftSection={<Trash2 size={14} aria-hidden="true" />}
            onClick={() => setDialog("delete")}
          >
            {t("common.delete")}
          </Button>
        </>
      }
    >
      <Together reading={usage.isPending} coming={<Coming />}>
        <div className={classes.sections}>
          {kept && <InUse refusal={kept} name={name} />}
          <Stage media={media} />
          <MediaFields media={media} />
          <MediaUsage id={media.id} />
          <Facts media={media} />
        </div>
      </Together>
      <ConfirmDialog
        opened={dialog === "delete"}
        onClose={close}
        title={t("library.deleteTitle", { name })}
        confirm={t("common.delete")}
        onConfirm={confirm}
        pending={remove.isPending}
        destructive
      >
        <p>{t("oneFile.deleteDetail")}</p>
      </ConfirmDialog>
      {dialog === "crop" && (
        <CropDialog media={media} onClose={close} onDone={made(t("oneFile.crop.done"))} />
      )}
      {dialog === "convert" && (
        <ConvertDialog media={media} onClose={close} onDone={made(t("oneFile.convert.done"))} />
      )}
    </SidePanel>
  );
}

function Stage({ media }: { media: Media }) {
  const { width, height } = media;
  const shape =
    width > 0
      ? ({
          aspectRatio: `${width} / ${height}`,
          "--width": `${width}px`,
          "--ratio": width / height,
        } as CSSProperties)
      : {};
  return (
    <div className={classes.stage}>
      {media.kind === "video" ? (
        // biome-ignore lint/a11y/useMediaCaption: the person's own upload; there is no caption track to offer
        <video
          src={media.url}
          controls
          preload="metadata"
          style={shape}
          aria-label={media.alt || media.file_name}
        />
      ) : (
        <img src={media.url} alt={media.alt} width={media.width} height={media.height} style={shape} />
      )}
    </div>
  );
}

/** Why it was not deleted, with the way to each post that needs it. */
function InUse({ refusal, name }: { refusal: ApiError; name: string }) {
  const { t } = useTranslation();
  return (
    <Notice tone="bad" title={t("library.deleteRefused", { name })}>
      <p>{inOurWords(refusal.detail)}</p>
      <ul className={classes.keepers}>
        {refusal.errors.map(({ field, detail }) => (
          <li key={field}>
            <Link to="/posts/$postId" params={{ postId: field.replace("posts.", "") }} search={{}}>
              {inOurWords(detail)}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Facts({ media }: { media: Media }) {
  const { t } = useTranslation();
  const facts: [string, string | null][] = [
    [t("oneFile.facts.type"), media.mime],
    [t("oneFile.facts.size"), fileSize(media.bytes)],
    [t("oneFile.facts.dimensions"), media.width > 0 ? `${media.width} × ${media.height}` : null],
    [t("oneFile.facts.length"), media.duration_ms ? playingTime(media.duration_ms) : null],
    [t("oneFile.facts.codec"), media.codec],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
      <div>
        <dt>{t("oneFile.facts.added")}</dt>
        <dd>
          <Ago at={media.created_at} />
        </dd>
      </div>
      {media.derived_from && (
        <div>
          <dt>{t("oneFile.facts.madeFrom")}</dt>
          <dd>
            <Link to="/library/$mediaId" params={{ mediaId: media.derived_from }} search>
              {t("oneFile.facts.original")}
            </Link>
          </dd>
        </div>
      )}
    </dl>
  );
}
