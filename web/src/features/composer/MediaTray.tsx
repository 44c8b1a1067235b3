import { ActionIcon, Button, FileButton, UnstyledButton } from "@mantine/core";
import { ChevronLeft, ChevronRight, ImagePlus, Images, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media, PostMedia } from "@/api/model";
import { ACCEPT } from "@/features/media/FileDrop";
import { Thumb } from "@/features/media/Thumb";
import { UploadList } from "@/features/media/UploadList";
import type { UploadQueue } from "@/features/media/upload-queue";
import { Badge } from "@/ui/Badge";
import { AltDialog } from "./AltDialog";
import { MediaPicker } from "./MediaPicker";
import classes from "./MediaTray.module.css";

interface MediaTrayProps {
  media: PostMedia[];
  queue: UploadQueue;
  /** Places in the tray that something is wrong with. */
  wrong: number[];
  onAdd: (media: Media[]) => void;
  onMove: (from: number, to: number) => void;
  onRemove: (id: string) => void;
  onAlt: (id: string, alt: string) => void;
}

/** The post's pictures and videos in order, and the ways to add more. */
export function MediaTray({ media, queue, wrong, onAdd, onMove, onRemove, onAlt }: MediaTrayProps) {
  const { t } = useTranslation();
  const [describing, setDescribing] = useState<number | null>(null);
  const [picking, setPicking] = useState(false);
  const described = describing === null ? undefined : media[describing];

  return (
    <section aria-label={t("composer.media.label")} className={classes.section}>
      <ul className={classes.tray}>
        {media.map((item, index) => (
          <TrayItem
            key={item.id}
            item={item}
            index={index}
            last={index === media.length - 1}
            wrong={wrong.includes(index)}
            onMove={onMove}
            onRemove={() => onRemove(item.id)}
            onDescribe={() => setDescribing(index)}
          />
        ))}
        <li>
          <FileButton
            onChange={(files) => queue.add(files)}
            accept={ACCEPT}
            multiple
            inputProps={{ "aria-label": t("library.choose") }}
          >
            {(props) => (
              <UnstyledButton className={classes.add} {...props}>
                <ImagePlus size={18} aria-hidden="true" />
                {t("composer.media.add")}
              </UnstyledButton>
            )}
          </FileButton>
        </li>
      </ul>
      <Button
        size="xs"
        variant="subtle"
        className={classes.library}
        leftSection={<Images size={14} aria-hidden="true" />}
        onClick={() => setPicking(true)}
      >
        {t("composer.media.library")}
      </Button>
      <UploadList queue={queue} />
      {described && describing !== null && (
        <AltDialog
          key={described.id}
          media={described}
          number={describing + 1}
          onClose={() => setDescribing(null)}
          onSave={(alt) => onAlt(described.id, alt)}
        />
      )}
      {picking && <MediaPicker onClose={() => setPicking(false)} onChoose={onAdd} />}
    </section>
  );
}

interface TrayItemProps {
  item: PostMedia;
  index: number;
  last: boolean;
  wrong: boolean;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
  onDescribe: () => void;
}

/** The kind of data that names a place of the tray while it is dragged. */
const PLACE = "application/x-fanfare-place";

function TrayItem({ item, index, last, wrong, onMove, onRemove, onDescribe }: TrayItemProps) {
  const { t } = useTranslation();
  const number = index + 1;
  return (
    <li
      className={classes.item}
      data-wrong={wrong || undefined}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(PLACE, String(index))}
      onDragOver={(event) => event.dataTransfer.types.includes(PLACE) && event.preventDefault()}
      onDrop={(event) => {
        const from = event.dataTransfer.getData(PLACE);
        if (from !== "") onMove(Number(from), index);
      }}
    >
      <Thumb media={item} />
      <UnstyledButton
        className={classes.alt}
        onClick={onDescribe}
        aria-label={t("composer.media.altButton", { number })}
      >
        <Badge tone={item.alt ? "good" : "warn"}>{t(item.alt ? "library.hasAlt" : "library.noAlt")}</Badge>
      </UnstyledButton>
      <ActionIcon
        size={24}
        className={classes.remove}
        aria-label={t("composer.media.remove", { number })}
        onClick={onRemove}
      >
        <X size={14} aria-hidden="true" />
      </ActionIcon>
      <span className={classes.moves}>
        {index > 0 && (
          <ActionIcon
            size={24}
            aria-label={t("composer.media.left", { number })}
            onClick={() => onMove(index, index - 1)}
          >
            <ChevronLeft size={14} aria-hidden="true" />
          </ActionIcon>
        )}
        {!last && (
          <ActionIcon
            size={24}
            aria-label={t("composer.media.right", { number })}
            onClick={() => onMove(index, index + 1)}
          >
            <ChevronRight size={14} aria-hidden="true" />
          </ActionIcon>
        )}
      </span>
    </li>
  );
}
