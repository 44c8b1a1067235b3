import { type ReactNode, useRef } from "react";

interface TogetherProps {
  /** Whether any of them is still read. */
  reading: boolean;
  /** What stands there until then. */
  coming: ReactNode;
  children: ReactNode;
}

/**
 * Parts of a page that come at once: one after the other they would push each other about. What is read once more later waits by
 * itself, and the others stay.
 */
export function Together({ reading, coming, children }: TogetherProps) {
  const came = useRef(false);
  if (!reading) came.current = true;
  return came.current ? children : coming;
}
