import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { ChevronLeft, ChevronRight, Crop, type LucideIcon, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PostMedia } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { Badge } from "@/ui/Badge";
import classes from "./MediaTray.module.css";

interface TrayItemProps {
  item: PostMedia;
  index: number;
  last: boolean;
  wrong: boolean;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
  onDescribe: () => void;
  onCrop: () => void;
}

/** One picture or video: dragged by pointer or keyboard, moved by its arrows, described, cropped, removed. */
export function TrayItem(props: TrayItemProps) {
  const { item, index, last, wrong, onMove, onRemove, onDescribe, onCrop } = props;
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id: item.id });
  const number = index + 1;
  return (
    <li
      ref={setNodeRef}
      className={classes.item}
      data-wrong={wrong || undefined}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={classes.grip}
        {...attributes}
        {...listeners}
        aria-label={t("editor.drag.grip", { number, name: item.file_name })}
        aria-roledescription={t("editor.drag.role")}
      >
        <Thumb media={{ ...item, alt: "" }} />
      </button>
      <UnstyledButton
        className={classes.alt}
        onClick={onDescribe}
        aria-label={t("editor.media.altButton", { number })}
      >
        <Badge tone={item.alt ? "good" : "warn"}>{t(item.alt ? "library.hasAlt" : "library.noAlt")}</Badge>
      </UnstyledButton>
      {item.kind === "image" && (
        <Tool
          icon={Crop}
          label={t("editor.media.crop", { number })}
          className={classes.crop}
          onClick={onCrop}
        />
      )}
      <Tool
        icon={X}
        label={t("editor.media.remove", { number })}
        className={classes.remove}
        onClick={onRemove}
      />
      <span className={classes.moves}>
        {index > 0 && (
          <Tool
            icon={ChevronLeft}
            label={t("editor.media.left", { number })}
            onClick={() => onMove(index, index - 1)}
          />
        )}
        {!last && (
          <Tool
            icon={ChevronRight}
            label={t("editor.media.right", { number })}
            onClick={() => onMove(index, index + 1)}
          />
        )}
      </span>
    </li>
  );
}

interface ToolProps {
  icon: LucideIcon;
  label: string;
  className?: string | undefined;
  onClick: () => void;
}

function Tool({ icon: Icon, label, className, onClick }: ToolProps) {
  return (
    <ActionIcon size={24} className={className} aria-label={label} onClick={onClick}>
      <Icon size={14} aria-hidden="true" />
    </ActionIcon>
  );
}
