import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { Button, FileButton, UnstyledButton } from "@mantine/core";
import { ImagePlus, Images } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media, PostMedia } from "@/api/model";
import { ACCEPT } from "@/features/media/accept";
import { UploadList } from "@/features/media/UploadList";
import type { UploadQueue } from "@/features/media/upload-queue";
import { AltDialog } from "./AltDialog";
import classes from "./MediaTray.module.css";
import { TrayItem } from "./TrayItem";

const MediaPicker = lazy(async () => ({ default: (await import("./MediaPicker")).MediaPicker }));

interface MediaTrayProps {
  media: PostMedia[];
  queue: UploadQueue;
  /** Places in the tray that something is wrong with. */
  wrong: number[];
  onAdd: (media: Media[]) => void;
  onMove: (from: number, to: number) => void;
  onRemove: (id: string) => void;
  onAlt: (id: string, alt: string) => void;
  onCrop: (item: PostMedia) => void;
}

/** The post's pictures and videos in order, and the ways to add more. */
export function MediaTray(props: MediaTrayProps) {
  const { media, queue, wrong, onAdd, onMove, onRemove, onAlt, onCrop } = props;
  const { t } = useTranslation();
  const [describing, setDescribing] = useState<number | null>(null);
  const [picking, setPicking] = useState(false);
  const described = describing === null ? undefined : media[describing];

  const sensors = useSensors(
    // A press is no drag until the pointer moves.
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const placeOf = (id: string | number) => media.findIndex((item) => item.id === id);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(placeOf(active.id), placeOf(over.id));
  };

  return (
    <section aria-label={t("editor.media.label")} className={classes.section}>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={onDragEnd}
        accessibility={{
          announcements: useAnnouncements(placeOf),
          screenReaderInstructions: { draggable: t("editor.drag.how") },
        }}
      >
        <SortableContext items={media.map(({ id }) => id)} strategy={rectSortingStrategy}>
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
                onCrop={() => onCrop(item)}
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
                    {t("editor.media.add")}
                  </UnstyledButton>
                )}
              </FileButton>
            </li>
          </ul>
        </SortableContext>
      </DndContext>
      <Button
        size="xs"
        variant="subtle"
        className={classes.library}
        leftSection={<Images size={14} aria-hidden="true" />}
        onClick={() => setPicking(true)}
      >
        {t("editor.media.library")}
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
      <Suspense>{picking && <MediaPicker onClose={() => setPicking(false)} onChoose={onAdd} />}</Suspense>
    </section>
  );
}

/** What is said while something is dragged by the keyboard. */
function useAnnouncements(placeOf: (id: string | number) => number): Announcements {
  const { t } = useTranslation();
  const number = (id: string | number) => placeOf(id) + 1;
  return {
    onDragStart: ({ active }) => t("editor.drag.lifted", { number: number(active.id) }),
    onDragOver: ({ active, over }) =>
      over ? t("editor.drag.over", { number: number(active.id), place: number(over.id) }) : undefined,
    onDragEnd: ({ active, over }) =>
      t("editor.drag.dropped", { number: number(active.id), place: number(over?.id ?? active.id) }),
    onDragCancel: ({ active }) => t("editor.drag.cancelled", { number: number(active.id) }),
  };
}
