import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import classes from "./MediaLine.module.css";
import { type CellProps, facts, useCell } from "./MediaTile";
import { Thumb } from "./Thumb";

/** One file in the list. */
export function MediaLine(props: CellProps) {
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
      className={classes.line}
      draggable
      onDragStart={cell.onDragStart}
    >
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
        <span className={classes.thumb}>
          <Thumb media={media} />
        </span>
        <span className={classes.words}>
          <span className={classes.name}>{media.file_name}</span>
          <span className={classes.facts}>{facts(media)}</span>
        </span>
        <span className={classes.tags}>
          {!media.alt && <Badge tone="warn">{t("library.noAlt")}</Badge>}
          {media.tags.slice(0, 3).map((tag) => (
            <Badge key={tag} tone="quiet">
              {tag}
            </Badge>
          ))}
        </span>
        <span className={classes.used}>
          {media.used_in === 0 ? t("library.unusedShort") : t("library.used", { count: media.used_in })}
        </span>
        <span className={classes.added}>
          <Ago at={media.created_at} />
        </span>
      </Link>
    </div>
  );
}
