import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Media } from "@/api/model";
import { useRows } from "@/ui/use-rows";
import classes from "./MediaGrid.module.css";
import { MediaLine } from "./MediaLine";
import { MediaTile } from "./MediaTile";
import { all, extended, NOTHING, neighbour, type Selection, toggled } from "./selection";

const GAP = 12;
const TILE = 168;
/** Name and facts under a tile. */
const CAPTION = 44;
const LINE = 60;
/** What stands fast at the window's edges: the filters, and what can be done with what is chosen. */
const COVERED = { top: 130, bottom: 80 };

interface MediaGridProps {
  items: Media[];
  view: "grid" | "list";
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onDelete: () => void;
  hasMore: boolean;
  onMore: () => void;
}

/**
 * All files as a grid of tiles or of lines, of which only those in sight exist.
 *
 * One place of it is in the tab order; arrow keys walk, space chooses, shift extends, Enter opens.
 */
export function MediaGrid(props: MediaGridProps) {
  const { items, view, selection, onSelect, onDelete, hasMore, onMore } = props;
  const { t } = useTranslation();
  const { ref: measure, width } = useElementSize();
  const grid = useRef<HTMLDivElement | null>(null);
  const [active, setActive] = useState(0);
  const goTo = useRef<number | null>(null);
  const [margin, setMargin] = useState(0);

  const columns = view === "list" ? 1 : Math.max(2, Math.floor((width + GAP) / (TILE + GAP)));
  const side = (width - GAP * (columns - 1)) / columns;
  const rowHeight = view === "list" ? LINE : side + CAPTION + GAP;
  const rows = Math.ceil(items.length / columns);
  const { shown, total, scrollTo } = useRows({
    count: width > 0 ? rows : 0,
    height: rowHeight,
    margin,
    beyond: 3,
    covered: COVERED,
  });
  useLayoutEffect(() => {
    const top = grid.current?.getBoundingClientRect().top;
    if (top !== undefined) setMargin(Math.round(top + window.scrollY));
  });

  const lastRow = shown.at(-1) ?? 0;
  useEffect(() => {
    if (hasMore && lastRow >= rows - 4) onMore();
  }, [hasMore, lastRow, rows, onMore]);

  const current = Math.min(active, Math.max(0, items.length - 1));
  useEffect(() => {
    if (goTo.current === null) return;
    const link = grid.current?.querySelector<HTMLElement>(`[data-index="${goTo.current}"] a`);
    if (!link) return;
    goTo.current = null;
    link.focus({ preventScroll: true });
  });

  const order = () => items.map(({ id }) => id);
  const onKeyDown = (event: KeyboardEvent) => {
    const media = items[current];
    if (!media || event.altKey) return;
    if (event.key === " ") {
      onSelect(event.shiftKey ? extended(selection, order(), media.id) : toggled(selection, media.id));
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      onSelect(all(order()));
    } else if (event.key === "Escape" && selection.ids.size > 0) {
      onSelect(NOTHING);
    } else if (event.key === "Delete") {
      if (selection.ids.size === 0) onSelect(toggled(NOTHING, media.id));
      onDelete();
    } else {
      const next = neighbour(event.key, current, columns, items.length);
      const reached = next === null ? undefined : items[next];
      if (next === null || !reached || event.ctrlKey || event.metaKey) return;
      if (event.shiftKey) {
        const from = selection.anchor === null ? toggled(selection, media.id) : selection;
        onSelect(extended(from, order(), reached.id));
      }
      goTo.current = next;
      setActive(next);
      scrollTo(Math.floor(next / columns));
    }
    event.preventDefault();
  };

  const setGrid = useCallback(
    (element: HTMLDivElement | null) => {
      grid.current = element;
      measure(element);
    },
    [measure],
  );
  const choose = (media: Media, extend: boolean) =>
    onSelect(extend ? extended(selection, order(), media.id) : toggled(selection, media.id));

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be laid out in rows that come and go
    <div
      ref={setGrid}
      role="grid"
      aria-label={t("library.files")}
      aria-multiselectable="true"
      aria-rowcount={hasMore ? -1 : rows}
      aria-colcount={columns}
      className={classes.grid}
      style={{ height: total }}
      onKeyDown={onKeyDown}
    >
      {shown.map((row) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={row}
          role="row"
          aria-rowindex={row + 1}
          className={view === "list" ? classes.line : classes.row}
          style={{
            transform: `translateY(${row * rowHeight}px)`,
            height: view === "list" ? LINE : side + CAPTION,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {items.slice(row * columns, (row + 1) * columns).map((media, column) => {
            const index = row * columns + column;
            const Cell = view === "list" ? MediaLine : MediaTile;
            return (
              <Cell
                key={media.id}
                media={media}
                index={index}
                focusable={index === current}
                onFocus={() => setActive(index)}
                selection={selection.ids}
                onChoose={(extend) => choose(media, extend)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}
