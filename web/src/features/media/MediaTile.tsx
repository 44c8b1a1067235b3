import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DragEvent, MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { fileSize } from "@/i18n/format";
import { Badge } from "@/ui/Badge";
import { dragFiles } from "./drag";
import classes from "./MediaTile.module.css";
import { Thumb } from "./Thumb";

export interface CellProps {
  media: Media;
  index: number;
  /** It is the one place of the grid that the tab key reaches. */
  focusable: boolean;
  onFocus: () => void;
  selection: ReadonlySet<string>;
  /** With `extend`, everything from the last chosen one to here. */
  onChoose: (extend: boolean) => void;
}

/** What tiles and lines have in common: opening, choosing and dragging. */
export function useCell({ media, selection, onChoose }: CellProps) {
  return {
    onDragStart: (event: DragEvent) => dragFiles(event, media.id, selection),
    onClick: (event: MouseEvent) => {
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      onChoose(event.shiftKey);
    },
  };
}

export const facts = (media: Media): string =>
  [media.width > 0 ? `${media.width} × ${media.height}` : null, fileSize(media.bytes)]
    .filter(Boolean)
    .join(" · ");

/** One file in the grid. */
export function MediaTile(props: CellProps) {
  const { media, index, focusable, onFocus, selection, onChoose } = props;
  const { t } = useTranslation();
  const cell = useCell(props);
  const chosen = selection.has(media.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the grid is no table
    // biome-ignore lint/a11y/useFocusableInteractive: the focus is on the link inside
    <div
      role="gridcell"
      aria-selected={chosen}
      data-index={index}
      data-choosing={selection.size > 0 || undefined}
      className={classes.tile}
      draggable
      onDragStart={cell.onDragStart}
    >
      <Link
        to="/library/$mediaId"
        params={{ mediaId: media.id }}
        search
        preload={false}
        aria-label={t("library.openItem", { name: media.file_name })}
        tabIndex={focusable ? 0 : -1}
        draggable={false}
        className={classes.link}
        onFocus={onFocus}
        onClick={cell.onClick}
      >
        <span className={classes.picture}>
          <Thumb media={media} />
          {!media.alt && (
            <span className={classes.alt}>
              <Badge tone="warn">{t("library.noAlt")}</Badge>
            </span>
          )}
        </span>
        <span className={classes.name}>{media.file_name}</span>
        <span className={classes.facts}>{facts(media)}</span>
      </Link>
      <span className={classes.check}>
        <Checkbox
          size="sm"
          checked={chosen}
          tabIndex={-1}
          aria-label={t("library.chooseItem", { name: media.file_name })}
          onClick={(event) => event.shiftKey && onChoose(true)}
          onChange={(event) => {
            // A click with shift was told already.
            if (!(event.nativeEvent as unknown as globalThis.MouseEvent).shiftKey) onChoose(false);
          }}
        />
      </span>
    </div>
  );
}
