import { useEffect } from "react";

/**
 * Gives the focus back to what had it before something opened over the page, when that goes and leaves it nowhere.
 *
 * Mantine does so when a dialog closes, but not when it is taken away, as those are that are loaded only when needed.
 */
export function useReturnFocus(opened = true): void {
  useEffect(() => {
    if (!opened) return;
    const before = document.activeElement;
    return () => {
      const isNowhere = document.activeElement === document.body;
      if (isNowhere && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [opened]);
}
