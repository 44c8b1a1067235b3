import { useCallback, useEffect, useRef, useState } from "react";

interface RowsOf {
  count: number;
  /** Of each row, with the gap below it. */
  height: number;
  /** How far below the page's top the first row begins. */
  margin: number;
  /** Rows beyond each edge that are there already, so that drawing need not hold up the wheel. */
  beyond: number;
  /** What covers the window's top and bottom: a row that is scrolled to stops short of it. */
  covered?: { top: number; bottom: number };
}

interface Rows {
  /** Places of the rows to draw, in order. */
  shown: number[];
  /** Of all rows together. */
  total: number;
  /** Scrolls as little as it takes to see a row whole. */
  scrollTo: (index: number) => void;
}

/** The first and the last row to draw; the last is -1 where there is none. */
export function inView(
  { count, height, margin, beyond }: RowsOf,
  window: { top: number; height: number },
): [first: number, last: number] {
  if (height <= 0) return [0, -1];
  const at = (offset: number) => Math.floor((offset - margin) / height);
  const last = Math.min(count - 1, at(window.top + window.height) + beyond);
  return [Math.max(0, Math.min(at(window.top) - beyond, last)), last];
}

const windowNow = () => ({ top: window.scrollY, height: window.innerHeight });

/** Of many rows of one height, those in the window and a few around them. */
export function useRows(of: RowsOf): Rows {
  const { count, height, margin, covered = { top: 0, bottom: 0 } } = of;
  const [first, last] = inView(of, windowNow());
  const latest = useRef(of);
  latest.current = of;
  const [, draw] = useState("");
  useEffect(() => {
    // A text, so that scrolling within a row draws nothing.
    const look = () => draw(inView(latest.current, windowNow()).join());
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, []);
  const { top: above, bottom: below } = covered;
  const scrollTo = useCallback(
    (index: number) => {
      const top = margin + index * height;
      const lowest = top - above;
      const highest = top + height + below - window.innerHeight;
      if (window.scrollY > lowest) window.scrollTo({ top: lowest });
      else if (window.scrollY < highest) window.scrollTo({ top: highest });
    },
    [margin, height, above, below],
  );
  return {
    shown: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index),
    total: count * height,
    scrollTo,
  };
}
