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
  /** Scrolls when the pointer comes near its edges, and under a finger. */
  scroller: RefObject<HTMLElement | null>;
}

const BEGINS_AFTER = 5;
/** A finger that rests so long, in milliseconds, lifts the card; the browser's own menu would come a little later. */
const HELD = 400;
/** A resting finger trembles. */
const TREMBLE = 10;
const EDGE = 48;
const SPEED = 10;

/**
 * Carries a card with the mouse or a pen, and with a finger that has rested on it; one that moves at once scrolls, as everywhere.
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
  const byFinger = useRef(false);
  useHeldStill(options.scroller, byFinger);

  const onPointerDown = useCallback((event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const card = (event.target as Element).closest<HTMLElement>("[data-entry][data-can-move]");
    const entry = card && latest.current.entryOf(card.dataset.entry ?? "");
    if (!card || !entry) return;

    const box = card.getBoundingClientRect();
    const start = { x: event.clientX, y: event.clientY };
    const grip = { x: start.x - box.left, y: start.y - box.top };
    const { pointerId } = event;
    const finger = event.pointerType === "touch";
    let at = start;
    let active = false;
    let went = false;
    let frame = 0;

    const found = () => latest.current.locate(at, at.y - grip.y);
    const draw = () => {
      frame = 0;
      if (ghost.current) ghost.current.style.transform = `translate(${at.x - grip.x}px, ${at.y - grip.y}px)`;
      const now = found();
      setPlace((before) => (before && now && latest.current.same(before, now) ? before : now));
      if (went && scroll(latest.current.scroller.current, at.y)) frame = requestAnimationFrame(draw);
    };
    const lift = () => {
      active = true;
      byFinger.current = finger;
      setCarried({ entry, width: box.width, height: box.height });
      frame ||= requestAnimationFrame(draw);
    };
    const resting = finger ? window.setTimeout(lift, HELD) : 0;
    const onMove = (moved: globalThis.PointerEvent) => {
      if (moved.pointerId !== pointerId) return;
      at = { x: moved.clientX, y: moved.clientY };
      went ||= Math.hypot(at.x - start.x, at.y - start.y) >= (finger ? TREMBLE : BEGINS_AFTER);
      if (active) frame ||= requestAnimationFrame(draw);
      else if (went && finger) end();
      else if (went) lift();
    };
    const end = () => {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
      byFinger.current = false;
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onCancel);
      window.removeEventListener("keydown", onKey, true);
      setCarried(null);
      setPlace(null);
    };
    const onCancel = (cancelled: globalThis.PointerEvent) => {
      if (cancelled.pointerId === pointerId) end();
    };
    const onUp = (released: globalThis.PointerEvent) => {
      if (released.pointerId !== pointerId) return;
      const target = active && went ? found() : null;
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
    window.addEventListener("pointercancel", onCancel);
    window.addEventListener("keydown", onKey, true);
  }, []);

  return { onPointerDown, ghost, carried, place };
}

/**
 * While a finger carries a card the page stays where it is, and the browser's menu for links stays away.
 *
 * A browser asks only those who listened before the finger came, so these listeners are there all the time.
 */
function useHeldStill(view: RefObject<HTMLElement | null>, held: RefObject<boolean>): void {
  useEffect(() => {
    const still = (event: Event) => {
      if (held.current && event.cancelable) event.preventDefault();
    };
    const element = view.current;
    element?.addEventListener("touchmove", still, { passive: false });
    element?.addEventListener("contextmenu", still);
    return () => {
      element?.removeEventListener("touchmove", still);
      element?.removeEventListener("contextmenu", still);
    };
  }, [view, held]);
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
