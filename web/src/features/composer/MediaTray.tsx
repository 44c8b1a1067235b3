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
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel, Media, PostMedia } from "@/api/model";
import { ACCEPT } from "@/features/media/accept";
import { UploadList } from "@/features/media/UploadList";
import type { UploadQueue } from "@/features/media/upload-queue";
import { withWords } from "@/i18n";
import { AltDialog } from "./AltDialog";
import { Findings } from "./Findings";
import { mediaIndexOf, type SharedFinding } from "./findings";
import classes from "./MediaTray.module.css";
import { TrayItem } from "./TrayItem";
import type { Coming } from "./use-coming";

const ImportList = lazy(async () => ({
  default: (await withWords(["imports"], () => import("@/features/imports/ImportList"))).ImportList,
}));
const TakeButton = lazy(async () => ({
  default: (await withWords(["adding"], () => import("@/features/imports/TakeButton"))).TakeButton,
}));
const MediaPicker = lazy(async () => ({ default: (await import("./MediaPicker")).MediaPicker }));

interface MediaTrayProps {
  media: PostMedia[];
  queue: UploadQueue;
  /** What is on its way from connected accounts. */
  coming: Coming;
  /** What the check says about them. */
  findings: SharedFinding[];
  channels: Channel[];
  onFix: (finding: SharedFinding, channel: Channel) => void;
  fixing: SharedFinding | null;
  onAdd: (media: Media[]) => void;
  onMove: (from: number, to: number) => void;
  onRemove: (id: string) => void;
  onAlt: (id: string, alt: string) => void;
  onCrop: (item: PostMedia) => void;
}

/** The post's pictures and videos in order, and the ways to add more. */
export function MediaTray(props: MediaTrayProps) {
  const { media, queue, coming, findings, channels, onFix, fixing, onAdd, onMove, onRemove, onAlt, onCrop } =
    props;
  const { t } = useTranslation();
  const said = useId();
  const [describing, setDescribing] = useState<number | null>(null);
  const [picking, setPicking] = useState(false);
  const about = (index: number | null) => findings.filter(({ field }) => mediaIndexOf(field) === index);
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
                wrong={about(index).some(({ level }) => level === "error")}
                {...(about(index).length > 0 ? { describedBy: said + index } : {})}
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
      <div className={classes.ways}>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<Images size={14} aria-hidden="true" />}
          onClick={() => setPicking(true)}
        >
          {t("editor.media.library")}
        </Button>
        <Suspense>
          <TakeButton onTake={coming.take} />
        </Suspense>
      </div>
      <UploadList queue={queue} />
      <Suspense>
        {coming.imports.length > 0 && <ImportList imports={coming.imports} onWanted={coming.want} />}
      </Suspense>
      <Findings findings={about(null)} channels={channels} />
      {media.map(({ id }, index) =>
        about(index).length === 0 ? null : (
          <div key={id} id={said + index} className={classes.said}>
            {media.length > 1 && (
              <p className={classes.itemName}>{t("editor.findings.item", { number: index + 1 })}</p>
            )}
            <Findings
              findings={about(index)}
              channels={channels}
              onDescribe={() => setDescribing(index)}
              onFix={onFix}
              fixing={fixing}
            />
          </div>
        ),
      )}
      {described && describing !== null && (
        <AltDialog
          key={described.id}
          media={described}
          number={describing + 1}
          findings={about(describing).filter(({ field }) => field.endsWith(".alt"))}
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
