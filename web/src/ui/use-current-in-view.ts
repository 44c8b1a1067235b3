import { useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

/** Of a strip of links that is wider than the screen, shows the one that leads to where one is. */
export function useCurrentInView(): RefObject<HTMLElement | null> {
  const strip = useRef<HTMLElement>(null);
  const where = useLocation({ select: ({ href }) => href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: which link is the current one changes with the address
  useEffect(() => {
    const whole = strip.current?.getBoundingClientRect();
    const current = strip.current?.querySelector("[aria-current]")?.getBoundingClientRect();
    if (!strip.current || !whole || !current) return;
    if (current.left < whole.left) strip.current.scrollLeft -= whole.left - current.left + EDGE;
    else if (current.right > whole.right) strip.current.scrollLeft += current.right - whole.right + EDGE;
  }, [where]);
  return strip;
}

/** So much of the next one is seen that there is one, in pixels. */
const EDGE = 24;
