import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { type Link, type LinkWatch, watchLink } from "./link";

let watch: LinkWatch | null = null;
const NOTHING = () => () => {};

/** Begins to watch; once, before anything is shown. */
export function beginToWatchLink(queryClient: QueryClient): void {
  watch = watchLink(queryClient);
}

/** How this page stands to the server now. */
export const useLink = (): Link =>
  useSyncExternalStore(watch?.subscribe ?? NOTHING, () => watch?.current() ?? "fine");

export const lookNow = (): void => watch?.lookNow();

/** Does something once the server is back after it was away, for what cannot be mended by loading data again. */
export function useOnceBack(act: () => void): void {
  const link = useLink();
  const wasLost = useRef(false);
  useEffect(() => {
    if (link === "lost") wasLost.current = true;
    else if (link === "fine" && wasLost.current) {
      wasLost.current = false;
      act();
    }
  });
}
