import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { CalendarEntry } from "@/api/model";

interface Point {
  x: number;
  y: number;
}

interface DragOptions<Place> {
  entryOf: (id: string) => CalendarEntry | undefined;
  /** The place under the pointer; `top` is where the card's upper edge is. */
  locate: (pointer: Point, top: number) => Place | null;
  same: (a: Place, b: Place) => boolean;
  onDrop: (entry: CalendarEntry, place: Place) => void;
  /** Scrolls when the pointer comes near its edges. */
  scroller: RefObject<HTMLElement | null>;
}

const BEGINS_AFTER = 5;
const EDGE = 48;
const SPEED = 10;

/**
 * Carries a card with the mouse or a pen. A finger scrolls, as everywhere.
 *
 * The carried copy is moved past React, so that carrying is smooth however much is on the page.
 */
export function useDrag<Place>(options: DragOptions<Place>) {
  const latest = useRef(options);
  latest.current = options;
  const ghost = useRef<HTMLDivElement>(null);
  const [carried, setCarried] = useState<{ entry: CalendarEntry; width: number; height: number } | null>(
    null,
  );
  const [place, setPlace] = useState<Place | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);

  const onPointerDown = useCallback((event: PointerEvent) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const card = (event.target as Element).closest<HTMLElement>("[data-entry][data-can-move]");
    const entry = card && latest.current.entryOf(card.dataset.entry ?? "");
    if (!card || !entry) return;

    const box = card.getBoundingClientRect();
    const start = { x: event.clientX, y: event.clientY };
    const grip = { x: start.x - box.left, y: start.y - box.top };
    let at = start;
    let active = false;
    let frame = 0;

    const found = () => latest.current.locate(at, at.y - grip.y);
    const draw = () => {
      frame = 0;
      if (ghost.current) ghost.current.style.transform = `translate(${at.x - grip.x}px, ${at.y - grip.y}px)`;
      const now = found();
      setPlace((before) => (before && now && latest.current.same(before, now) ? before : now));
      if (scroll(latest.current.scroller.current, at.y)) frame = requestAnimationFrame(draw);
    };
    const onMove = (moved: globalThis.PointerEvent) => {
      at = { x: moved.clientX, y: moved.clientY };
      if (!active) {
        if (Math.hypot(at.x - start.x, at.y - start.y) < BEGINS_AFTER) return;
        active = true;
        setCarried({ entry, width: box.width, height: box.height });
      }
      frame ||= requestAnimationFrame(draw);
    };
    const end = () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", onKey, true);
      setCarried(null);
      setPlace(null);
    };
    const onUp = () => {
      const target = active ? found() : null;
      if (active) swallowClick();
      end();
      if (target) latest.current.onDrop(entry, target);
    };
    const onKey = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape" || !active) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      swallowClick();
      end();
    };
    stop.current = end;
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", onKey, true);
  }, []);

  return { onPointerDown, ghost, carried, place };
}

function scroll(element: HTMLElement | null, y: number): boolean {
  if (!element) return false;
  const box = element.getBoundingClientRect();
  const by = y < box.top + EDGE ? -SPEED : y > box.bottom - EDGE ? SPEED : 0;
  const before = element.scrollTop;
  element.scrollTop += by;
  return element.scrollTop !== before;
}

/** Letting a card go is no click on it. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  window.addEventListener(
    "pointerup",
    () => setTimeout(() => window.removeEventListener("click", swallow, true)),
    { once: true, capture: true },
  );
  setTimeout(() => window.removeEventListener("click", swallow, true), 300);
}
