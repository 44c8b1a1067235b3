import { useEffect, useState } from "react";

/**
 * Gives the focus back to what had it before the calling dialog was there, when that is taken away.
 *
 * Mantine does so when a dialog closes, but not when it is taken away, as those are that are loaded only when needed. One
 * that is there before it is `opened` is Mantine's.
 */
export function useReturnFocus(opened = true): void {
  // Before anything of the dialog is in the page: a field of it that takes the focus by itself has it before effects run.
  const [before] = useState(() => (opened ? document.activeElement : null));
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
