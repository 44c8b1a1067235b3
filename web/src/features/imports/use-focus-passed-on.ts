import { useLayoutEffect, useRef } from "react";
import { giveFocusBack } from "@/ui/give-focus-back";

/** Gives the focus to the last button of another place when what has it is taken away; it would be lost. Without one, to the page. */
export function useFocusPassedOn<Own extends HTMLElement>(to: (own: Own) => Element | null) {
  const own = useRef<Own>(null);
  // Before it is out of the page, where the focus is known.
  useLayoutEffect(() => {
    const leaving = own.current;
    return () => {
      if (!leaving?.contains(document.activeElement)) return;
      const button = [...(to(leaving)?.querySelectorAll("button") ?? [])].at(-1);
      giveFocusBack(button ?? null);
    };
  }, [to]);
  return own;
}
