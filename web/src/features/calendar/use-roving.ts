import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Day } from "./days";
import { type Arrow, entrance, isArrow, type Stops } from "./roving";

/** The stop that an event happened at. */
export const stopAt = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest("[data-stop]")?.getAttribute("data-stop") ?? null) : null;

const elementOf = (root: HTMLElement | null, id: string | null) =>
  id === null ? null : root?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(id)}"]`);

/** Keeps a post that is moved by the keyboard in view. */
export function useInView(root: RefObject<HTMLElement | null>, id: string | null, at: Date | null): void {
  useEffect(() => {
    if (at) elementOf(root.current, id)?.scrollIntoView({ block: "nearest" });
  }, [root, id, at]);
}

/**
 * One way in by Tab, and arrow keys from post to post.
 *
 * `next` says where an arrow leads. What gets the focus has to be drawn when it is `stop`, in view or not.
 */
export function useRoving(
  all: Stops,
  today: Day,
  next: (all: Stops, from: string, to: Arrow) => string | null,
) {
  const root = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const holds = useRef(false);

  // After every drawing: what is wanted may have come into view only now, and what had the focus may have been drawn anew
  // somewhere else.
  useEffect(() => {
    const lost = holds.current && document.activeElement === document.body ? last : null;
    const element = elementOf(root.current, wanted.current ?? lost);
    if (!element) return;
    wanted.current = null;
    element.focus();
  });

  useEffect(() => {
    const letGo = () => {
      holds.current = false;
    };
    window.addEventListener("pointerdown", letGo, true);
    return () => window.removeEventListener("pointerdown", letGo, true);
  }, []);

  const focus = useCallback((id: string) => {
    setLast(id);
    const element = elementOf(root.current, id);
    if (element) element.focus();
    else wanted.current = id;
  }, []);

  const onFocus = useCallback((event: FocusEvent) => {
    const id = stopAt(event.target);
    holds.current = id !== null;
    if (id !== null) setLast(id);
  }, []);

  const onBlur = useCallback((event: FocusEvent) => {
    if (event.relatedTarget) holds.current = false;
  }, []);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (!isArrow(event.key) || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      const from = stopAt(event.target);
      if (from === null) return;
      event.preventDefault();
      const to = next(all, from, event.key);
      if (to !== null) focus(to);
    },
    [all, next, focus],
  );

  return { root, stop: entrance(all, last, today), focus, onFocus, onBlur, onKeyDown };
}
