import { type KeyboardEvent, useEffect, useRef, useState } from "react";

/** Marks what of a row can be reached by the keyboard. */
export const ROW = { "data-row": true };

/** Walks a list by arrow keys; one place of it is in the tab order. Who is waiting at the list comes to its first row. */
export function useRowWalk(filled: boolean, onUp: () => void) {
  const list = useRef<HTMLUListElement>(null);
  const [reached, reach] = useState(0);
  useEffect(() => {
    const waiting = document.activeElement;
    if (filled && waiting?.contains(list.current) && waiting !== document.body)
      rowsOf(list.current)[0]?.focus();
  }, [filled]);

  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Backspace") {
      event.preventDefault();
      onUp();
      return;
    }
    const rows = rowsOf(list.current);
    const next = { ArrowDown: reached + 1, ArrowUp: reached - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
  };
  return { list, reached, reach, onKeyDown };
}

const rowsOf = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? []),
];
