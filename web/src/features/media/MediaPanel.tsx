import { Button, Skeleton, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PenLine, Trash2 } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { duration, fileSize } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { SidePanel } from "@/ui/SidePanel";
import { toastDone, toastFailed } from "@/ui/toast";
import classes from "./MediaPanel.module.css";
import { mediaQuery, useChangeAlt, useDeleteMedia } from "./queries";

const route = getRouteApi("/frame/library/$mediaId");

/** One picture or video: what it is, what is told to those who cannot see it, and the way to remove it. */
export function MediaPanel() {
  const { t } = useTranslation();
  const { mediaId } = route.useParams();
  const navigate = route.useNavigate();
  const close = useCallback(() => void navigate({ to: "/library" }), [navigate]);
  const { data: media, error, refetch } = useQuery(mediaQuery(mediaId));

  if (!media) {
    return (
      <SidePanel title={t("library.title")} onClose={close}>
        {error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton height={300} radius={12} />
        )}
      </SidePanel>
    );
  }
  return <Loaded key={media.id} media={media} onClose={close} />;
}

function Loaded({ media, onClose }: { media: Media; onClose: () => void }) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const remove = useDeleteMedia();
  const name = media.file_name;
  const facts: [string, string | null][] = [
    [t("library.facts.type"), media.mime],
    [t("library.facts.size"), fileSize(media.bytes)],
    [t("library.facts.dimensions"), media.width > 0 ? `${media.width} × ${media.height}` : null],
    [t("library.facts.length"), media.duration_ms ? duration(media.duration_ms) : null],
    [
      t("library.facts.used"),
      media.used_in === 0 ? t("library.used_zero") : t("library.used", { count: media.used_in }),
    ],
  ];
  const confirm = () =>
    remove.mutate(media.id, {
      onSuccess: () => {
        toastDone(t("library.deleted", { name }));
        onClose();
      },
      onError: (error) => {
        setDeleting(false);
        toastFailed(error, t("library.deleteRefused", { name }));
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
            leftSection={<PenLine size={14} aria-hidden="true" />}
          >
            {t("library.usePost")}
          </ButtonLink>
          <Button
            variant="danger"
            leftSection={<Trash2 size={14} aria-hidden="true" />}
            onClick={() => setDeleting(true)}
          >
            {t("common.delete")}
          </Button>
        </>
      }
    >
      <div className={classes.sections}>
        <div className={classes.stage}>
          {media.kind === "video" ? (
            // biome-ignore lint/a11y/useMediaCaption: the person's own upload; there is no caption track to offer
            <video src={media.url} controls aria-label={media.alt || name} />
          ) : (
            <img src={media.url} alt={media.alt} />
          )}
        </div>
        <AltText media={media} />
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
            <dt>{t("library.facts.added")}</dt>
            <dd>
              <Ago at={media.created_at} />
            </dd>
          </div>
        </dl>
      </div>
      <ConfirmDialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t("library.deleteTitle", { name })}
        confirm={t("common.delete")}
        onConfirm={confirm}
        pending={remove.isPending}
        destructive
      >
        <p>{t("library.deleteDetail")}</p>
      </ConfirmDialog>
    </SidePanel>
  );
}

function AltText({ media }: { media: Media }) {
  const { t } = useTranslation();
  const [alt, setAlt] = useState(media.alt);
  const change = useChangeAlt();
  const save = () =>
    change.mutate(
      { id: media.id, alt: alt.trim() },
      { onSuccess: () => toastDone(t("library.altSaved")), onError: (error) => toastFailed(error) },
    );
  return (
    <div className={classes.alt}>
      <Textarea
        label={t("library.alt")}
        description={t("library.altHelp")}
        autosize
        minRows={2}
        value={alt}
        onChange={(event) => setAlt(event.currentTarget.value)}
      />
      <Button disabled={alt.trim() === media.alt} loading={change.isPending} onClick={save}>
        {t("common.save")}
      </Button>
    </div>
  );
}
