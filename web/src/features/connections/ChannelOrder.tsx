import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Channel, Connection } from "@/api/model";
import { toastFailed, toastUndo } from "@/ui/toast";
import classes from "./ChannelList.module.css";
import { ChannelRow } from "./ChannelRow";
import { useOrderChannels } from "./queries";

/** The account's channels, each with its switch, in an order that people change by dragging or by the arrow keys. */
export function ChannelOrder({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { channels } = connection;
  const order = useOrderChannels(connection.id);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = channels.map(({ id }) => id);
  const nameOf = (id: string | number) => channels.find((channel) => channel.id === id)?.name ?? "";
  const place = (id: string | number) => ids.indexOf(String(id)) + 1;

  const put = (wanted: string[]) => order.mutateAsync(wanted);
  const drop = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const wanted = arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
    put(wanted).then(
      () => toastUndo(t("connections.order.moved", { name: nameOf(active.id) }), () => put(ids)),
      (error: unknown) => toastFailed(error),
    );
  };

  if (channels.length === 0) return <p className={classes.none}>{t("connections.channelsNone")}</p>;
  const at = (id: string | number, over: string | number | undefined) => ({
    name: nameOf(id),
    place: over === undefined ? place(id) : place(over),
    total: ids.length,
  });
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{
        screenReaderInstructions: { draggable: t("connections.order.instructions") },
        announcements: {
          onDragStart: ({ active }) => t("connections.order.lifted", at(active.id, undefined)),
          onDragOver: ({ active, over }) => t("connections.order.over", at(active.id, over?.id)),
          onDragEnd: ({ active, over }) => t("connections.order.dropped", at(active.id, over?.id)),
          onDragCancel: ({ active }) => t("connections.order.cancelled", { name: nameOf(active.id) }),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={classes.list}>
          {channels.map((channel) => (
            <Sortable key={channel.id} channel={channel} alone={channels.length === 1} />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function Sortable({ channel, alone }: { channel: Channel; alone: boolean }) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({
      id: channel.id,
      attributes: { roleDescription: t("connections.order.movable") },
    });
  return (
    <ChannelRow
      channel={channel}
      rowRef={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      lifted={isDragging}
      handle={
        alone ? null : (
          <button
            type="button"
            ref={setActivatorNodeRef}
            className={classes.handle}
            {...attributes}
            {...listeners}
            aria-label={t("connections.order.handle", { name: channel.name })}
          >
            <GripVertical size={16} aria-hidden="true" />
          </button>
        )
      }
    />
  );
}
