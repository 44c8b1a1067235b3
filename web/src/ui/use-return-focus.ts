import { useEffect } from "react";

/**
 * Gives the focus back to what had it, when the calling dialog goes.
 *
 * Mantine does so when a dialog closes, but not when it is taken away, as those are that are loaded only when needed.
 */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
