import { useEffect, useState } from "react";

/**
 * Gives the focus back to what had it before something opened over the page, when that goes and leaves it nowhere.
 *
 * Mantine does so when a dialog closes, but not when it is taken away, as those are that are loaded only when needed.
 */
export function useReturnFocus(): void {
  // Before anything of the dialog is in the page: a field of it that takes the focus by itself has it before effects run.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isNowhere = document.activeElement === document.body;
      if (isNowhere && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    },
    [before],
  );
}
